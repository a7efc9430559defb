"""The learned part of the screen: how much a text is like what was written out as a disclosure, and which of its words say so."""

import math
from collections import defaultdict
from dataclasses import dataclass

from .features import FAMILIES, SHARES, Said, alone, features, windows
from .weights import Table, learned

MOST_TELLING = 3
KIND_FAMILIES = ("words", "senses")


@dataclass(frozen=True)
class Heard:
    """`over`: how far above (or below) what is enough, in log-odds. `now`: the same for danger now. The kind, and the words that say most."""

    over: float
    now: float
    kind: str
    positions: tuple[int, ...]


def hear(said: Said, language: str) -> Heard:
    """Weigh each stretch of a text and answer for the one that says most."""
    return max((_heard(said, language, start, end) for start, end in windows(len(said.words))), key=lambda heard: heard.over)


def version() -> str:
    """Which weights these are: their version and the digest of what they were learned from."""
    facts = learned().facts
    return f"{facts['version']} {facts['digest'][:12]}"


def _heard(said: Said, language: str, start: int, end: int) -> Heard:
    known = learned()
    found = features(said, start, end)
    facts = known.facts["languages"][language]
    concern, by_word = _weighed(known.tables["concern"], found, language)
    over = concern - facts["enough"]
    if over <= facts["unlikely"]:  # far from enough: no need to know what kind
        return Heard(over, -1.0, "", ())
    now, _ = _weighed(known.tables["now"], found, language)
    telling = sorted(by_word, key=lambda at: -by_word[at])[:MOST_TELLING]
    return Heard(over, now - known.facts["now_enough"], _kind(found), tuple(sorted(at for at in telling if by_word[at] > 0)))


def _weighed(table: Table, found: dict[str, dict[int, tuple[int, ...]]], language: str) -> tuple[float, dict[int, float]]:
    """The sum for a stretch, and the part of each word in it."""
    weights, size = table.weights, len(table.weights) - 1
    total = table.start + table.scale * weights[alone("lang " + language) & size]
    by_word: dict[int, float] = defaultdict(float)
    for family in FAMILIES:
        if here := found[family]:
            share = table.scale * SHARES[family] / math.sqrt(len(here))
            for feature, positions in here.items():
                if weight := weights[feature & size]:
                    total += share * weight
                    for at in positions:
                        by_word[at] += share * weight / len(positions)
    return total, by_word


def _kind(found: dict[str, dict[int, tuple[int, ...]]]) -> str:
    known = learned()
    best = ("", -math.inf)
    for kind in known.facts["kinds"]:
        table = known.tables[f"kind {kind}"]
        size = len(table.weights) - 1
        score = table.start
        for family in KIND_FAMILIES:
            score += (
                table.scale * SHARES[family] / math.sqrt(len(found[family]) or 1) * sum(table.weights[feature & size] for feature in found[family])
            )
        best = max(best, (kind, score), key=lambda each: each[1])
    return best[0]
