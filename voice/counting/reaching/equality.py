"""Equality evidence: who took part and who was heard, group by group, beside who lives here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from voice.asking import ActivityFacts
from voice.counting.folding import FACTS
from voice.counting.reaching.figures import EVERYONE, STEPS, Took
from voice.counting.reaching.populations import BANDS, Populations
from voice.counting.reaching.rules import Part, Share, beside, nobody, share
from voice.counting.rules import FEWEST
from voice.counting.saying import value_labels
from voice.counting.sources import values_of

UNSAID: Final = ("", "dont_know", "rather_not")
MIRROR: Final = "qps"  # English turned round, for tests; nobody speaks it
NOBODY: Final = nobody()
SILENT: Final = nobody(len(STEPS))


class TookPart(NamedTuple):
    """One group that took part. `of`: out of 100 of those who said; `lives`: out of 100 of who lives here; `beside`: how one stands to the other."""

    label: str
    people: int | None
    is_few: bool
    of: Share | None
    lives: int | None
    beside: str


class Heard(NamedTuple):
    """One group that wrote words: how many out of 100 of them came how far, with how each stands beside everyone (`less` is what to look at)."""

    label: str
    people: int | None
    is_few: bool
    steps: tuple[tuple[Share | None, str], ...]


@dataclass(frozen=True)
class Table:
    """Groups by one fact."""

    fact: str
    took: Sequence[TookPart]
    heard: Sequence[Heard]
    compared: bool  # whether it is known how many of each group live here


def tables(activities: Sequence[ActivityFacts], took: Took, known: Populations) -> list[Table]:
    """A table for each fact that was asked, groups in the order in which they are asked for."""
    labels = {fact: _labels(activities, fact) for fact in FACTS}
    return [_table(fact, names, took, _living(fact, names, known)) for fact, names in labels.items() if names]


def everyone(took: Took) -> tuple[Part, Heard]:
    """All who took part, and how far the words of all came."""
    words = took.words.get(EVERYONE, SILENT)
    return took.groups.get(EVERYONE, NOBODY), _heard("", words, words)


def _table(fact: str, names: Mapping[str, str], took: Took, living: Mapping[str, int]) -> Table:
    parts = {value: took.groups.get((fact, value), NOBODY) for value in names}
    base = sum(parts[value].people or 0 for value in names if _is_compared(fact, value, living))
    whole = took.words.get(EVERYONE, SILENT)
    lives = sum(living.values())
    groups = [_took(names[value], parts[value], base if _is_compared(fact, value, living) else 0, living.get(value), lives) for value in names]
    heard = [_heard(names[value], took.words.get((fact, value), SILENT), whole) for value in names]
    return Table(fact, groups, heard, bool(living))


def _took(label: str, of: Part, base: int, live: int | None, lives: int) -> TookPart:
    found = share(of.people, base) if of.people is not None and base else None
    percent = 100 * live / lives if live is not None and lives else None
    stands = "" if percent is None else beside(found or _at_most(of, base), percent)
    if found is None and stands != "less":
        stands = "unsure" if stands else ""
    return TookPart(label, of.people, of.is_few, found, round(percent) if percent is not None else None, stands)


def _at_most(of: Part, base: int) -> Share | None:
    """A few are nine at most, which may be less than their share all the same."""
    return share(FEWEST - 1, base) if of.is_few else None


def _heard(label: str, of: Part, whole: Part) -> Heard:
    wrote, steps = of.people, list[tuple[Share | None, str]]()
    for came, all_came in zip(of.counts[1:], whole.counts[1:], strict=True):
        found = share(came, wrote) if wrote is not None else None
        steps.append((found, beside(found, 100 * all_came / whole.counts[0]) if whole.counts[0] else "unsure"))
    return Heard(label, wrote, of.is_few, tuple(steps))


def _is_compared(fact: str, value: str, living: Mapping[str, int]) -> bool:
    """Shares are of those who said, and by age of children and young people."""
    if fact == "age_band":
        return value in BANDS
    return value in living if living else value not in UNSAID


def _living(fact: str, names: Mapping[str, str], known: Populations) -> dict[str, int]:
    """How many people of each group live here, where that is known of every group."""
    own: dict[str, int | None] = {}
    if fact == "age_band":
        own = {band: known.whole(band) for band in BANDS}
    elif fact == "place":
        own = {place: known.in_place(place) for place in known.places if place in names}
    return {value: people for value, people in own.items() if people is not None} if None not in own.values() else {}


def _labels(activities: Sequence[ActivityFacts], fact: str) -> dict[str, str]:
    """Everything a fact may be in any of these activities, with what it means."""
    found: dict[str, str] = {}
    for activity in activities:
        names = value_labels(activity, fact)
        found |= {value: names[value] for value in values_of(activity, fact) if value in names and value not in (*found, MIRROR)}
    unsaid = found.pop("", None)
    return found | {"": unsaid} if unsaid is not None else found
