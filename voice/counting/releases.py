"""Making a release: begun by a person, looked at, then published or thrown away. What is published stays."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select

from voice import asking, audit
from voice.counting.composing import compose
from voice.counting.measured import call_when_out
from voice.counting.release_models import MeasureReading, Release
from voice.counting.showing import figures
from voice.counting.sources import asked_of, counted, next_basis
from voice.counting.tallies import alone
from voice.counting.tally_models import Generation
from voice.storage import session, today


class NothingMoves(Exception):
    """Too few people answered, or too few came or went since the last release, for a new one to say anything."""


def begin_release(activity_id: uuid.UUID, by: uuid.UUID) -> uuid.UUID:
    """A draft of what everyone would see, frozen as it is now; the draft that is there already where one is.

    Raises:
        NothingMoves: there would be nothing new in it.
    """
    alone()
    draft = _drafts(activity_id)
    if draft:
        return draft[0].id
    activity = asking.activity_by_id(activity_id)
    if activity is None:
        raise LookupError("There is no such activity.")
    last = _last(activity_id)
    truth = counted(activity, last.basis if last else {})
    number = _generation(activity_id) + 1
    centers = compose(truth, asked_of(activity), last.centers if last else None, number)
    if centers is None:
        raise NothingMoves
    row = Release(activity_id=activity_id, number=number, made_by=by, figures=figures(centers), centers=centers)
    row.basis = next_basis(truth, last.basis if last else {}, centers)
    _begin_generation(activity_id, number)
    session().add(row)
    session().flush()
    audit.record(by, "drafted figures", "release", row.id)
    return row.id


def publish_release(release_id: uuid.UUID, by: uuid.UUID) -> None:
    """From now on everyone sees it."""
    row = session().get_one(Release, release_id)
    if row.published_on is None and not row.dropped:
        row.published_by, row.published_on = by, today()
        session().flush()
        audit.record(by, "published figures", "release", release_id)
        call_when_out(by)


def drop_release(release_id: uuid.UUID, by: uuid.UUID) -> None:
    """A draft is thrown away. Its number is not used again: it tells who came after it."""
    row = session().get_one(Release, release_id)
    if row.published_on is None:
        row.dropped = True
        session().flush()
        audit.record(by, "threw a draft of figures away", "release", release_id)


def link_measure(measure_id: uuid.UUID, activity_id: uuid.UUID, question: str, codes: Collection[str], words: str, by: uuid.UUID) -> None:
    """From now on this question tells how the measure does, as soon as a release does. Another link of the measure is replaced.

    Raises:
        ValueError: nobody could have answered so, or it has no words.
    """
    activity = asking.activity_by_id(activity_id)
    asked = {each.name: each for each in asked_of(activity)} if activity else {}
    if question not in asked or not codes or not set(codes) <= set(asked[question].codes) or not words.strip():
        raise ValueError("No such answers.")
    row = session().get(MeasureReading, measure_id) or MeasureReading(measure_id=measure_id)
    row.activity_id, row.question, row.codes, row.words = activity_id, question, sorted(codes), words.strip()
    row.linked_by, row.linked_on = by, today()
    session().add(row)
    session().flush()
    audit.record(by, "tied a measure to a question", "measure", measure_id)
    call_when_out(by)


def unlink_measure(measure_id: uuid.UUID, by: uuid.UUID) -> None:
    row = session().get(MeasureReading, measure_id)
    if row is not None:
        session().delete(row)
        session().flush()
        audit.record(by, "untied a measure from its question", "measure", measure_id)


def _drafts(activity_id: uuid.UUID) -> list[Release]:
    wanted = (Release.activity_id == activity_id, Release.published_on.is_(None), Release.dropped.is_(False))
    return list(session().scalars(select(Release).where(*wanted)))


def _last(activity_id: uuid.UUID) -> Release | None:
    wanted = (Release.activity_id == activity_id, Release.published_on.is_not(None))
    return session().scalar(select(Release).where(*wanted).order_by(Release.number.desc()).limit(1))


def _generation(activity_id: uuid.UUID) -> int:
    row = session().get(Generation, activity_id, populate_existing=True)
    return row.number if row else 0


def _begin_generation(activity_id: uuid.UUID, number: int) -> None:
    row = session().get(Generation, activity_id) or Generation(activity_id=activity_id)
    row.number = number
    session().add(row)
