"""Beginning a review, writing between its facts, the board's foreword, freezing, and correcting by a new edition."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import select

from voice import audit, identity, plans
from voice.delivering.yearly.composing import compose
from voice.delivering.yearly.documents import digest_of, packed
from voice.delivering.yearly.doors import Doors
from voice.delivering.yearly.house import House
from voice.delivering.yearly.models import ReviewForeword, ReviewWords, YearlyReview
from voice.delivering.yearly.queries import edition_of, foreword_of
from voice.storage import now, session, today

PARTS: Final = ("introduction", "answers", "done", "not_done", "measures", "pledges", "asks", "grown", "numbers", "four_fs")
"""What an officer may write words for. The foreword is none of them."""
FIRST_YEAR: Final = 1990


class NotNow(Exception):
    """It cannot be done: `why` is future, frozen, draft, no_foreword, own or not_board."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def begin(plan_id: uuid.UUID, year: int, by: uuid.UUID | None) -> uuid.UUID:
    """The draft of a year's review: the one that is there, or a new one.

    Raises:
        NotNow: the year is not begun, or its review is frozen.
    """
    if not FIRST_YEAR <= year <= today().year:
        raise NotNow("future")
    last = _last(plan_id, year)
    if last and last.frozen_on:
        raise NotNow("frozen")
    return last.id if last else _add(YearlyReview(plan_id=plan_id, year=year, begun_by=by), by)


def correct(plan_id: uuid.UUID, year: int, what: str, by: uuid.UUID) -> uuid.UUID:
    """A new edition of a frozen review, which says what it puts right. It begins with the linking words of the last.

    Raises:
        NotNow: there is no frozen one, or the draft of a new one is there.
        ValueError: it does not say what.
    """
    last = _last(plan_id, year)
    if last is None or last.frozen_on is None:
        raise NotNow("draft")
    if not what.strip():
        raise ValueError("A correction says what it puts right.")
    row = YearlyReview(plan_id=plan_id, year=year, edition=last.edition + 1, correction=what.strip(), begun_by=by)
    review_id = _add(row, by)
    for each in session().scalars(select(ReviewWords).where(ReviewWords.review_id == last.id)):
        session().add(ReviewWords(review_id=review_id, part=each.part, words=each.words, said_by=each.said_by, written_by=each.written_by))
    session().flush()
    return review_id


def write(review_id: uuid.UUID, part: str, words: str, by: uuid.UUID, said_by: str | None = None, why: str | None = None) -> None:
    """Words between the facts of one part, or the introduction of the plan's owner (`said_by`: their role). No words take earlier ones away.

    Raises:
        NotNow: it is frozen.
        ValueError: there is no such part, or nobody says the introduction.
    """
    if part not in PARTS or (part == "introduction" and words.strip() and not (said_by or "").strip()):
        raise ValueError(part)
    if session().get_one(YearlyReview, review_id).frozen_on:
        raise NotNow("frozen")
    row = session().get(ReviewWords, (review_id, part))
    if words.strip():
        row = row or ReviewWords(review_id=review_id, part=part)
        row.words, row.written_by, row.written_on = words.strip(), by, today()
        row.said_by = (said_by or "").strip() if part == "introduction" else None
        session().add(row)
    elif row:
        session().delete(row)
    session().flush()
    audit.record(by, f"wrote in the review: {part}", "yearly_review", review_id, why)


def write_foreword(plan_id: uuid.UUID, year: int, words: str, by: uuid.UUID) -> uuid.UUID:
    """The board's foreword, as this member has it. Another member says yes to it.

    Raises:
        NotNow: they are not of the board, or there is no draft of that year's review.
        ValueError: no words.
    """
    _need_board(by)
    if not words.strip():
        raise ValueError("A foreword has words.")
    _need_draft(plan_id, year)
    row = ReviewForeword(plan_id=plan_id, year=year, words=words.strip(), written_by=by)
    session().add(row)
    session().flush()
    audit.record(by, "wrote a foreword", "review_foreword", row.id)
    return row.id


def approve_foreword(foreword_id: uuid.UUID, by: uuid.UUID) -> None:
    """The chair, or any second member of the board, says yes.

    Raises:
        NotNow: they are not of the board, wrote it themselves, or the review is frozen.
    """
    _need_board(by)
    row = session().get_one(ReviewForeword, foreword_id)
    _need_draft(row.plan_id, row.year)
    if row.written_by == by:
        raise NotNow("own")
    if row.approved_at is None:
        row.approved_by, row.approved_at = by, now()
        session().flush()
        audit.record(by, "said yes to a foreword", "review_foreword", foreword_id)


def freeze(plan: plans.PlanFacts, year: int, place: str, by: uuid.UUID | None, *, without_foreword: bool = False, doors: Doors | None = None) -> str:
    """From now on it is public and stays as it is. Returns the digest of what it holds.

    Raises:
        NotNow: there is no draft; or no foreword of the board has a yes, and nobody said to go without: then the page says that there is none.
    """
    row = _last(plan.id, year)
    if row is None or row.frozen_on:
        raise NotNow("frozen" if row else "draft")
    if foreword_of(plan.id, year) is None and not without_foreword:
        raise NotNow("no_foreword")
    row.document = packed(compose(doors or House(), plan, edition_of(row), place, today()))
    row.digest, row.frozen_on, row.frozen_by = digest_of(row.document), today(), by
    session().flush()
    audit.record(by, "froze a review", "yearly_review", row.id)
    return row.digest


def _need_board(member_id: uuid.UUID) -> None:
    member = identity.person(member_id)
    if member is None or "board_member" not in member.roles:
        raise NotNow("not_board")


def _need_draft(plan_id: uuid.UUID, year: int) -> None:
    row = _last(plan_id, year)
    if row is None or row.frozen_on:
        raise NotNow("frozen" if row else "draft")


def _last(plan_id: uuid.UUID, year: int) -> YearlyReview | None:
    wanted = select(YearlyReview).where(YearlyReview.plan_id == plan_id, YearlyReview.year == year)
    return session().scalar(wanted.order_by(YearlyReview.edition.desc()).limit(1))


def _add(row: YearlyReview, by: uuid.UUID | None) -> uuid.UUID:
    session().add(row)
    session().flush()
    audit.record(by, "began a review", "yearly_review", row.id)
    return row.id
