"""Change between waves: against published worked examples, and what is said of it."""

from __future__ import annotations

import random

import pytest

from voice.counting.results.change import Share, Spoken, by_chance, change, newcombe, spoken, wilson

# Newcombe (1998), Statistics in Medicine 17, table II, method 10: two samples, and the interval.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]
# Newcombe (1998), “Two-sided confidence intervals for the single proportion”, Statistics in Medicine 17, 857-872, table I, method 3.
WILSON = [((81, 263), 0.2553, 0.3662), ((15, 148), 0.0624, 0.1605), ((0, 20), 0.0, 0.1611), ((1, 29), 0.0061, 0.1718)]


@pytest.mark.parametrize(("one", "other", "low", "high"), NEWCOMBE)
def test_differences_are_as_published(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    assert newcombe(Share(*one), Share(*other)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("one", "low", "high"), WILSON)
def test_shares_are_as_published(one: tuple[int, int], low: float, high: float) -> None:
    assert wilson(*one) == pytest.approx((low, high), abs=5e-5)


def test_what_is_said_follows_the_interval() -> None:
    assert change(Share(50, 100), Share(70, 100)).verdict == "more"
    assert change(Share(70, 100), Share(50, 100)).verdict == "fewer"
    assert change(Share(50, 100), Share(55, 100)).verdict == "chance"


def test_too_few_to_say() -> None:
    assert change(None, Share(50, 100)).verdict == "few"
    assert change(Share(5, 9), Share(50, 100)).verdict == "few", "a wave of fewer than ten"
    assert change(Share(0, 300), Share(4, 300)).verdict == "few", "two would be expected in each"
    assert change(Share(0, 300), Share(10, 300)).verdict == "more"
    assert change(Share(5, 9), Share(50, 100)).interval is None


def test_chance_alone_is_called_change_one_time_in_twenty() -> None:
    chance = random.Random(7)
    told = []
    for _ in range(1500):
        share, sizes = chance.uniform(0.2, 0.8), (chance.randint(40, 200), chance.randint(40, 200))
        before, now = (Share(sum(chance.random() < share for _ in range(size)), size) for size in sizes)
        told.append(change(before, now).verdict)
    assert 0.03 < sum(each in ("more", "fewer") for each in told) / len(told) < 0.065
    assert by_chance(60) == 3


def test_shares_are_said_in_tens_where_that_tells_them_apart() -> None:
    assert spoken(Share(50, 100), Share(71, 100)) == [Spoken(5, 10), Spoken(7, 10)]
    assert spoken(Share(50, 100), Share(54, 100)) == [Spoken(50, 100), Spoken(54, 100)]
    assert spoken(Share(50, 100), Share(100, 200)) == [Spoken(5, 10), Spoken(5, 10)]
    assert spoken(Share(2, 100)) == [Spoken(2, 100)], "two in a hundred are not nobody"
    assert spoken(Share(98, 100)) == [Spoken(98, 100)]
    assert spoken(Share(30, 30)) == [Spoken(10, 10)]
