"""What the learned part looks at: letters in a row, words, and the senses of words alone and two by two. Each is a number in a fixed table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

SIZE = 1 << 18
WINDOW = 24  # words weighed together
STEP = 12
PAIRED = 9  # how many words on two senses may still be taken together
SHORTEST_RUN, LONGEST_RUN = 3, 5
FAMILIES = ("letters", "words", "senses", "pairs", "met")
SHARES = {"letters": 1.4, "words": 1.4, "senses": 1.4, "pairs": 1.0, "met": 0.5}  # how much each family weighs beside the others


@dataclass(frozen=True)
class Said:
    """A text as the learned part takes it: its words, the senses of each, and the kinds of the patterns it met."""

    words: tuple[str, ...]
    senses: tuple[frozenset[str], ...]
    met: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def alone(name: str) -> int:
    """The place of a feature in the table."""
    return crc32(name.encode()) & (SIZE - 1)


@lru_cache(maxsize=8192)
def runs(word: str) -> tuple[int, ...]:
    """The letters of a word, three to five in a row, with its beginning and end marked."""
    marked = f"<{word}>"
    sizes = range(SHORTEST_RUN, LONGEST_RUN + 1)
    return tuple({crc32(marked[at : at + size].encode()) & (SIZE - 1) for size in sizes for at in range(len(marked) - size + 1)})


def windows(length: int) -> Iterator[tuple[int, int]]:
    """Stretches of WINDOW words, each begun STEP words after the last."""
    for start in range(0, max(1, length - WINDOW + STEP), STEP):
        yield start, min(length, start + WINDOW)


def features(said: Said, start: int, end: int) -> dict[str, dict[int, tuple[int, ...]]]:
    """By family, each feature of a stretch and the positions of the words it comes from."""
    letters: dict[int, tuple[int, ...]] = {}
    words: dict[int, tuple[int, ...]] = {}
    senses: dict[int, tuple[int, ...]] = {}
    for at in range(start, end):
        word = said.words[at]
        letters.update(dict.fromkeys(runs(word), (at,)))
        words[alone("w " + word)] = (at,)
        if at > start:
            words[alone(f"b {said.words[at - 1]} {word}")] = (at - 1, at)
        for sense in said.senses[at]:
            senses[alone("s " + sense)] = (at,)
    pairs: dict[int, tuple[int, ...]] = {alone(name): (first, second) for first, second, name in _pairs(said.senses, start, end)}
    return {"letters": letters, "words": words, "senses": senses, "pairs": pairs, "met": {alone("m " + kind): () for kind in said.met}}


def _pairs(senses: Sequence[frozenset[str]], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Concepts two by two, in either order, not too far apart."""
    concepts = [sorted(sense for sense in senses[at] if sense.isupper()) for at in range(start, end)]
    for first, here in enumerate(concepts):
        for second in range(first + 1, min(len(concepts), first + PAIRED)) if here else ():
            for one in here:
                for other in concepts[second]:
                    yield start + first, start + second, f"p {one} {other}" if one < other else f"p {other} {one}"
