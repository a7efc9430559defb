"""Letters to members about their own account. They hold no word of a child and nothing about one."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Final

from voice import post
from voice.config import settings
from voice.identity.people import StandIn
from voice.identity.queries import Person, role_names
from voice.web.locale import speaking

log = logging.getLogger(__name__)
FOOT: Final = """
You can see how you sign in at {me}
You did not expect this letter? Tell whoever runs Voice at {place}.
"""


def roles_changed(to: Person, roles: Iterable[str]) -> bool:
    """What they may do now. Returns whether the letter went."""
    with speaking("en"):
        names = ", ".join(str(role_names()[role]) for role in roles)
    return _send(to, "What you may do in Voice has changed", f"From now on you are: {names}.\nYou were signed out; sign in again to go on.\n")


def closed(to: Person) -> bool:
    return _send(to, "Your Voice account is closed", "You cannot sign in any more. What you did stays on record.\n")


def handed_over(to: StandIn) -> bool:
    """To both of them. Returns whether both letters went."""
    days = _days(to.first_day, to.last_day)
    own = f"{days} {to.deputy.name} stands in for you: they see what waits for you, as far as their own roles reach.\n"
    other = f"{days} you stand in for {to.member.name}: you see what waits for them, as far as your own roles reach.\nYou get no new role by it.\n"
    return all([_send(to.member, "Someone stands in for you in Voice", own), _send(to.deputy, "You stand in for someone in Voice", other)])


def _days(first: date, last: date) -> str:
    return f"From {first.day} {first:%B} to {last.day} {last:%B %Y}"


def _send(to: Person, subject: str, words: str) -> bool:
    if "@" not in to.email:
        return True  # a young person of the board has no address here: their worker tells them
    foot = FOOT.format(me=f"{settings().desk_url}/me", place=settings().place)
    try:
        post.send(to.email, subject, f"Hello {to.name},\n\n{words}{foot}")
    except post.NotSent as failure:
        log.warning("A letter about an account could not be sent: %s", failure)
        return False
    return True
