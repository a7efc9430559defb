"""How alike a view is to the phrases that a plan's owner wrote down, by pieces of their words.

Pieces of three to five letters forgive endings and misspellings that no list foresees. Pieces that stand in many phrases count little
(inverse document frequency). Pure Python.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from voice.understanding.words import Word, spelling

SHORTEST, LONGEST = 3, 5
EVERYDAY = 0.15
SECOND_BEST = 0.35
"""The nearest phrase counts whole, the next one this much, the third this much of that."""


class Likeness:
    """An index of phrases, each belonging to a priority given by its place."""

    def __init__(self, phrases: Sequence[tuple[int, Sequence[Word]]], priorities: int) -> None:
        self._priorities = priorities
        self._belongs = [place for place, _ in phrases]
        counted = [_pieces(words) for _, words in phrases]
        found_in = Counter(piece for pieces in counted for piece in pieces)
        self._rarity = {piece: math.log((1 + len(counted)) / times) for piece, times in found_in.items()}
        self._unseen = math.log(1 + len(counted))
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, pieces in enumerate(counted):
            for piece, weight in self._unit(pieces).items():
                self._index[piece].append((number, weight))

    def to(self, words: Sequence[Word]) -> list[float]:
        """Return, per priority, how near its nearest phrases are: from 0 to about 1.5."""
        cosines = [0.0] * len(self._belongs)
        for piece, weight in self._unit(_pieces(words)).items():
            for number, other in self._index.get(piece, ()):
                cosines[number] += weight * other
        nearest: list[list[float]] = [[] for _ in range(self._priorities)]
        for place, cosine in zip(self._belongs, cosines, strict=True):
            nearest[place].append(cosine)
        return [_best_three(found) for found in nearest]

    def _unit(self, pieces: dict[str, float]) -> dict[str, float]:
        weighed = {piece: weight * self._rarity.get(piece, self._unseen) for piece, weight in pieces.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {piece: weight / length for piece, weight in weighed.items()}


def _best_three(cosines: list[float]) -> float:
    best = sorted(cosines, reverse=True)[:3]
    return sum(cosine * SECOND_BEST**rank for rank, cosine in enumerate(best))


def _pieces(words: Sequence[Word]) -> dict[str, float]:
    pieces: dict[str, float] = defaultdict(float)
    for word in words:
        weight = EVERYDAY if word.base in spelling().everyday else 1.0
        for piece in _cut(word.base):
            pieces[piece] += weight
    return {piece: 1 + math.log(weight) if weight > 1 else weight for piece, weight in pieces.items()}


def _cut(word: str) -> Iterator[str]:
    bounded = f" {word} "
    for size in range(SHORTEST, min(LONGEST, len(bounded)) + 1):
        for at in range(len(bounded) - size + 1):
            yield bounded[at : at + size]
