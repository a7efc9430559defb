"""Letters around a meeting. To the board: that there is something, and not what. To a leader: that there is an ask, and where. No word of a child."""

from __future__ import annotations

import logging
import uuid
from typing import Final

from sqlalchemy import or_, select, update

from voice import identity, post
from voice.config import settings
from voice.reviewing.meeting.models import BoardLetter
from voice.storage import apart, session, today

log = logging.getLogger(__name__)
NEWS: Final = """Hello,

there is something for you in the board’s room:

  {link}

You get this letter once a day at most. You can stop it in the room, at the end of the page.
"""
ASKED: Final = """Hello {name},

the youth board in {place} asks something of you, and says by when.
Open this page and sign in; the form to answer with is there:

  {link}

The board reads your answer, and sees what came of it at its next meeting.
"""


def has_address(member: identity.Person) -> bool:
    """Some of the board sign in with a printed card and have no e-mail."""
    return "@" in member.email


def wants_letters(member_id: uuid.UUID) -> bool:
    return session().get(BoardLetter, member_id) is not None


def want_letters(member_id: uuid.UUID, *, yes: bool) -> None:
    """A member says yes, or no more."""
    row = session().get(BoardLetter, member_id)
    if yes and row is None:
        session().add(BoardLetter(member_id=member_id))
    elif row is not None and not yes:
        session().delete(row)
    session().flush()


def there_is_something() -> None:
    """Something happened in the room: whoever wants a letter is owed one."""
    session().execute(update(BoardLetter).values(is_owed=True))


def send_what_is_owed() -> int:
    """The worker’s part: a letter to each who is owed one and had none today. It is claimed before it goes, so that nobody gets two."""
    with apart() as own:
        due = select(BoardLetter).where(BoardLetter.is_owed, or_(BoardLetter.last_on.is_(None), BoardLetter.last_on < today()))
        claimed = [row.member_id for row in own.scalars(due)]
        own.execute(update(BoardLetter).where(BoardLetter.member_id.in_(claimed)).values(is_owed=False, last_on=today()))
    board = {each.id: each for each in identity.members_with("board_member") if has_address(each)}
    return sum(_send(board[each].email, "Something for you", NEWS.format(link=f"{settings().desk_url}/board")) for each in claimed if each in board)


def leader_is_asked(owner_id: uuid.UUID | None, ask_id: uuid.UUID) -> bool:
    """After the commit. Returns whether the letter went, or there was none to send."""
    owner = identity.person(owner_id) if owner_id else None
    if owner is None:
        return True
    body = ASKED.format(name=owner.name, place=settings().place, link=f"{settings().desk_url}/work/asks/{ask_id}")
    return _send(owner.email, "The youth board asks something of you", body)


def _send(address: str, subject: str, body: str) -> bool:
    try:
        post.send(address, subject, body)
    except post.NotSent as failure:
        log.warning("A letter around the board’s meetings could not be sent: %s", failure)
        return False
    return True
