"""Reading releases: what everyone may see of an activity’s figures, and what a draft would show. Nothing here reads a tally."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import select

from voice import asking, plans
from voice.asking import ActivityFacts, Said, in_language
from voice.counting.composing import FILTERS, PASSED
from voice.counting.release_models import MeasureReading, Release
from voice.counting.saying import value_labels
from voice.counting.showing import percent
from voice.counting.sources import asked_of, questions_of, values_of
from voice.storage import session

CUTS: Final = ("everyone", *FILTERS)


@dataclass(frozen=True)
class Bar:
    """One answer: how many of 100, and about how many people; None where they are too few to show."""

    code: str
    label: str
    language: str  # of the label
    people: int | None
    percent: int | None


@dataclass(frozen=True)
class Chart:
    """The answers of some people to a question. `of`: about how many people took part; `bars` is empty where too few answered."""

    heading: str
    of: int | None
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Shown:
    """One question in a release, cut by nothing or by one fact."""

    name: str
    label: str
    language: str
    many: bool
    charts: Sequence[Chart]


@dataclass(frozen=True)
class Size:
    """About how many people; None where they are too few to show."""

    value: str
    label: str
    people: int | None
    percent: int | None = None  # of all who took part


@dataclass(frozen=True)
class ReleaseFacts:
    """A release and what it shows. `figures` as `showing.figures` gives them."""

    id: uuid.UUID
    activity: ActivityFacts
    number: int
    made_on: date
    published_on: date | None
    dropped: bool
    figures: Mapping[str, Any]

    @property
    def everyone(self) -> int:
        found: int = self.figures["everyone"]
        return found


@dataclass(frozen=True)
class Earlier:
    """What the release of an earlier wave says of the same."""

    percent: int
    slug: str
    published_on: date


@dataclass(frozen=True)
class Reading:
    """What a release says about a measure: `percent` of 100 people gave one of the answers. Of a question that is asked in waves it is the newest
    wave that has such a release; `earlier` are those before it, newest first."""

    percent: int
    of: int  # about how many people
    words: str
    activity: str  # its title
    slug: str
    published_on: date
    earlier: Sequence[Earlier] = ()


def release(release_id: uuid.UUID) -> ReleaseFacts | None:
    row = session().get(Release, release_id)
    return _facts(row) if row else None


def releases_of(activity_id: uuid.UUID) -> list[ReleaseFacts]:
    """Drafts and what was published, newest first; none that was thrown away."""
    rows = session().scalars(select(Release).where(Release.activity_id == activity_id, Release.dropped.is_(False)).order_by(Release.number.desc()))
    return [_facts(row) for row in rows]


def current_release(activity_id: uuid.UUID) -> ReleaseFacts | None:
    """What everyone sees now."""
    wanted = (Release.activity_id == activity_id, Release.published_on.is_not(None))
    row = session().scalar(select(Release).where(*wanted).order_by(Release.number.desc()).limit(1))
    return _facts(row) if row else None


def published_activities(plan_id: uuid.UUID) -> list[ReleaseFacts]:
    """The current release of each activity of a plan that has one, newest first."""
    found = [current_release(each.id) for each in asking.activities(plan_id)]
    return sorted((each for each in found if each), key=lambda each: (each.published_on or each.made_on, each.activity.slug), reverse=True)


def cuts_of(found: ReleaseFacts) -> list[str]:
    """What its tables may be cut by: nothing, or one of the fixed facts of which at least two groups are shown."""
    sizes = found.figures["sizes"]
    return ["everyone", *(fact for fact in FILTERS if sum(size is not None for size in sizes[fact].values()) > 1)]


def charts(found: ReleaseFacts, cut: str, language: str) -> list[Shown]:
    """Every question, cut by nothing (`everyone`) or by one fact. ValueError where there is no such cut."""
    if cut not in cuts_of(found):
        raise ValueError(f"Nothing is cut by {cut}.")
    book = {each.name: each for each in questions_of(found.activity)}
    groups = [Size("", _("Everyone who took part"), found.everyone)] if cut == "everyone" else sizes(found, cut)
    return [
        _shown(found, book[each.name], cut, groups, language, each.many)
        for each in asked_of(found.activity)
        if each.name in found.figures["questions"]
    ]


def sizes(found: ReleaseFacts, fact: str) -> list[Size]:
    """About how many people of each kind took part. What was offered is listed whether anybody is of it or not."""
    given: Mapping[str, int | None] = found.figures["sizes"].get(fact, {})
    listed = values_of(found.activity, fact)
    own = [*listed, *(value for value, size in given.items() if size is not None and value not in listed)]
    labels = value_labels(found.activity, fact)
    return [Size(value, labels.get(value, value), given.get(value), percent(given.get(value), found.everyone)) for value in own]


def tied(found: ReleaseFacts, fact: str) -> list[Size]:
    """About how many people’s words were tied to each priority or theme (`fact`), most first; those of whom too few were are not there, and
    whoever shows them says what each is called."""
    given: Mapping[str, int | None] = found.figures.get("tied", {}).get(fact, {})
    shown = [Size(value, "", people, percent(people, found.everyone)) for value, people in given.items() if people is not None]
    return sorted(shown, key=lambda each: (-(each.people or 0), each.value))


def reading_of(found: ReleaseFacts, question: str, codes: Collection[str]) -> int | None:
    """How many of 100 people gave one of these answers, from rounded figures; None where all of them are too few to show."""
    row = found.figures["questions"].get(question, {}).get("all")
    people = [each for each in (row["cells"].get(code) for code in codes) if each is not None] if row else []
    return percent(sum(people), row["of"]) if people else None


def readings(measure_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Reading]:
    """What the current releases say about these measures; one that nothing is said of is not there."""
    rows = session().scalars(select(MeasureReading).where(MeasureReading.measure_id.in_(measure_ids)))
    found = {row.measure_id: _reading(row) for row in rows}
    return {measure_id: each for measure_id, each in found.items() if each}


def links(measure_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, MeasureReading]:
    """Which questions tell how these measures do."""
    rows = session().scalars(select(MeasureReading).where(MeasureReading.measure_id.in_(measure_ids)))
    return {row.measure_id: row for row in rows}


def lines(found: ReleaseFacts, language: str) -> Iterator[tuple[str, str, str, int | None, int | None]]:
    """Every figure of a release for a table to take: of whom, question, answer, people, out of 100."""
    for fact in found.figures["sizes"]:
        for size in sizes(found, fact):
            yield (size.label, _("Who took part"), "", size.people, size.percent)
    for cut in cuts_of(found):
        for shown in charts(found, cut, language):
            for chart in shown.charts:
                for bar in chart.bars:
                    yield (chart.heading, shown.label, bar.label, bar.people, bar.percent)


def _facts(row: Release) -> ReleaseFacts:
    activity = asking.activity_by_id(row.activity_id)
    if activity is None:  # the key says there is one
        raise LookupError("A release has no activity.")
    return ReleaseFacts(row.id, activity, row.number, row.made_on, row.published_on, row.dropped, row.figures)


def _shown(found: ReleaseFacts, question: asking.Question, cut: str, groups: Sequence[Size], language: str, many: bool) -> Shown:
    label = in_language(question.label, language)
    given = found.figures["questions"][question.name]
    rows = {"": given["all"]} if cut == "everyone" else given["by"].get(cut, {})
    charts = [_chart(question, each.label, rows.get(each.value), language) for each in groups]
    return Shown(question.name, label.text, label.language, many, charts)


def _chart(question: asking.Question, heading: str, row: Mapping[str, Any] | None, language: str) -> Chart:
    if row is None:
        return Chart(heading, None, [])
    choices = [(each.name, in_language(each.label, language)) for each in (*question.choices, *question.skips)]
    numbers = [(code, Said(code, "en")) for code in row["cells"] if question.type == "integer" and code.isdecimal()]
    bars = [_bar(code, said.text, said.language, row) for code, said in (*numbers, *choices)]
    passed = [_bar(PASSED, _("Did not answer this"), "", row)] if PASSED in row["cells"] else []
    return Chart(heading, row["of"], [*bars, *passed])


def _bar(code: str, label: str, language: str, row: Mapping[str, Any]) -> Bar:
    people = row["cells"].get(code)
    return Bar(code, label, language, people, percent(people, row["of"]))


def _reading(row: MeasureReading) -> Reading | None:
    """Of the newest wave that has a release with a figure for it."""
    told = [(found, share) for found in _releases_of_waves(row.activity_id) if (share := reading_of(found, row.question, row.codes)) is not None]
    if not told:
        return None
    earlier = [Earlier(share, found.activity.slug, found.published_on) for found, share in told[1:] if found.published_on]
    newest, share = told[0]
    of = newest.figures["questions"][row.question]["all"]["of"]
    return Reading(share, of, row.words, newest.activity.title, newest.activity.slug, newest.published_on or newest.made_on, earlier)


def _releases_of_waves(activity_id: uuid.UUID) -> list[ReleaseFacts]:
    """The current releases of an activity and of every wave of its series that has one, newest wave first."""
    activity = asking.activity_by_id(activity_id)
    waves = asking.waves_of(activity.series) if activity and activity.series else [activity] if activity else []
    return [found for each in waves if (found := current_release(each.id))]


def measures_to_link(plan_id: uuid.UUID) -> list[plans.MeasureFacts]:
    """The measures of a plan that a question could tell of."""
    return [each for priority in (None, *(one.id for one in plans.priorities(plan_id))) for each in plans.measures_of(plan_id, priority)]
