"""Invented children who make their own code twice, with the letters and days that real ones have, and slips."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.pairing import Marks, marks_of

SECRET = b"a key of the tests, and of nothing else"
# Guessed weights: some letters are far commoner than others, as in real names and roads.
ENDS = dict(zip("aenyhrlosimdtxc", (21, 18, 15, 10, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1), strict=True))
LAST = dict(zip("bshwmcprtdgjlefkan", (10, 9, 9, 8, 8, 8, 6, 5, 5, 5, 5, 4, 4, 3, 3, 3, 3, 2), strict=True))
ROAD = dict(zip("scbhmwplrtgadefon", (10, 10, 9, 8, 7, 7, 6, 6, 5, 5, 5, 4, 4, 4, 4, 3, 3), strict=True))
Code = dict[str, str | None]


@dataclass
class Children:
    """The codes of many children, at the start and at the end; the same submission id stands for nobody twice."""

    before: dict[uuid.UUID, Code] = field(default_factory=dict)
    after: dict[uuid.UUID, Code] = field(default_factory=dict)
    same: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)  # who is who


def code(chance: random.Random) -> Code:
    def letter(weights: Mapping[str, int]) -> str:
        return chance.choices(list(weights), list(weights.values()))[0]

    return {
        "code_first": letter(ENDS),
        "code_last": letter(LAST),
        "code_day": str(chance.randint(1, 30)),
        "code_month": str(chance.randint(1, 12)),
        "code_road": letter(ROAD),
    }


def slipped(chance: random.Random, made: Code) -> Code:
    """The same with one part wrong, or passed over."""
    part = chance.choice(sorted(made))
    other = code(chance)[part] if chance.random() < 0.8 else None
    return {**made, part: other if other != made[part] else None}


def children(seed: int, many: int = 500, slips: float = 0.1, once: float = 0.0) -> Children:
    """So many children; of each hundred so many slip once, and so many come once only."""
    chance, made = random.Random(seed), Children()
    for _ in range(many):
        own = code(chance)
        first, second = (uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(2))
        comes = chance.choice(("before", "after")) if chance.random() < once else "both"
        if comes != "after":
            made.before[first] = own
        if comes != "before":
            made.after[second] = slipped(chance, own) if chance.random() < slips else own
        if comes == "both":
            made.same[first] = second
    return made


def marked(codes: Mapping[uuid.UUID, Code], series: str = "course") -> dict[uuid.UUID, Marks]:
    found = {id_: marks_of(each, series, SECRET) for id_, each in codes.items()}
    return {id_: marks for id_, marks in found.items() if marks}
