"""How well views are put together: python -m tests.rooms.understanding.measure_clusters [NHS.csv]

Purity: the share of clustered texts whose cluster is mostly about what they are about (those in no cluster do not count; beside it stands how
many are in one). Pair F1: of pairs in one cluster how many share a label, against pairs that share one. The labels are priorities or themes, which
hold many clusters each, so that recall of pairs is low by nature; “by chance” is the same clusters with labels dealt out anew.
“Same again”: texts said again in nearly the same words were added; how many stand in the cluster of what they repeat.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from tests.rooms.understanding.comments import comments
from voice.understanding.clustering import MOST, clusters

SEEDS = range(5)
SLIPS = (("the ", ""), ("i ", "I "), (".", "!!"), ("you", "u"), ("and", "&"), ("ing", "in"), ("because", "cos"))


class Fit(NamedTuple):
    """Shares from 0 to 1."""

    purity: float
    by_chance: float
    clustered: float
    pair_f1: float
    same_again: float
    clusters: int
    milliseconds: float


def fit(said: Sequence[tuple[str, str]], seed: int = 0) -> Fit:
    """Cluster texts (words, label), with a tenth of them said again, and compare with the labels."""
    chance = random.Random(seed)
    again = chance.sample(range(len(said)), len(said) // 10)
    texts = [words for words, _ in said] + [_with_slips(said[each][0], chance) for each in again]
    labels = [label for _, label in said] + [said[each][1] for each in again]
    began = time.process_time()
    found = clusters(texts, seed=seed)
    took = (time.process_time() - began) * 1000
    where = {place: number for number, each in enumerate(found) for place in each.members}
    same = statistics.mean(where.get(each) is not None and where.get(each) == where.get(len(said) + at) for at, each in enumerate(again))
    dealt = chance.sample(labels, len(labels))
    return Fit(_purity(where, labels), _purity(where, dealt), len(where) / len(texts), _pair_f1(where, labels), same, len(found), took)


def _purity(where: dict[int, int], labels: Sequence[str]) -> float:
    groups: dict[int, Counter[str]] = {}
    for place, number in where.items():
        groups.setdefault(number, Counter())[labels[place]] += 1
    return sum(each.most_common(1)[0][1] for each in groups.values()) / max(1, len(where))


def _pair_f1(where: dict[int, int], labels: Sequence[str]) -> float:
    together = alike = both = 0
    for one, other in combinations(range(len(labels)), 2):
        in_one = one in where and where[one] == where.get(other)
        share = labels[one] == labels[other]
        together, alike, both = together + in_one, alike + share, both + (in_one and share)
    return 2 * both / max(1, together + alike)


def _with_slips(words: str, chance: random.Random) -> str:
    """The same again as another child types it."""
    for old, new in chance.sample(SLIPS, 3):
        words = words.replace(old, new)
    parts = words.split()
    if len(parts) > 6:
        parts.pop(chance.randrange(len(parts)))
    return " ".join(parts)


def of_children(slug: str) -> list[tuple[str, str]]:
    """Children's comments of one priority each."""
    return [(each.words, next(iter(each.priorities))) for each in comments(slug) if len(each.priorities) == 1]


def of_patients(path: str) -> list[tuple[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["themes"]) for row in csv.DictReader(file) if row["themes"] and "|" not in row["themes"]]


def _some(said: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    return random.Random(seed).sample(said, min(len(said), MOST * 10 // 11))


def main(path: str | None = None) -> None:
    sets = {slug: of_children(slug) for slug in ("hertfordshire-2011", "herefordshire-2015", "herefordshire-pledges")}
    if path:
        sets["NHS (adults)"] = of_patients(path)
    print(f"{'set':24}{'texts':>6}{'clusters':>9}{'in one':>8}{'purity':>8}{'chance':>8}{'pair F1':>8}{'same again':>11}{'ms':>6}")
    for name, said in sets.items():
        runs = [fit(_some(said, seed), seed) for seed in SEEDS]
        mean = Fit(*(statistics.mean(each) for each in zip(*runs, strict=True)))
        print(
            f"{name:24}{min(len(said), MOST * 10 // 11):>6}{mean.clusters:>9.0f}{mean.clustered:>8.2f}{mean.purity:>8.2f}{mean.by_chance:>8.2f}"
            f"{mean.pair_f1:>8.2f}{mean.same_again:>11.2f}{mean.milliseconds:>6.0f}"
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
