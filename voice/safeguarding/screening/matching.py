"""Patterns over concepts: places in order, with at most so many words between."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from . import data

NEAR, FAR = 4, 10  # how many words on the next place may stand: three, or nine, between
FIRST_RANKS = 30  # added to a word's rank: the commonest words are about equally common
RARE = 9_999  # the rank of what is no plain English word


@dataclass(frozen=True)
class Pattern:
    """What must stand where: for each place the tags that fit and how far on from the last it may be."""

    kind: str
    places: tuple[tuple[frozenset[str], int], ...]
    immediate: bool
    weak: bool
    line: str = ""  # as it stands in its file


@dataclass(frozen=True)
class Found:
    """A pattern met, and the positions of the words that met it."""

    pattern: Pattern
    positions: tuple[int, ...]


@cache
def compiled(name: str) -> tuple[Pattern, ...]:
    """The patterns of a file, ready to match."""
    return tuple(_compiled(kind, line) for kind, line in data.patterns(name))


def _compiled(kind: str, line: str) -> Pattern:
    places: list[tuple[frozenset[str], int]] = []
    reach = NEAR
    for item in line.lstrip("!? ").split():
        if item == "...":
            reach = FAR
            continue
        places.append((frozenset(item.removeprefix("+").split("|")), 1 if item.startswith("+") else reach))
        reach = NEAR
    return Pattern(kind, tuple(places), line.startswith("!"), line.startswith("?"), line)


def literals(patterns: Iterable[Pattern]) -> set[str]:
    """The plain words the patterns name."""
    tags = {tag for pattern in patterns for fits, _ in pattern.places for tag in fits}
    return {word for tag in tags if not tag.isupper() for word in tag.split("+")}


def phrases(patterns: Iterable[Pattern]) -> dict[str, list[tuple[str, ...]]]:
    """Tags made of several words (run+away), by their last word."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for tag in {tag for pattern in patterns for fits, _ in pattern.places for tag in fits if "+" in tag}:
        found[tag.split("+")[-1]].append(tuple(tag.split("+")))
    return dict(found)


@cache
def concepts_of() -> dict[str, tuple[str, ...]]:
    """Each word and the concepts it belongs to."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, members in data.concepts().items():
        for word in members:
            found[word].append(name)
    return {word: tuple(names) for word, names in found.items()}


def tagged(words: Sequence[str], known: dict[str, list[tuple[str, ...]]]) -> list[frozenset[str]]:
    """For each word the tags it carries: itself, its concepts, and the phrases that end with it."""
    concepts = concepts_of()
    return [frozenset((word, *concepts.get(word, ()), *_phrases_at(words, at, known))) for at, word in enumerate(words)]


def _phrases_at(words: Sequence[str], at: int, known: dict[str, list[tuple[str, ...]]]) -> list[str]:
    ending = known.get(words[at], ())
    return ["+".join(phrase) for phrase in ending if tuple(words[max(0, at + 1 - len(phrase)) : at + 1]) == phrase]


class Looked:
    """Patterns that are looked for together. Each hangs on its rarest place, so that a text is held against the few that it could meet
    and not against all of them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._hanging: dict[str, list[int]] = defaultdict(list)
        self._others: list[tuple[frozenset[str], ...]] = []
        for number, pattern in enumerate(self.patterns):
            by_rarity = sorted((fits for fits, _ in pattern.places), key=_how_common)
            for tag in by_rarity[0]:
                self._hanging[tag].append(number)
            self._others.append(tuple(by_rarity[1:]))

    def found(self, tags: Sequence[frozenset[str]]) -> list[Found]:
        """Those met by the tagged words, each with its first meeting, in the order of their files."""
        where: dict[str, list[int]] = defaultdict(list)
        for at, carried in enumerate(tags):
            for tag in carried:
                where[tag].append(at)
        return [Found(self.patterns[each], met) for each in self._able(where) if (met := _meeting(self.patterns[each], where))]

    def _able(self, where: dict[str, list[int]]) -> list[int]:
        """Numbers of those of which every place could be filled."""
        here = where.keys()
        hanging = {each for tag in here & self._hanging.keys() for each in self._hanging[tag]}
        return sorted(each for each in hanging if not any(fits.isdisjoint(here) for fits in self._others[each]))


def _how_common(fits: frozenset[str]) -> tuple[float, list[str]]:
    """About how often a word fits a place, and the tags themselves, so that nothing is left to chance."""
    return sum(_common()[tag] for tag in fits), sorted(fits)


@cache
def _common() -> dict[str, float]:
    """About how often each tag is met: a word by its rank among plain English words, a concept by its words."""
    rank = data.words()
    found: dict[str, float] = defaultdict(lambda: 1 / (RARE + FIRST_RANKS))
    found.update({word: 1 / (rank[word] + FIRST_RANKS) for word in rank})
    for name, members in data.concepts().items():
        found[name] = sum(1 / (rank.get(word, RARE) + FIRST_RANKS) for word in members)
    return found


def _meeting(pattern: Pattern, where: dict[str, list[int]]) -> tuple[int, ...] | None:
    first, *rest = pattern.places
    paths: dict[int, tuple[int, ...]] = {at: (at,) for at in _positions(first[0], where)}
    for fits, reach in rest:
        further: dict[int, tuple[int, ...]] = {}
        for at in _positions(fits, where):
            before = next((at - step for step in range(1, reach + 1) if at - step in paths), None)
            if before is not None:
                further[at] = (*paths[before], at)
        if not further:
            return None
        paths = further
    return paths[min(paths)]


def _positions(fits: frozenset[str], where: dict[str, list[int]]) -> list[int]:
    return sorted({at for tag in fits if tag in where for at in where[tag]})
