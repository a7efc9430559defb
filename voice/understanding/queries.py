"""Reading tags and themes."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from voice import inviting, reading
from voice.keeping.models import Submission, View
from voice.reading.models import Reading
from voice.safeguarding.models import Screening
from voice.storage import session
from voice.understanding.figures import said_by_id
from voice.understanding.models import Sorting, Tag, Theme, ThemeView, Tone


@dataclass(frozen=True)
class ThemeSentence:
    """A theme without a count in it, as public pages need it: it costs the same however many said it."""

    id: uuid.UUID
    slug: str
    plan_id: uuid.UUID
    priority_id: uuid.UUID
    you_said: str  # as it is read; a figure in it comes from what was given out
    place: str | None  # a locality's code
    wording: str  # as it was written: where the figure stands is a sign
    merged_into: uuid.UUID | None  # the theme that has its views now


@dataclass(frozen=True)
class ThemeFacts(ThemeSentence):
    made_on: date
    views: int  # exact; for the reading room only


def tags_of(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Confirmed priorities of each of these views; an empty list is “none of these”, a missing one is not yet sorted."""
    tags: dict[uuid.UUID, list[uuid.UUID]] = {each: [] for each in session().scalars(select(Sorting.view_id).where(Sorting.view_id.in_(view_ids)))}
    for view_id, priority_id in session().execute(select(Tag.view_id, Tag.priority_id).where(Tag.view_id.in_(view_ids))):
        tags.setdefault(view_id, []).append(priority_id)
    return tags


def tone_of(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Tones that a person set. What was sent with a concern has none, whatever became of the concern."""
    worried = select(Screening.submission_id).where(Screening.is_concern)
    found = session().execute(
        select(Tone.view_id, Tone.tone).join(View, View.id == Tone.view_id).where(Tone.view_id.in_(view_ids), View.submission_id.not_in(worried))
    )
    return dict(found.all())


def agreement(by_day_since: date) -> list[tuple[date, int, int]]:
    """For each day, how many tags people chose and how many of these the machine had among its suggestions; exact, for the reading room."""
    sums = select(Sorting.sorted_on, func.sum(Sorting.chosen), func.sum(Sorting.among))
    counted = sums.where(Sorting.chosen > 0, Sorting.sorted_on >= by_day_since).group_by(Sorting.sorted_on).order_by(Sorting.sorted_on)
    return [(day, int(chosen or 0), int(among or 0)) for day, chosen, among in session().execute(counted)]


def tagged_views(priority_id: uuid.UUID, most: int = 200, by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Views tied to a priority that others may see, newest reading first; of groups asked on purpose, those this member may read."""
    return list(
        session().scalars(
            select(Tag.view_id)
            .join(Reading, Reading.view_id == Tag.view_id)
            .join(View, View.id == Tag.view_id)
            .where(Tag.priority_id == priority_id, Reading.decision != "withheld", View.submission_id.not_in(inviting.hidden_submissions(by)))
            .order_by(Reading.read_on.desc(), Tag.view_id)
            .limit(most)
        )
    )


def untied_views(most: int, by: uuid.UUID | None, priority_id: uuid.UUID | None = None) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Priority and view, for views that are tied to a priority (this one, if given) and stand in no theme, newest reading first."""
    wanted = (
        select(Tag.priority_id, Tag.view_id)
        .join(Reading, Reading.view_id == Tag.view_id)
        .join(View, View.id == Tag.view_id)
        .where(Reading.decision != "withheld", View.submission_id.not_in(inviting.hidden_submissions(by)))
        .where(Tag.view_id.not_in(select(ThemeView.view_id)), *([Tag.priority_id == priority_id] if priority_id else []))
    )
    found = session().execute(wanted.order_by(Reading.read_on.desc(), Tag.view_id).limit(most))
    return [(priority, view) for priority, view in found]


def senders_of(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whose each of these views is, as a random number that is on no page: for counting who said something, once each."""
    return dict(session().execute(select(View.id, View.submission_id).where(View.id.in_(view_ids))).all())


def tagged_priorities(by: uuid.UUID | None = None) -> set[uuid.UUID]:
    """Priorities that any view is tied to, as far as this member may read it."""
    hidden = select(View.id).where(View.submission_id.in_(inviting.hidden_submissions(by)))
    return set(session().scalars(select(Tag.priority_id).where(Tag.view_id.not_in(hidden)).distinct()))


def unsorted_views(most: int = 200, by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Views that were read but that nobody has said what they are about, oldest reading first; none that is held or withheld, or not
    this member’s to read."""
    return list(session().scalars(reading.to_sort(by).limit(most)))


def how_many_unsorted(most: int = 1000, by: uuid.UUID | None = None) -> int:
    """How many views were read and not sorted; counting stops at `most`."""
    return session().scalar(select(func.count()).select_from(reading.to_sort(by).limit(most).subquery())) or 0


def themes(plan_id: uuid.UUID, priority_id: uuid.UUID | None = None) -> list[ThemeFacts]:
    """The plan's themes, newest first; none that went into another."""
    return _themes(Theme.plan_id == plan_id, Theme.merged_into.is_(None), *([Theme.priority_id == priority_id] if priority_id else []))


def merged_themes(plan_id: uuid.UUID) -> list[ThemeFacts]:
    """The plan's themes that went into another."""
    return _themes(Theme.plan_id == plan_id, Theme.merged_into.is_not(None))


def went_into(theme_id: uuid.UUID) -> list[ThemeSentence]:
    """Themes that went into this one, also by way of others; those that went last come first."""
    found: list[ThemeSentence] = []
    layer = {theme_id}
    while layer:
        new = _sentences(Theme.merged_into.in_(layer))
        found, layer = found + new, {each.id for each in new}
    return found


def where_it_went(theme: ThemeSentence) -> ThemeSentence:
    """The theme that has its views now: itself, where it went into no other."""
    at = theme
    while at.merged_into:
        at = _sentences(Theme.id == at.merged_into)[0]
    return at


def theme(theme_id: uuid.UUID) -> ThemeFacts | None:
    return next(iter(_themes(Theme.id == theme_id)), None)


def theme_by_slug(slug: str) -> ThemeFacts | None:
    return next(iter(_themes(Theme.slug == slug)), None)


def theme_views(theme_id: uuid.UUID, most: int | None = None) -> list[uuid.UUID]:
    """Ids of a theme's views, in an order that tells nothing of when each was sent (they are random); of the first `most`, if given."""
    return list(session().scalars(select(ThemeView.view_id).where(ThemeView.theme_id == theme_id).order_by(ThemeView.view_id).limit(most)))


def sizes(theme_ids: Collection[uuid.UUID], by: uuid.UUID | None) -> dict[uuid.UUID, int]:
    """How many views each of these themes has, of those this member may read. Exact; for the reading room only."""
    found = session().execute(
        select(ThemeView.theme_id, func.count())
        .join(View, View.id == ThemeView.view_id)
        .where(ThemeView.theme_id.in_(theme_ids), View.submission_id.not_in(inviting.hidden_submissions(by)))
        .group_by(ThemeView.theme_id)
    )
    return dict.fromkeys(theme_ids, 0) | dict(found.all())


def sentences(plan_id: uuid.UUID) -> list[ThemeSentence]:
    """The plan's themes, newest first, without counts; none that went into another."""
    return _sentences(Theme.plan_id == plan_id, Theme.merged_into.is_(None))


def sentence_by_slug(slug: str) -> ThemeSentence | None:
    return next(iter(_sentences(Theme.slug == slug)), None)


def in_a_theme(view_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these views, those that are in a theme already."""
    return set(session().scalars(select(ThemeView.view_id).where(ThemeView.view_id.in_(view_ids)).distinct()))


def themes_of_views(view_ids: Collection[uuid.UUID]) -> list[ThemeFacts]:
    """Themes that hold any of these views, oldest first."""
    held = select(ThemeView.theme_id).where(ThemeView.view_id.in_(view_ids))
    return sorted(_themes(Theme.id.in_(held)), key=lambda each: (each.made_on, each.slug))


def themes_of_activity(activity_id: uuid.UUID, fewest: int) -> list[ThemeSentence]:
    """Themes in which at least so many senders of this activity are heard, leaving out those of groups asked on purpose."""
    theirs = (
        select(ThemeView.theme_id)
        .join(View, View.id == ThemeView.view_id)
        .join(Submission, Submission.id == View.submission_id)
        .where(Submission.activity_id == activity_id, Submission.id.not_in(inviting.hidden_submissions(None)))
        .group_by(ThemeView.theme_id)
        .having(func.count(Submission.id.distinct()) >= fewest)
    )
    return _sentences(Theme.id.in_(theirs))


def _sentences(*conditions: Any) -> list[ThemeSentence]:
    rows = session().scalars(select(Theme).where(*conditions).order_by(Theme.made_on.desc(), Theme.slug)).all()
    said = said_by_id(rows)
    return [ThemeSentence(row.id, row.slug, row.plan_id, row.priority_id, said[row.id], row.place, row.you_said, row.merged_into) for row in rows]


def _themes(*conditions: Any) -> list[ThemeFacts]:
    size = select(func.count()).select_from(ThemeView).where(ThemeView.theme_id == Theme.id).scalar_subquery()
    rows = session().execute(select(Theme, size).where(*conditions).order_by(Theme.made_on.desc(), Theme.slug)).all()
    said = said_by_id([row for row, _count in rows])
    return [
        ThemeFacts(row.id, row.slug, row.plan_id, row.priority_id, said[row.id], row.place, row.you_said, row.merged_into, row.made_on, count)
        for row, count in rows
    ]
