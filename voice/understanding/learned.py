"""What was learned, as a web process reads it: a table of whole numbers, and how to ask it.

Made by `fitting` in a process of its own; asked with plain Python, so that no page waits for a library and little memory is held
(two bytes for each place and class: 3 MB for 24 priorities). No word stands in it: places are keyed hashes (`hashing`).
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voice.understanding.hashing import PLACES, Hasher, Piece, split, unit

METHOD_NAME = "learned"
VERSION = "1"
"""Recorded with every suggestion, with the number of what was learned. Raise it whenever the same table would answer otherwise."""

_FINEST = 32_000
_LENGTH = struct.Struct("<I")


class NotReadable(ValueError):
    """These bytes are no table of this version."""


@dataclass(frozen=True)
class Head:
    """What stands before the numbers.

    `beside`: for each class, how much each opinion of the unlearned machine weighs; `at_least`: the score from which a class is likely
    meant; `none_below`: a best score below it fits no class more often than it fits one (None: not enough to tell).
    """

    classes: tuple[str, ...]
    scales: tuple[float, ...]
    starts: tuple[float, ...]
    beside: tuple[tuple[float, ...], ...]
    at_least: float
    none_below: float | None
    version: str = VERSION


@dataclass(frozen=True)
class Opinion:
    """The score of one class (any size, comparable within one view), and what each word of the view added to it."""

    name: str
    score: float
    by_word: Mapping[int, float]


class Learned:
    """A table and the key it was made with."""

    def __init__(self, head: Head, rarity: array[float], weights: array[int], key: bytes) -> None:
        self.head = head
        self._rarity = rarity
        self._weights = weights
        self._key = key

    def ask(self, text: str, beside: Sequence[Sequence[float]]) -> list[Opinion]:
        """An opinion on each class, in their order. `beside`: for each class, the unlearned machine's opinions."""
        pieces = Hasher(self._key).pieces(split(text))
        values = unit(pieces, self._rarity)
        return [self._opinion(number, pieces, values, beside[number]) for number in range(len(self.head.classes))]

    def _opinion(self, number: int, pieces: Mapping[int, Piece], values: Mapping[int, float], beside: Sequence[float]) -> Opinion:
        width, scale = len(self.head.classes), self.head.scales[number]
        score = self.head.starts[number] + sum(weight * value for weight, value in zip(self.head.beside[number], beside, strict=True))
        by_word: dict[int, float] = {}
        for place, value in values.items():
            weight = self._weights[place * width + number]
            if weight:
                added = weight * scale * value
                score += added
                words = pieces[place].by
                for word in words:
                    by_word[word] = by_word.get(word, 0.0) + added / len(words)
        return Opinion(self.head.classes[number], score, by_word)


def write(head: Head, rarity: Sequence[float], weights: Sequence[Sequence[float]]) -> bytes:
    """The table as bytes; `weights` has a row of PLACES numbers for each class. Its scales are found here."""
    scales = tuple(max((abs(each) for each in row), default=0.0) / _FINEST or 1.0 for row in weights)
    whole = array("h", bytes(2 * PLACES * len(weights)))
    for number, row in enumerate(weights):
        whole[number :: len(weights)] = array("h", (round(each / scales[number]) for each in row))
    told = json.dumps({**asdict(head), "scales": scales}).encode()
    return _LENGTH.pack(len(told)) + told + zlib.compress(array("f", rarity).tobytes() + whole.tobytes(), 6)


def read(blob: bytes, key: bytes) -> Learned:
    """The table in these bytes.

    Raises:
        NotReadable: they are damaged, or of another version.
    """
    try:
        length = _LENGTH.unpack_from(blob)[0]
        head = _head(json.loads(blob[_LENGTH.size : _LENGTH.size + length]))
        numbers = zlib.decompress(blob[_LENGTH.size + length :])
        rarity, weights = array("f"), array("h")
        rarity.frombytes(numbers[: 4 * PLACES])
        weights.frombytes(numbers[4 * PLACES :])
    except (struct.error, ValueError, KeyError, TypeError, zlib.error) as broken:
        raise NotReadable(str(broken)) from None
    if head.version != VERSION or len(rarity) != PLACES or len(weights) != PLACES * len(head.classes):
        raise NotReadable("It is of another version, or cut off.")
    return Learned(head, rarity, weights, key)


def _head(told: dict[str, Any]) -> Head:
    return Head(
        classes=tuple(told["classes"]),
        scales=tuple(told["scales"]),
        starts=tuple(told["starts"]),
        beside=tuple(tuple(each) for each in told["beside"]),
        at_least=told["at_least"],
        none_below=told["none_below"],
        version=told["version"],
    )
