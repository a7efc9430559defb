"""What views and plans speak about: the concepts of `concepts.yaml`, found in a text.

A concept is met by its words, whole or in a row; entries of several words win over the single words inside them, so that
“run away” is no sport and “social media” no social worker.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voice.understanding.words import Word, base, load_yaml, spelling, written_words

ROOM_BETWEEN = 2
"""Other words that may stand inside an entry of several words: “hits me” is met by “hits and kicks me”."""

WEAK, EVERYDAY, SINGLE, ROW = 0.3, 0.6, 1.0, 1.7
"""Strength of an entry marked “?”, of one word, and of a row of words."""

INSIDE_A_ROW = 0.15
"""What is left of a single word when it stands inside a row that was met."""


@dataclass(frozen=True)
class Entry:
    """One way of saying a concept: bases in order, and how strongly they mean it."""

    concept: str
    bases: tuple[str, ...]
    strength: float


@dataclass(frozen=True)
class Hit:
    """An entry met in a text, at these places of its list of words."""

    entry: Entry
    places: tuple[int, ...]
    strength: float


@dataclass(frozen=True)
class Concepts:
    """The thesaurus: entries by their first base, the concepts near each concept, and every base that occurs."""

    by_first: dict[str, tuple[Entry, ...]]
    near: dict[str, tuple[str, ...]]
    vocabulary: frozenset[str]


@cache
def concepts() -> Concepts:
    """Return the thesaurus that comes with the product; read once."""
    data: dict[str, dict[str, str]] = load_yaml("concepts.yaml")
    entries = [entry for name, about in data.items() for entry in _entries(name, f"{about['say']}, {about['plan']}")]
    shared: dict[tuple[str, ...], int] = defaultdict(int)
    for entry in entries:
        shared[entry.bases] += 1
    by_first: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        strength = entry.strength / shared[entry.bases] ** 0.5
        by_first[entry.bases[0]].append(Entry(entry.concept, entry.bases, strength))
    near = {name: tuple(part.strip() for part in about["near"].split(",")) for name, about in data.items()}
    vocabulary = frozenset(word for entry in entries for word in entry.bases)
    return Concepts({first: tuple(found) for first, found in by_first.items()}, near, vocabulary)


def _entries(concept: str, listed: str) -> Iterator[Entry]:
    seen: set[tuple[str, ...]] = set()
    everyday = spelling().everyday
    for part in listed.split(","):
        weak = part.rstrip().endswith("?")
        bases = tuple(base(spelling().means.get(word, word)) for word in written_words(part))
        if bases and bases not in seen and not (len(bases) == 1 and bases[0] in everyday):
            seen.add(bases)
            strength = (EVERYDAY, SINGLE, ROW)[min(2, sum(word not in everyday for word in bases))]
            yield Entry(concept, bases, WEAK * strength if weak else strength)


def find_concepts(words: Sequence[Word]) -> list[Hit]:
    """Return every entry met in the words, singles inside a met row much weakened, in the order of the text."""
    by_first = concepts().by_first
    bases = [word.base for word in words]
    met = [(entry, places) for at, first in enumerate(bases) for entry in by_first.get(first, ()) if (places := places_of(entry.bases, bases, at))]
    in_rows = {place for _, places in met if len(places) > 1 for place in places}
    return [Hit(entry, places, _strength(entry, places, in_rows)) for entry, places in met]


def _strength(entry: Entry, places: tuple[int, ...], in_rows: set[int]) -> float:
    return entry.strength * (INSIDE_A_ROW if len(places) == 1 and places[0] in in_rows else 1.0)


def places_of(entry: tuple[str, ...], words: Sequence[str], at: int) -> tuple[int, ...]:
    """Return where the entry's words stand, the first at `at`; nothing when the others do not follow closely enough."""
    places = [at]
    end = min(at + len(entry) + ROOM_BETWEEN, len(words))
    for wanted in entry[1:]:
        place = next((place for place in range(places[-1] + 1, end) if words[place] == wanted), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(places)


def strengths(hits: Sequence[Hit]) -> dict[str, float]:
    """Add up how strongly each concept is touched, at most twice over: saying it three times does not make it three things."""
    touched: dict[str, float] = defaultdict(float)
    for hit in hits:
        touched[hit.entry.concept] += hit.strength
    return {name: min(sum_, 2.0) for name, sum_ in touched.items()}
