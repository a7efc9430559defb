"""How we listen, once a quarter: shares in tenths, picks as a release, and what somebody learns who has every figure."""

from __future__ import annotations

import random

import pytest

from tests.rooms.counting.attacker import OURS, System
from voice.counting.quarter_rules import SHARE_FROM, changed, in_ten, moves, said

KINDS = ("yes", "not_sure", "not_really")


@pytest.mark.parametrize("whole", [50, 51, 57, 64, 99, 100, 333, 1000])
def test_whoever_knows_how_many_wrote_is_left_with_five_numbers_at_least(whole: int) -> None:
    """And how many wrote is said nowhere."""
    told = [in_ten(part, whole) for part in range(whole + 1)]
    assert set(told) == set(range(1, 10)), "never nobody, never all"
    assert min(told.count(each) for each in set(told)) >= 5


def test_too_few_have_no_share() -> None:
    assert in_ten(20, SHARE_FROM - 1) is None
    assert [in_ten(each, 100) for each in (0, 14, 15, 54, 55, 84, 85, 100)] == [1, 1, 2, 5, 6, 8, 9, 9]


def test_so_many_changed_at_least() -> None:
    """Against people who are known: the bound is never above how many changed."""
    chance = random.Random(7)
    for _ in range(300):
        before = {person: chance.choice(KINDS) for person in range(chance.randint(0, 40))}
        after = {person: kind if chance.random() < 0.8 else chance.choice(KINDS) for person, kind in before.items() if chance.random() < 0.9}
        after |= {1000 + new: chance.choice(KINDS) for new in range(chance.randint(0, 12))}
        true = sum(before.get(person) != after.get(person) for person in {*before, *after})
        counted = [{kind: list(some.values()).count(kind) for kind in KINDS} for some in (after, before)]
        assert changed(*counted) <= true
    assert changed({"yes": 10}, {}) == 10


def test_nothing_moves_for_nine() -> None:
    assert not moves({"answered": 30, "waiting": 39}, {"answered": 30, "waiting": 30})
    assert moves({"answered": 40, "waiting": 20}, {"answered": 30, "waiting": 30})
    first = {"listened": {"yes": 30, "not_sure": 10, "not_really": 12, "": 0}}
    made = said(first, {}, None, 1)
    assert made
    assert said({"listened": {**first["listened"], "yes": 39}}, first, made[0], 2) is None
    assert said({"listened": {**first["listened"], "yes": 40}}, first, made[0], 2) is not None


def test_a_dozen_have_no_figures() -> None:
    assert said({"listened": {"yes": 6, "not_sure": 3, "not_really": 3, "": 0}}, {}, None, 1) is None


def test_of_twenty_of_one_mind_nothing_is_said() -> None:
    made = said({"listened": {"yes": 18, "not_sure": 0, "not_really": 0, "": 0}}, {}, None, 1)
    assert made
    assert made[1]["listened"] is None


def test_an_attacker_is_left_with_five_numbers_of_everything() -> None:
    """Both questions are of the same people, and are known to be."""
    narrow, figures = 0, 0
    for seed in range(60):
        lot = random.Random(seed)
        people = lot.randint(13, 150)
        picks = {name: _split(lot, people) for name in ("listened", "helped")}
        made = said(picks, {}, None, 1, lot)
        if made is None:
            continue
        system, cells = System(), list[tuple[str, str]]()
        for name, row in made[1].items():
            if row is None:
                continue
            system.within("everyone", *OURS.everyone.shown(row["of"]))
            for code, figure in row["cells"].items():
                system.within((name, code), *(OURS.answer.hidden if figure is None else OURS.answer.shown(figure)))
                cells.append((name, code))
            system.adds_up([(name, code) for code in row["cells"]], "everyone")
        ranges = system.ranges(cells) if cells else {}
        figures += len(ranges)
        narrow += sum(high - low < 4 for low, high in ranges.values())
    assert figures > 200
    assert narrow == 0


def _split(lot: random.Random, people: int) -> dict[str, int]:
    picked = [lot.choices((*KINDS, ""), (6, 2, 3, 1))[0] for _ in range(people)]
    return {kind: picked.count(kind) for kind in (*KINDS, "")}
