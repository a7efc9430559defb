"""How a measure is said to everyone: its figures, how it moved, how it stands, how old it is. Sentences first, then the chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from voice.delivering.measuring.drawing import LARGE, SMALL, Chart, Frame, Point, chart
from voice.delivering.measuring.periods import period
from voice.delivering.measuring.queries import MeasureStory, ReadingFacts
from voice.delivering.measuring.rules import moved
from voice.plans import MeasureFacts
from voice.web.locale import language

YEARS_FROM = 24  # months from which an age is said in years


@dataclass(frozen=True)
class Bar:
    """One place: its figure, and how long its bar is, out of 100 of the longest (or of 100, where it is a share)."""

    place: str
    name: str
    said: str
    percent: int


@dataclass(frozen=True)
class Shown:
    """A measure as pages show it. `says`: sentences, the most important first; `chart` and `small` are None where there is no figure."""

    story: MeasureStory
    says: list[str]
    standing: str  # “We got there.”, or nothing where it cannot be said
    age: str  # “Last counted 14 months ago.”
    printed: str  # what the plan says of it, in the plan’s own words
    chart: Chart | None
    small: Chart | None


def shown(story: MeasureStory) -> Shown:
    """This measure, in the words and the direction of the page."""
    return Shown(story, says_of(story), standing_words(story), age_words(story), printed_words(story.facts), drawn(story), drawn(story, SMALL))


def says_of(story: MeasureStory) -> list[str]:
    """How it moved, and where it should come to."""
    return [each for each in (_moved(story), _goal(story)) if each]


def standing_words(story: MeasureStory) -> str:
    words = {"met": _("We got there."), "nearer": _("We are nearer."), "no_nearer": _("We are no nearer yet."), "unknown": ""}
    return str(words[story.standing])


def age_words(story: MeasureStory) -> str:
    """How long ago it was last counted, in whole months, or years where they are many."""
    if story.age is None:
        return str(_("No one has counted it yet."))
    if story.age >= YEARS_FROM:
        return str(ngettext("Last counted %(num)s year ago.", "Last counted %(num)s years ago.", story.age // 12))
    if story.age:
        return str(ngettext("Last counted %(num)s month ago.", "Last counted %(num)s months ago.", story.age))
    return str(_("Counted not long ago."))


def when_words(code: str) -> str:
    """A period as it is read: 2024/25 and 2025 as they are, a quarter, a month and a day in words."""
    found = period(code)
    if found is None or found.first.year != found.last.year or len(code) == len("2025"):
        return code
    if "Q" in code:
        return f"{format_date(found.first, 'MMM')}–{format_date(found.last, 'MMM y')}"
    return str(format_date(found.last, "d MMMM y" if found.first == found.last else "MMMM y"))


def drawn(story: MeasureStory, frame: Frame = LARGE) -> Chart | None:
    """The chart of the readings of all of the county."""
    points = [Point(each.on, each.value, each.said, _short(each), each.source) for each in story.whole]
    base, goal = story.baseline, story.target
    return chart(
        points,
        baseline=(base, str(_("It was %(what)s", what=_apart(story.says(base))))) if base is not None else None,
        target=(goal, str(_("We want %(what)s", what=_apart(story.says(goal))))) if goal is not None else None,
        percent=story.unit == "percent",
        rtl=language().direction == "rtl",
        frame=frame,
    )


def bars(story: MeasureStory, names: dict[str, str]) -> list[Bar]:
    """The newest figure of each place that has one, in the plan’s order."""
    found = {each.place: each for each in story.by_place if each.place}
    longest = 100.0 if story.unit == "percent" else max((abs(each.value) for each in found.values()), default=0.0)
    return [
        Bar(code, name, found[code].said, round(100 * abs(found[code].value) / longest) if longest else 0)
        for code, name in names.items()
        if code in found
    ]


def printed_words(facts: MeasureFacts) -> str:
    """What the plan prints of it, in a sentence each; the printed words themselves as they are."""
    ways = {"up": _("It should go up."), "down": _("It should go down."), "keep": _("It should stay as it is.")}
    found = [ways.get(facts.direction or "", "")]
    found += [_("It was: %(what)s.", what=facts.baseline)] if facts.baseline else []
    found += [_("We want: %(what)s.", what=facts.target)] if facts.target else []
    found += [_("By when: %(when)s.", when=facts.due)] if facts.due else []
    return " ".join(str(each) for each in found if each)


def _moved(story: MeasureStory) -> str:
    newest = story.newest
    if newest is None:
        return ""
    before = story.baseline if story.baseline is not None else story.whole[0].value if len(story.whole) > 1 else None
    if before is None:
        return str(_("It is %(now)s.", now=_apart(newest.said)))
    given = {"was": _apart(story.says(before)), "now": _apart(newest.said)}
    way = moved(before, newest.value)
    if way == "same":
        return str(_("Still %(now)s.", **given))
    return str(_("Up from %(was)s to %(now)s.", **given) if way == "up" else _("Down from %(was)s to %(now)s.", **given))


def _goal(story: MeasureStory) -> str:
    """The target as a number where there is one, else as the plan prints it."""
    goal = story.says(story.target) if story.numbers.by_hand or not story.facts.target else story.facts.target
    if not goal:
        return {"up": str(_("It should go up.")), "down": str(_("It should go down.")), "keep": str(_("It should stay as it is."))}.get(
            story.numbers.aim.direction or "", ""
        )
    due = story.facts.due or (_day(story.numbers.due_on) if story.numbers.due_on else "")
    return str(_("We want: %(what)s, by %(when)s.", what=_apart(goal), when=_apart(due)) if due else _("We want: %(what)s.", what=_apart(goal)))


def _short(reading: ReadingFacts) -> str:
    """A time as it stands under a chart."""
    found = period(reading.period)
    return _month(reading.on) if found and found.first.month == found.last.month else when_words(reading.period)


def _apart(words: str) -> str:
    """On a page that runs from right to left a figure keeps its own direction; its percent sign would go to the other side."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}" if language().direction == "rtl" else words


def _month(on: date) -> str:
    return str(format_date(on, "MMM y"))


def _day(on: date) -> str:
    return str(format_date(on, "d MMMM y"))
