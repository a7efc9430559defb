"""Members, roles and signing in. Only staff and the board have a session; a child never has."""

from voice.identity.actions import (
    LastAdministrator,
    NotAPassphrase,
    NotARole,
    NotTogether,
    NotYourOwn,
    add_member,
    change_roles,
    check_passphrase,
    close_member,
    end_sessions,
)
from voice.identity.cards import as_pdf as card_as_pdf
from voice.identity.factors import Factors, check_second_person, factors_of, keep_app
from voice.identity.invitations import (
    AlreadyMember,
    Invited,
    Waiting,
    invitations_waiting,
    invite,
    invite_again,
    invite_with_card,
    withdraw,
    write_to,
)
from voice.identity.queries import Person, me, members_with, person, role_names
from voice.identity.rules import STAFF, new_secret
from voice.identity.sessions import fresh, is_fresh

__all__ = [
    "STAFF",
    "AlreadyMember",
    "Factors",
    "Invited",
    "NotAPassphrase",
    "NotARole",
    "Person",
    "Waiting",
    "add_member",
    "card_as_pdf",
    "change_roles",
    "check_passphrase",
    "check_second_person",
    "close_member",
    "end_sessions",
    "factors_of",
    "fresh",
    "invitations_waiting",
    "invite",
    "invite_again",
    "invite_with_card",
    "is_fresh",
    "keep_app",
    "me",
    "members_with",
    "new_secret",
    "person",
    "role_names",
    "withdraw",
    "write_to",
]
