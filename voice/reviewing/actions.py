"""What a board member can do with a theme."""

from __future__ import annotations

import uuid

from voice import audit
from voice.reviewing.models import BoardWords, Hearing, Objection, Vote
from voice.reviewing.queries import weighed_in, weighed_on
from voice.storage import session, today


class WeighedTogether(Exception):
    """The board weighs this theme in a round, or did: a vote by oneself would count for nothing."""


class AlreadySettled(Exception):
    """This objection has been answered already."""


def mark_heard(theme_id: uuid.UUID, by: uuid.UUID) -> None:
    """The board has heard it; the first day stays."""
    if session().get(Hearing, theme_id) is None:
        session().add(Hearing(theme_id=theme_id, marked_by=by))
        session().flush()
        audit.record(by, "heard", "theme", theme_id)


def vote(theme_id: uuid.UUID, member_id: uuid.UUID, weight: int | None) -> None:
    """How much it matters to this member, 1 to 3; None is a pass, and takes an earlier vote back. Which way is never recorded.

    Raises:
        WeighedTogether: a round weighs it, or did.
    """
    if weighed_in(theme_id) or weighed_on(theme_id):
        raise WeighedTogether
    row = session().get(Vote, (theme_id, member_id))
    if weight is None:
        if row is not None:
            session().delete(row)
    else:
        row = row or Vote(theme_id=theme_id, member_id=member_id)
        row.weight = weight
        session().add(row)
    session().flush()


def write_words(theme_id: uuid.UUID, words: str, by: uuid.UUID) -> None:
    """The board's own words, in place of those before."""
    row = session().get(BoardWords, theme_id) or BoardWords(theme_id=theme_id)
    row.words, row.written_by, row.written_on = words, by, today()
    session().add(row)
    session().flush()
    audit.record(by, "board words written", "theme", theme_id)


def object_to(theme_id: uuid.UUID, words: str, by: uuid.UUID) -> None:
    """“That isn’t what they said.” Nothing of the theme goes out until it is settled."""
    session().add(Objection(theme_id=theme_id, words=words, raised_by=by))
    session().flush()
    audit.record(by, "objected", "theme", theme_id)


def settle(objection_id: uuid.UUID, settlement: str, by: uuid.UUID) -> None:
    """Say what was done about it.

    Raises:
        AlreadySettled: somebody did.
    """
    row = session().get_one(Objection, objection_id)
    if row.settled_on is not None:
        raise AlreadySettled
    row.settled_on, row.settlement, row.settled_by = today(), settlement, by
    session().flush()
    audit.record(by, "objection settled", "theme", row.theme_id)
