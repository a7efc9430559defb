"""Reading tags and themes."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from voice import inviting, reading, safeguarding
from voice.keeping.models import Submission, View
from voice.reading.models import Reading
from voice.safeguarding.models import Screening
from voice.storage import session
from voice.understanding.models import Sorting, Tag, Theme, ThemeView, Tone

LONGEST_QUOTE = 280  # letters
AT_ONCE = 50  # views looked at in one question to the database
MOST_LOOKED_AT = 1000  # of those whose senders said yes


@dataclass(frozen=True)
class ThemeSentence:
    """A theme without a count in it, as public pages need it: it costs the same however many said it."""

    id: uuid.UUID
    slug: str
    plan_id: uuid.UUID
    priority_id: uuid.UUID
    you_said: str
    place: str | None  # a locality's code


@dataclass(frozen=True)
class ThemeFacts(ThemeSentence):
    made_on: date
    views: int  # exact; for the reading room only


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, as everyone may see them."""

    words: str
    language: str


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


def tagged_priorities(by: uuid.UUID | None = None) -> set[uuid.UUID]:
    """Priorities that any view is tied to, as far as this member may read it."""
    hidden = select(View.id).where(View.submission_id.in_(inviting.hidden_submissions(by)))
    return set(session().scalars(select(Tag.priority_id).where(Tag.view_id.not_in(hidden)).distinct()))


def unsorted_views(most: int = 200, by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Views that were read but that nobody has said what they are about, oldest reading first; none that is held or withheld, or not
    this member’s to read."""
    return list(session().scalars(_unsorted(by).order_by(Reading.read_on, Reading.view_id).limit(most)))


def how_many_unsorted(most: int = 1000, by: uuid.UUID | None = None) -> int:
    """How many views were read and not sorted; counting stops at `most`."""
    return session().scalar(select(func.count()).select_from(_unsorted(by).limit(most).subquery())) or 0


def _unsorted(by: uuid.UUID | None) -> Select[uuid.UUID]:
    return (
        select(Reading.view_id)
        .join(View, View.id == Reading.view_id)
        .outerjoin(Sorting, Sorting.view_id == Reading.view_id)
        .where(
            Sorting.view_id.is_(None),
            Reading.decision != "withheld",
            View.submission_id.not_in(safeguarding.held_submissions()),
            View.submission_id.not_in(inviting.hidden_submissions(by)),
        )
    )


def themes(plan_id: uuid.UUID, priority_id: uuid.UUID | None = None) -> list[ThemeFacts]:
    """The plan's themes, newest first."""
    return _themes(Theme.plan_id == plan_id, *([Theme.priority_id == priority_id] if priority_id else []))


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
    """The plan's themes, newest first, without counts."""
    return _sentences(Theme.plan_id == plan_id)


def sentence_by_slug(slug: str) -> ThemeSentence | None:
    return next(iter(_sentences(Theme.slug == slug)), None)


def public_quotes(theme_id: uuid.UUID, most: int = 3) -> list[Quote]:
    """Words of a theme's views that a person cleared and whose senders said yes to showing them; nothing stands beside them.

    Long ones are left out: a quote is never cut, because what is cut may be what was meant. Stops reading once it has enough.
    """
    found: list[Quote] = []
    ids = _with_permission(theme_id)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        shown = reading.shown(part)
        views = (shown[each] for each in part if each in shown)
        found += [Quote(view.words, view.language) for view in views if view.may_be_quoted and len(view.words) <= LONGEST_QUOTE]
        if len(found) >= most:
            break
    return found[:most]


def _with_permission(theme_id: uuid.UUID) -> list[uuid.UUID]:
    said_yes = (
        select(ThemeView.view_id)
        .join(View, View.id == ThemeView.view_id)
        .join(Submission, Submission.id == View.submission_id)
        .where(ThemeView.theme_id == theme_id, Submission.may_be_quoted)
    )
    return list(session().scalars(said_yes.order_by(ThemeView.view_id).limit(MOST_LOOKED_AT)))


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


def _sentences(condition: Any) -> list[ThemeSentence]:
    rows = session().scalars(select(Theme).where(condition).order_by(Theme.made_on.desc(), Theme.slug))
    return [ThemeSentence(row.id, row.slug, row.plan_id, row.priority_id, row.you_said, row.place) for row in rows]


def _themes(*conditions: Any) -> list[ThemeFacts]:
    size = select(func.count()).select_from(ThemeView).where(ThemeView.theme_id == Theme.id).scalar_subquery()
    found = session().execute(select(Theme, size).where(*conditions).order_by(Theme.made_on.desc(), Theme.slug))
    return [ThemeFacts(row.id, row.slug, row.plan_id, row.priority_id, row.you_said, row.place, row.made_on, count) for row, count in found]
