"""The waves of a series beside each other: what changed, said in words first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from voice.asking import ActivityFacts, Choice, Question, in_language, waves_of
from voice.counting.intervals import Interval, wilson
from voice.counting.results.change import Change, Share, by_chance, change, spoken
from voice.counting.results.composed import DESK
from voice.counting.results.drawing import Dot, dots, lines, scale
from voice.counting.results.tallied import Tallied, tallied_each
from voice.counting.sources import MOST_VALUES, questions_of

MOST: Final = 12  # waves: four years of terms


@dataclass(frozen=True)
class Wave:
    """One time of asking."""

    activity: ActivityFacts
    name: str
    people: int | None

    @property
    def opened(self) -> date:
        return self.activity.opens_on


@dataclass(frozen=True)
class Point:
    """What one wave said: None where it is not shown or was not asked then."""

    wave: Wave
    share: Share | None
    interval: Interval | None


@dataclass(frozen=True)
class Course:
    """One answer over the waves, oldest first; `change` from the one it is compared with to the newest, `words` what is said of it, `top` what
    the top of its chart stands for."""

    code: str
    label: str
    face: int | None
    points: Sequence[Point]
    change: Change
    words: str
    top: int

    @property
    def dots(self) -> list[tuple[Point, Dot]]:
        drawn = dots([(each.share.value, each.interval) if each.share and each.interval else None for each in self.points], self.top)
        return list(zip(self.points, drawn, strict=True))

    @property
    def lines(self) -> list[tuple[Dot, Dot]]:
        return lines([dot for _point, dot in self.dots])


@dataclass(frozen=True)
class Asked:
    """One question. Without courses too few answered it in every wave."""

    name: str
    label: str
    courses: Sequence[Course]
    nobody: Sequence[str]  # answers that nobody gave in any wave that is shown


@dataclass(frozen=True)
class Story:
    """All of it. `clear`: what clearly changed; `told`: how many comparisons were made; `by_chance`: how many of them chance alone calls changed."""

    waves: Sequence[Wave]
    before: Wave
    now: Wave
    asked: Sequence[Asked]
    clear: Sequence[tuple[Asked, Course]]
    told: int
    by_chance: int


def series_of(activity: ActivityFacts) -> list[ActivityFacts]:
    """The waves it is one of that have begun, oldest first, at most the newest twelve; itself alone where it is in no series."""
    return waves_of(activity.series)[:MOST][::-1] if activity.series else [activity]


def story(activity: ActivityFacts, compared: str = "") -> Story | None:
    """How the newest wave differs from an earlier one (`compared`: its slug; else the one before); None where there is but one wave.

    Three queries, however many answered and however many waves there are.
    """
    found = series_of(activity)
    if len(found) < 2:
        return None
    tallies = tallied_each([each.id for each in found])
    own = [Wave(each, _name(each), tallies[each.id].size(())) for each in found]
    before, now = next((each for each in own[:-1] if each.activity.slug == compared), own[-2]), own[-1]
    asked = [each for question in questions_of(now.activity) if (each := _asked(question, own, before, tallies))]
    courses = [(each, course) for each in asked for course in each.courses]
    clear = [(each, course) for each, course in courses if course.change.verdict in ("more", "fewer")]
    told = sum(course.change.verdict != "few" for _each, course in courses)
    return Story(own, before, now, asked, clear, told, by_chance(told))


def said(found: Change) -> str:
    """A change in words: so many now, against so many then. What is clear and what could be chance is said by the page, beside it."""
    if found.before is None or found.now is None or found.verdict == "few":
        return _now_alone(found.now)
    then, now = spoken(found.before, found.now)
    if now == then:
        return str(_("%(now)s in %(of)s, as before", now=now.number, of=now.of))
    if now.number > then.number:
        return str(_("%(now)s in %(of)s, up from %(then)s in %(of)s", now=now.number, then=then.number, of=now.of))
    return str(_("%(now)s in %(of)s, down from %(then)s in %(of)s", now=now.number, then=then.number, of=now.of))


def _now_alone(now: Share | None) -> str:
    if now is None:
        return str(_("Too few to show"))
    alone = spoken(now)[0]
    return str(_("%(now)s in %(of)s", now=alone.number, of=alone.of))


def _name(activity: ActivityFacts) -> str:
    return str(_("Wave %(number)s", number=activity.wave))


def _asked(question: Question, own: Sequence[Wave], before: Wave, tallies: Mapping[uuid.UUID, Tallied]) -> Asked | None:
    choices = _choices(question)
    if question.role or not choices:
        return None
    offered = {wave.activity.id: _offered(wave.activity, question.name) for wave in own}
    found, nobody = list[tuple[Choice, list[Point]]](), list[str]()
    for choice in choices:
        points = [_point(wave, tallies[wave.activity.id], question.name, choice.name, offered[wave.activity.id]) for wave in own]
        if any(each.share and each.share.people for each in points):
            found.append((choice, points))
        elif any(each.share for each in points):
            nobody.append(in_language(choice.label, DESK).text)
    top = scale(max((each.interval.high for _choice, points in found for each in points if each.interval), default=1.0))
    courses = [_course(choice, points, points[own.index(before)], top) for choice, points in found]
    return Asked(question.name, in_language(question.label, DESK).text, courses, nobody)


def _course(choice: Choice, points: Sequence[Point], then: Point, top: int) -> Course:
    moved = change(then.share, points[-1].share)
    return Course(choice.name, in_language(choice.label, DESK).text, choice.face, points, moved, said(moved), top)


def _choices(question: Question) -> Sequence[Choice]:
    """What is compared: the answers to pick, and the numbers of a short scale."""
    low, high = question.start, question.end
    if question.type == "integer" and low is not None and high is not None and high - low < MOST_VALUES:
        return [Choice(str(each), {DESK: str(each)}) for each in range(low, high + 1)]
    return question.choices if question.is_picked else ()


def _offered(activity: ActivityFacts, name: str) -> set[str]:
    """What could be picked then: nothing, where it was not asked."""
    return {choice.name for each in questions_of(activity) if each.name == name for choice in _choices(each)}


def _point(wave: Wave, found: Tallied, question: str, code: str, offered: set[str]) -> Point:
    given = found.given((), question) if code in offered else None
    share = Share(given.get(code, 0), wave.people) if given is not None and wave.people else None
    return Point(wave, share, wilson(*share) if share else None)
