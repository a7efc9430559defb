"""All pairs: each that can be is there, in few rows, the same each time."""

from __future__ import annotations

from itertools import combinations, product

from tests.pairs import all_pairs, pairs_of

FACTORS = {"page": ("a", "b", "c", "d", "e"), "language": ("en", "cy", "ur"), "theme": ("light", "dark", "forced"), "width": ("320", "1280")}


def test_each_pair_is_there() -> None:
    rows = all_pairs(FACTORS)
    met = set().union(*(pairs_of(row) for row in rows))
    for one, other in combinations(FACTORS, 2):
        for pair in product(FACTORS[one], FACTORS[other]):
            assert frozenset(zip((one, other), pair, strict=True)) in met
    assert len(rows) <= 20  # of 90; no fewer than 15 can do
    assert rows == all_pairs(FACTORS)


def test_what_cannot_be_is_not_there() -> None:
    rows = all_pairs(FACTORS, lambda row: not (row["page"] == "a" and row["language"] == "ur"))
    assert not [row for row in rows if row["page"] == "a" and row["language"] == "ur"]
    assert {row["page"] for row in rows} == set(FACTORS["page"])
