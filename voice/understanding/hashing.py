"""A view's words as numbers that cannot be read back: what the learned part of the suggestions is made of.

Words alone and in pairs (without their endings, text-speak spelt out) and pieces of three to five letters of each word go through a keyed hash
into a fixed number of places. Without the key, which is never in the database, nobody can look a word up in what was learned. Plain Python.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voice.understanding.words import base, spelling, written_words

HALF = 1 << 15
PLACES = 2 * HALF
"""The first half is for words and pairs, the second for letters."""
SHORTEST, LONGEST = 3, 5
MOST_WORDS = 1000  # of a view; more than anyone writes on a phone
WORDS, LETTERS = 0, 1
"""The two kinds of pieces. Each kind is brought to length one by itself, so that the many pieces of letters do not drown the words."""


@dataclass(frozen=True)
class Piece:
    """One place that a view touches: how often, and which of its words did it (their numbers, from 0)."""

    kind: int
    times: float
    by: tuple[int, ...]


@dataclass
class Hasher:
    """Turns words into places with one key. What was hashed is kept for as long as the object lives, so make one for each task."""

    key: bytes
    _known: dict[str, int] = field(default_factory=dict, repr=False)

    def pieces(self, words: Sequence[str]) -> dict[int, Piece]:
        """Place -> piece; the same words give the same places in every process that has the key."""
        touched: dict[int, list[tuple[int, ...]]] = {}
        for kind, text, by in _cut(words[:MOST_WORDS]):
            touched.setdefault(self._place(kind, text), []).append(by)
        return {place: Piece(place // HALF, 1 + math.log(len(found)), _each_once(found)) for place, found in touched.items()}

    def _place(self, kind: int, text: str) -> int:
        marked = f"{kind}{text}"
        place = self._known.get(marked)
        if place is None:
            digest = hashlib.blake2b(marked.encode(), key=self.key[:64], digest_size=8).digest()
            place = self._known[marked] = kind * HALF + int.from_bytes(digest, "big") % HALF
        return place


def _each_once(found: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for numbers in found for number in numbers))


def split(text: str) -> list[str]:
    """The words of a view as they were written."""
    return list(written_words(text))


def unit(pieces: Mapping[int, Piece], rarity: Sequence[float]) -> dict[int, float]:
    """Place -> its value: how often, times how rare, each kind of piece at length one. `rarity` has a number for each place."""
    values = {place: piece.times * rarity[place] for place, piece in pieces.items()}
    lengths = [math.sqrt(sum(values[place] ** 2 for place, piece in pieces.items() if piece.kind == kind)) or 1.0 for kind in (WORDS, LETTERS)]
    return {place: value / lengths[pieces[place].kind] for place, value in values.items()}


def _cut(words: Sequence[str]) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    means = spelling().means
    bases = [base(means.get(word, word)) for word in words]
    for number, word in enumerate(bases):
        yield WORDS, word, (number,)
        if number + 1 < len(bases):
            yield WORDS, f"{word} {bases[number + 1]}", (number, number + 1)
    for number, word in enumerate(words):
        bounded = f" {word} "
        for size in range(SHORTEST, min(LONGEST, len(bounded)) + 1):
            for at in range(len(bounded) - size + 1):
                yield LETTERS, bounded[at : at + size], (number,)
