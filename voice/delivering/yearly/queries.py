"""Reading reviews."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from voice import plans
from voice.delivering.yearly.composing import Edition, compose
from voice.delivering.yearly.documents import Document, Said, unpacked
from voice.delivering.yearly.house import House
from voice.delivering.yearly.models import ReviewForeword, ReviewWords, YearlyReview
from voice.storage import session, today


@dataclass(frozen=True)
class ReviewFacts:
    """One edition. `digest` and `frozen_on` are None for a draft."""

    id: uuid.UUID
    plan_id: uuid.UUID
    year: int
    edition: int
    correction: str | None
    begun_on: date
    frozen_on: date | None
    digest: str | None


@dataclass(frozen=True)
class ForewordFacts:
    """A foreword as a member wrote it. `is_approved`: the chair or a second member said yes."""

    id: uuid.UUID
    words: str
    written_by: uuid.UUID
    written_at: datetime
    is_approved: bool


@dataclass(frozen=True)
class Written:
    """An officer's words for a part."""

    words: str
    said_by: str | None
    written_on: date


def reviews(plan_id: uuid.UUID) -> list[ReviewFacts]:
    """Every edition, newest year first."""
    wanted = select(YearlyReview).where(YearlyReview.plan_id == plan_id)
    return [_facts(row) for row in session().scalars(wanted.order_by(YearlyReview.year.desc(), YearlyReview.edition.desc()))]


def frozen(plan_id: uuid.UUID) -> list[ReviewFacts]:
    """The editions everyone can read: of each year the newest, newest year first."""
    newest: dict[int, ReviewFacts] = {}
    for each in reviews(plan_id):
        if each.frozen_on:
            newest.setdefault(each.year, each)
    return list(newest.values())


def editions(plan_id: uuid.UUID, year: int) -> list[ReviewFacts]:
    """The frozen editions of a year, newest first."""
    return [each for each in reviews(plan_id) if each.year == year and each.frozen_on]


def newest(plan_id: uuid.UUID, year: int) -> ReviewFacts | None:
    """The newest edition of a year, draft or frozen."""
    return next((each for each in reviews(plan_id) if each.year == year), None)


def document_of(review_id: uuid.UUID) -> Document:
    """What a frozen review holds; a draft as it would be now."""
    row = session().get_one(YearlyReview, review_id)
    return unpacked(row.document) if row.document is not None else draft_of(row)


def draft_of(row: YearlyReview) -> Document:
    plan = plans.plan_by_id(row.plan_id)
    if plan is None:  # the key says there is one
        raise LookupError("A review has no plan.")
    return compose(House(), plan, edition_of(row), plan.place, today())


def edition_of(row: YearlyReview) -> Edition:
    """Which one it is, with the words people wrote for it so far."""
    found, foreword = written(row.id), foreword_of(row.plan_id, row.year)
    introduction = found.pop("introduction", None)
    return Edition(
        year=row.year,
        number=row.edition,
        correction=row.correction,
        foreword=Said(foreword.words) if foreword else None,
        introduction=Said(introduction.words, introduction.said_by) if introduction else None,
        linking={part: each.words for part, each in found.items()},
    )


def written(review_id: uuid.UUID) -> dict[str, Written]:
    """What officers wrote, by part."""
    rows = session().scalars(select(ReviewWords).where(ReviewWords.review_id == review_id))
    return {row.part: Written(row.words, row.said_by, row.written_on) for row in rows}


def forewords(plan_id: uuid.UUID, year: int) -> list[ForewordFacts]:
    """What members of the board wrote, newest first."""
    wanted = select(ReviewForeword).where(ReviewForeword.plan_id == plan_id, ReviewForeword.year == year)
    rows = session().scalars(wanted.order_by(ReviewForeword.written_at.desc(), ReviewForeword.id))
    return [ForewordFacts(row.id, row.words, row.written_by, row.written_at, row.approved_at is not None) for row in rows]


def foreword_of(plan_id: uuid.UUID, year: int) -> ForewordFacts | None:
    """The newest that has a yes."""
    return next((each for each in forewords(plan_id, year) if each.is_approved), None)


def _facts(row: YearlyReview) -> ReviewFacts:
    return ReviewFacts(row.id, row.plan_id, row.year, row.edition, row.correction, row.begun_on, row.frozen_on, row.digest)
