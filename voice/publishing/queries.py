"""What public pages show. Everything here is public already: it comes through the doors of the rooms that made it so."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from voice import answering, counting, plans, reviewing, understanding
from voice.answering import STATES, AnswerFacts


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
class Story:
    """A theme’s whole story."""

    theme: understanding.ThemeFacts
    how_many: str
    priority: plans.PriorityFacts
    place: str | None
    heard_on: date | None
    board_words: str | None
    answer: AnswerFacts
    quotes: Sequence[str]


@dataclass(frozen=True)
class Waiting:
    """A theme the board has heard and nobody has answered yet."""

    you_said: str
    heard_on: date
    priority: str


@dataclass(frozen=True)
class Wish:
    """What a visitor wants to see of “you said, we did”."""

    priority: str | None = None
    place: str | None = None
    year: int | None = None
    state: str | None = None


def cards(plan: plans.PlanFacts, wish: Wish | None = None, most: int | None = None) -> list[Card]:
    """Published themes that fit, newest answer first."""
    wish = wish or Wish()
    themes = {theme.id: theme for theme in understanding.themes(plan.id)}
    priorities = {each.id: each for each in plans.priorities(plan.id, closed_too=True)}
    names = _place_names(plan.id)
    found = []
    for answer in answering.published(themes):
        theme = themes[answer.theme_id]
        if _fits(theme, priorities[theme.priority_id], answer, wish):
            found.append(_card(theme, priorities[theme.priority_id], answer, names))
    return found[:most]


def story(slug: str) -> Story | None:
    """One published theme; None where there is none of that address, or none that is public."""
    theme = understanding.theme_by_slug(slug)
    answer = answering.answer_for(theme.id) if theme else None
    priority = plans.priority_by_id(theme.priority_id) if theme else None
    if theme is None or priority is None or answer is None or answer.published_on is None:
        return None
    return Story(
        theme,
        counting.how_many_said(theme.id),
        priority,
        _place_names(theme.plan_id).get(theme.place or ""),
        reviewing.heard_on([theme.id]).get(theme.id),
        reviewing.board_words([theme.id]).get(theme.id),
        answer,
        understanding.public_quotes(theme.id),
    )


def waiting(plan: plans.PlanFacts) -> list[Waiting]:
    """Themes the board has heard that wait for an answer, longest first; only those that may be public."""
    themes = {theme.id: theme for theme in understanding.themes(plan.id)}
    heard = reviewing.heard_on(themes)
    answered = {answer.theme_id for answer in answering.published(themes)}
    names = {each.id: each.child_title for each in plans.priorities(plan.id, closed_too=True)}
    open_ones = [theme_id for theme_id in heard if theme_id not in answered and _may_be_shown(theme_id)]
    found = [Waiting(themes[each].you_said, heard[each], names.get(themes[each].priority_id, "")) for each in open_ones]
    return sorted(found, key=lambda each: each.heard_on)


def choices(plan: plans.PlanFacts) -> dict[str, list[tuple[str, str]]]:
    """What can be picked in the filters: value and words."""
    return {
        "priority": [(each.code, each.child_title) for each in plans.priorities(plan.id)],
        "place": [(each.code, each.name) for each in plans.places(plan.id)],
        "year": [(str(year), str(year)) for year in answering.years()],
        "state": list(zip(STATES, (_("Done"), _("Doing"), _("Will do"), _("We can’t")), strict=True)),
    }


def _may_be_shown(theme_id: uuid.UUID) -> bool:
    return not reviewing.open_objection(theme_id) and counting.may_be_public(understanding.theme_views(theme_id))


def _place_names(plan_id: uuid.UUID) -> Mapping[str, str]:
    return {each.code: each.name for each in plans.places(plan_id)}


def _fits(theme: understanding.ThemeFacts, priority: plans.PriorityFacts, answer: AnswerFacts, wish: Wish) -> bool:
    return (
        wish.priority in (None, priority.code)
        and wish.place in (None, theme.place)
        and wish.state in (None, answer.state)
        and (wish.year is None or (answer.published_on is not None and answer.published_on.year == wish.year))
    )


def _card(theme: understanding.ThemeFacts, priority: plans.PriorityFacts, answer: AnswerFacts, places: Mapping[str, str]) -> Card:
    place = places.get(theme.place or "") or _("All of the county")
    about = f"{priority.child_title} · {place}"
    return Card(theme.slug, theme.you_said, counting.how_many_said(theme.id), answer.state, answer.words, about, answer.verdict)
