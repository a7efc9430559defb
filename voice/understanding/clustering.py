"""Views that say the same, or nearly: put together for a person to look at, never for good. Plain Python, and the same each time.

Each view becomes numbers: its words without their endings (text-speak spelt out), pieces of four letters, and the concepts its words touch, so that
“no bus home” and “I can’t get back, there’s no transport” meet. What many views hold counts little. A view that many others are like begins a
cluster; what is near enough to the middle of a cluster joins it, and so a few times over. What is near none stays by itself.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voice.understanding.concepts import find_concepts, strengths
from voice.understanding.words import Word, base, spelling, written_words

MOST: Final = 500
"""Views at once: a page makes them while somebody waits (`tests/rooms/understanding/measure_clusters.py`)."""
JOIN: Final = 0.3
"""From this likeness to the middle of a cluster on, a view joins it (0: nothing in common, 1: the same)."""
NEAR: Final = 0.25
"""From this likeness on, two views count as neighbours."""
ROUNDS: Final = 3
LETTERS: Final = 4
WEIGHTS: Final = {"w": 1.0, "l": 0.15, "c": 1.3}
"""What words, pieces of letters and concepts weigh against each other."""
TOO_COMMON: Final = 0.5  # of the views: such a thing tells none from another, and comparing by it costs most
FEW: Final = 12.0  # views may share a thing even so: of a handful, most may well say the same
EVERYDAY: Final = 0.1
ALONE: Final = 1.0
"""What a thing weighs that one view alone holds: a little, so that two views with one word in common and much else are not the same."""

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Cluster:
    """Places in the list that was given, the most typical first; `words`: what its views have more than others, as they write it."""

    members: tuple[int, ...]
    words: tuple[str, ...]


def clusters(texts: Sequence[str], weights: Sequence[int] | None = None, seed: int = 0) -> list[Cluster]:
    """Put texts together that say much the same.

    Args:
        texts: words of at most MOST views; the rest is left out.
        weights: how many said each, for texts that stand for many; 1 each where not given.
        seed: decides between what is equally near.

    Returns:
        Clusters of two texts or more, those that most people said first. A text is in one at most.
    """
    read = [_read(each) for each in texts[:MOST]]
    many = list(weights or [1] * len(read))[: len(read)]
    vectors = _as_vectors(read)
    groups = [each for each in _settled(vectors, _seeds(vectors, many, seed)) if len(each) > 1]
    ordered = [_by_typical(each, vectors) for each in groups]
    held_by = Counter(known for words in read for known in {word.base for word in words})
    found = [Cluster(tuple(each), _telling_words([read[place] for place in each], held_by, len(read))) for each in ordered]
    return sorted(found, key=lambda each: (-sum(many[place] for place in each.members), each.members))


def typical(texts: Sequence[str], most: int) -> list[int]:
    """Places of the texts nearest to the middle of all, each unlike those before it: what stands for the others."""
    vectors = _as_vectors([_read(each) for each in texts[:MOST]])
    order = _by_typical(range(len(vectors)), vectors)
    picked: list[int] = []
    for place in order:
        if all(_dot(vectors[place], vectors[other]) < 2 * NEAR for other in picked):
            picked.append(place)
    return [*picked, *(each for each in order if each not in picked)][:most]


def _read(text: str) -> list[Word]:
    means = spelling().means
    spelt = (means.get(written, written) for written in written_words(text))
    return [Word(meant, base(meant)) for meant in spelt]


def _as_vectors(texts: Sequence[Sequence[Word]]) -> list[dict[str, float]]:
    """Each text as numbers of length one; empty where nothing in it tells it from the others."""
    counted = [_features(each) for each in texts]
    found_in = Counter(name for each in counted for name in each)
    common = max(FEW, TOO_COMMON * len(texts))
    rarity = {name: math.log((1 + len(texts)) / times) if times > 1 else ALONE for name, times in found_in.items() if times <= common}
    units = (_unit({name: value * rarity[name] for name, value in each.items() if name in rarity}) for each in counted)
    # What one view alone holds makes it longer, and meets nothing.
    return [{name: value for name, value in each.items() if found_in[name] > 1} for each in units]


def _features(words: Sequence[Word]) -> dict[str, float]:
    everyday = spelling().everyday
    found: dict[str, float] = defaultdict(float)
    for word in words:
        weight = EVERYDAY if word.base in everyday else 1.0
        found[f"w {word.base}"] = WEIGHTS["w"] * weight
        if weight == 1.0:
            bounded = f" {word.base} "
            for at in range(len(bounded) - LETTERS + 1):
                found[f"l {bounded[at : at + LETTERS]}"] = WEIGHTS["l"]
    for name, strength in strengths(find_concepts(words)).items():
        found[f"c {name}"] = WEIGHTS["c"] * min(strength, 1.0)
    return found


def _seeds(vectors: Sequence[Vector], many: Sequence[int], seed: int) -> list[list[int]]:
    """Views that most others are like, each with those near it that belong to none before."""
    near = _neighbours(vectors)
    order = list(range(len(vectors)))
    random.Random(seed).shuffle(order)  # noqa: S311  # decides only between what is equally near
    order.sort(key=lambda place: -sum(likeness * many[other] for other, likeness in near[place].items()))
    free, found = set(order), []
    for place in order:
        if place in free:
            group = [place, *sorted(free & near[place].keys())]
            free -= set(group)
            found.append(group)
    return found


def _neighbours(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    """For each view those that are like it, with how much."""
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: list[dict[int, float]] = [{} for _ in vectors]
    for place, vector in enumerate(vectors):
        sums: dict[int, float] = defaultdict(float)
        for name, value in vector.items():
            for other, its in index[name]:
                sums[other] += value * its
            index[name].append((place, value))
        for other, likeness in sums.items():
            if likeness >= NEAR:
                found[place][other] = found[other][place] = likeness
    return found


def _settled(vectors: Sequence[Vector], groups: list[list[int]]) -> list[list[int]]:
    """Each view goes to the middle it is nearest to, a few times over; to none where it is near none."""
    for _round in range(ROUNDS):
        middles = [_middle(vectors, each) for each in groups if len(each) > 1]
        index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, middle in enumerate(middles):
            for name, value in middle.items():
                index[name].append((number, value))
        groups = [[] for _ in middles]
        for place, vector in enumerate(vectors):
            nearest = _nearest(vector, index)
            if nearest is not None:
                groups[nearest].append(place)
    return groups


def _nearest(vector: Vector, index: Mapping[str, Sequence[tuple[int, float]]]) -> int | None:
    sums: dict[int, float] = defaultdict(float)
    for name, value in vector.items():
        for number, its in index.get(name, ()):
            sums[number] += value * its
    best = max(sums, key=lambda number: (sums[number], -number), default=None)
    return best if best is not None and sums[best] >= JOIN else None


def _middle(vectors: Sequence[Vector], places: Iterable[int]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for place in places:
        for name, value in vectors[place].items():
            sums[name] += value
    return _unit(sums)


def _by_typical(places: Iterable[int], vectors: Sequence[Vector]) -> list[int]:
    middle = _middle(vectors, places := list(places))
    return sorted(places, key=lambda place: (-_dot(vectors[place], middle), place))


def _telling_words(own: Sequence[Sequence[Word]], held_by: Mapping[str, int], all_of_them: int, most: int = 4) -> tuple[str, ...]:
    """Words that many of these hold and few others do, in the form written most often."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for words in own:
        for known, written in {word.base: word.written for word in words}.items():
            forms[known][written] += 1
    everyday = spelling().everyday
    held = {known: sum(found.values()) for known, found in forms.items() if known not in everyday and len(known) > 2}
    scored = {known: times * math.log((1 + all_of_them) / held_by[known]) for known, times in held.items() if times > 1}
    best = sorted(scored, key=lambda known: (-scored[known], known))[:most]
    return tuple(forms[known].most_common(1)[0][0] for known in best)


def _dot(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[name] for name, value in one.items() if name in other)


def _unit(values: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in values.values()))
    return {name: value / length for name, value in values.items()} if length else {}
