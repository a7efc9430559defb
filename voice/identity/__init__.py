"""Members, roles and signing in. Only staff and the board have a session; a child never has."""

from voice.identity.actions import NotAPassphrase, NotARole, add_member, change_roles, check_passphrase, close_member
from voice.identity.queries import Person, me, members_with, person, role_names
from voice.identity.rules import STAFF

__all__ = [
    "STAFF",
    "NotAPassphrase",
    "NotARole",
    "Person",
    "add_member",
    "change_roles",
    "check_passphrase",
    "close_member",
    "me",
    "members_with",
    "person",
    "role_names",
]
