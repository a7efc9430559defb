"""What public pages show. Everything here is public already: it comes through the doors of the rooms that made it so."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from voice import answering, counting, plans, reviewing, understanding
from voice.answering import STATES, AnswerFacts
from voice.plans import MeasureFacts, PlanFacts, PriorityFacts
from voice.understanding import Quote, ThemeSentence


@dataclass(frozen=True)
class Card:
    """A theme in a list."""

    slug: str
    you_said: str
    how_many: str
    state: str
    words: str
    about: str
    verdict: str | None


@dataclass(frozen=True)
class Published:
    """A theme and its answer, both for everyone."""

    theme: ThemeSentence
    answer: AnswerFacts
    priority: PriorityFacts


@dataclass(frozen=True)
class Joined:
    """A theme that went into this one after everyone could read its answer: that stays here to be read."""

    you_said: str
    board_words: str | None
    answer: AnswerFacts


@dataclass(frozen=True)
class Also:
    """Another theme that the same answer answers."""

    slug: str
    you_said: str


@dataclass(frozen=True)
class Story:
    """A theme’s whole story."""

    theme: ThemeSentence
    how_many: str
    priority: PriorityFacts
    in_current_plan: bool  # only the current plan's priorities have pages
    measures: Sequence[MeasureFacts]
    place: str
    heard_on: date | None
    board_words: str | None
    answer: AnswerFacts
    quotes: Sequence[Quote]
    joined: Sequence[Joined]
    also: Sequence[Also] = ()


@dataclass(frozen=True)
class Wish:
    """What a visitor wants to see of “you said, we did”."""

    priority: str | None = None
    place: str | None = None
    year: int | None = None
    state: str | None = None


@dataclass(frozen=True)
class Shelf:
    """Priorities that stand together, each with its number on the page; a plan without strands has one shelf without a name."""

    name: str | None
    meaning: str | None
    priorities: Sequence[tuple[int, PriorityFacts]]


def published(plan: PlanFacts, wish: Wish | None = None) -> list[Published]:
    """The plan’s published themes that fit, newest answer first. One of which the board says “that isn’t what they said” stays
    inside until it is settled, also when it was out before."""
    wish = wish or Wish()
    themes = {theme.id: theme for theme in understanding.sentences(plan.id)}
    priorities = {each.id: each for each in plans.priorities(plan.id, closed_too=True)}
    objected = reviewing.objected(themes)
    answers = (each for each in answering.published(themes) if each.theme_id not in objected)
    found = (Published(themes[each.theme_id], each, priorities[themes[each.theme_id].priority_id]) for each in answers)
    return [each for each in found if _fits(each, wish)]


def cards(plan: PlanFacts, some: Sequence[Published]) -> list[Card]:
    """These as they stand in a list."""
    names = _place_names(plan.id)
    return [_card(each, names) for each in some]


def story(slug: str) -> Story | None:
    """One published theme; None where there is none of that address, or none that is public."""
    theme = understanding.sentence_by_slug(slug)
    answer = answering.public_answer(theme.id) if theme else None
    priority = plans.priority_by_id(theme.priority_id) if theme else None
    if theme is None or theme.merged_into or priority is None or answer is None or reviewing.open_objection(theme.id):
        return None
    current = plans.current_plan()
    return Story(
        theme,
        counting.how_many_said(theme.id),
        priority,
        current is not None and current.id == theme.plan_id,
        plans.measures_of(theme.plan_id, priority.id),
        _place(theme, _place_names(theme.plan_id)),
        reviewing.heard_on([theme.id]).get(theme.id),
        reviewing.board_words([theme.id]).get(theme.id),
        answer,
        understanding.public_quotes(theme.id),
        _joined(theme.id),
        _also(theme, answer),
    )


def moved_to(slug: str) -> str | None:
    """The address of the theme that this one went into, where that one is public; None for a theme that went nowhere."""
    theme = understanding.sentence_by_slug(slug)
    address = understanding.where_it_went(theme).slug if theme and theme.merged_into else None
    return address if address and story(address) else None


def choices(plan: PlanFacts, everything: Collection[Published]) -> dict[str, list[tuple[str, str]]]:
    """What can be picked in the filters: value and words. `everything` is all that is published; its years are those to pick from."""
    years = sorted({each.answer.published_on.year for each in everything if each.answer.published_on}, reverse=True)
    return {
        "priority": [(each.code, each.child_title) for each in plans.priorities(plan.id)],
        "place": [(each.code, each.name) for each in plans.places(plan.id)],
        "year": [(str(year), str(year)) for year in years],
        "state": list(zip(STATES, (_("Done"), _("Doing"), _("Will do"), _("We can’t")), strict=True)),
    }


def shelves(plan: PlanFacts) -> list[Shelf]:
    """The plan’s priorities as it groups them, numbered through; how services are run comes last."""
    found = plans.priorities(plan.id)
    numbered = list(enumerate(found, start=1))
    strands = plans.document_of(plan.id).get("strands", [])
    return [each for each in _shelves(numbered, strands) if each.priorities]


def _shelves(numbered: Sequence[tuple[int, PriorityFacts]], strands: Sequence[Mapping[str, str]]) -> Iterator[Shelf]:
    known = {each["code"] for each in strands}
    ours = [each for each in numbered if each[1].kind != "service"]
    yield Shelf(None, None, [each for each in ours if each[1].details.get("strand") not in known])
    for strand in strands:
        yield Shelf(strand["name"], strand.get("meaning"), [each for each in ours if each[1].details.get("strand") == strand["code"]])
    yield Shelf(_("How we work"), None, [each for each in numbered if each[1].kind == "service"])


def _also(theme: ThemeSentence, answer: AnswerFacts) -> list[Also]:
    """Only what is public itself."""
    near = {each.id: each for each in understanding.sentences(theme.plan_id) if each.id in answer.theme_ids and each.id != theme.id}
    objected = reviewing.objected(near)
    return [Also(each.slug, each.you_said) for each in near.values() if each.id not in objected]


def _joined(theme_id: uuid.UUID) -> list[Joined]:
    themes = {each.id: each for each in understanding.went_into(theme_id)}
    words = reviewing.board_words(themes)
    answers = answering.published(themes) if themes else []
    return [Joined(themes[each.theme_id].you_said, words.get(each.theme_id), each) for each in answers]


def _place_names(plan_id: uuid.UUID) -> Mapping[str, str]:
    return {each.code: each.name for each in plans.places(plan_id)}


def _place(theme: ThemeSentence, names: Mapping[str, str]) -> str:
    found: str = names.get(theme.place or "") or _("All of the county")
    return found


def _fits(each: Published, wish: Wish) -> bool:
    day = each.answer.published_on
    return (
        wish.priority in (None, each.priority.code)
        and wish.place in (None, each.theme.place)
        and wish.state in (None, each.answer.state)
        and (wish.year is None or (day is not None and day.year == wish.year))
    )


def _card(each: Published, names: Mapping[str, str]) -> Card:
    theme, answer = each.theme, each.answer
    about = f"{each.priority.child_title} · {_place(theme, names)}"
    return Card(theme.slug, theme.you_said, counting.how_many_said(theme.id), answer.state, answer.words, about, answer.verdict)
