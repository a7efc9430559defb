"""What the board does with its account of a term."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select

from voice import audit
from voice.reviewing.termly import composing
from voice.reviewing.termly.models import BoardAccount
from voice.reviewing.termly.rules import PARTS, Term, frozen, may_approve, parts
from voice.storage import session, today


class WrittenMeanwhile(Exception):
    """Somebody saved it since the page was opened."""


class IsOut(Exception):
    """It is public already, and stays as it is."""


class NeedsAnother(Exception):
    """Whoever changed it last cannot let it out alone; or nobody has looked at it yet."""


def save(term: Term, words: Mapping[str, str], left_out: Collection[str], since: int, by: uuid.UUID) -> None:
    """The board's words on each part, and the lines it leaves out. `since`: which edition the page showed, 0 where there was none.

    Raises:
        IsOut: it is public.
        WrittenMeanwhile: somebody saved it since.
    """
    row = _row(term)
    if row is not None and row.published_on is not None:
        raise IsOut
    if (row.edition if row else 0) != since:
        raise WrittenMeanwhile
    row = row or BoardAccount(term=term.first, slug=term.slug, edition=0)
    row.words = {key: said for key in PARTS if (said := (words.get(key) or "").strip())}
    row.left_out = sorted(set(left_out))
    row.edition, row.changed_by, row.changed_on = row.edition + 1, by, today()
    session().add(row)
    session().flush()
    audit.record(by, "board account written", "account", row.id)


def approve(term: Term, since: int, by: uuid.UUID) -> None:
    """Let it out, frozen as it is now.

    Raises:
        IsOut: it is public.
        NeedsAnother: nobody wrote it, or whoever asks changed it last.
        WrittenMeanwhile: somebody saved it since: it is not what was looked at.
    """
    row = _row(term)
    if row is None:
        raise NeedsAnother
    if row.published_on is not None:
        raise IsOut
    if row.edition != since:
        raise WrittenMeanwhile
    if not may_approve(by, row.changed_by):
        raise NeedsAnother
    row.frozen = frozen(parts(composing.lines(term), row.words, row.left_out))
    row.approved_by, row.published_on = by, today()
    session().flush()
    audit.record(by, "board account published", "account", row.id)


def _row(term: Term) -> BoardAccount | None:
    row: BoardAccount | None = session().scalars(select(BoardAccount).where(BoardAccount.term == term.first).with_for_update()).one_or_none()
    return row
