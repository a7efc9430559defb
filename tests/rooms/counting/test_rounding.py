"""Rounding figures that stand together. Pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.counting.composing import EVERYONE, FILTERS, PASSED, Asked, Centers, Group, Truth, compose, drawn
from voice.counting.rounding import GROUP_HIDDEN_TO, Grid, add_up, answers, between, group, loose, near
from voice.counting.rules import MANY_FROM, band
from voice.counting.showing import figures, percent

ONE, SOME = Asked("one", False, ("a", "b", "c")), Asked("some", True, ("x", "y"))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_parts_add_up_and_stay_near_the_truth(people: list[int], chance: Random) -> None:
    total = drawn(max(13, sum(people)), chance)
    found = add_up(dict(enumerate(map(answers, people))), total)
    if found is not None:
        assert sum(found.values()) == total
        for number, figure in found.items():
            assert figure % 5 == 0
            assert abs(figure - people[number]) <= 5
            assert people[number] > 7 or figure < 10, "up to 7 is never shown"


def test_what_cannot_add_up_is_told() -> None:
    assert add_up({"a": answers(7), "b": answers(7)}, 20) is None


def test_a_table_adds_up_both_ways() -> None:
    true = {("r", "a"): 12, ("r", "b"): 3, ("s", "a"): 8, ("s", "b"): 19}
    found = Grid({key: answers(each) for key, each in true.items()}, {"r": 15, "s": 25}, {"a": 20, "b": 20}).solve()
    assert found is not None
    assert found[("r", "a")] + found[("r", "b")] == 15
    assert found[("r", "a")] + found[("s", "a")] == 20
    assert all(abs(found[key] - each) <= 5 for key, each in true.items())
    assert Grid({("r", "a"): answers(3)}, {"r": 15}, {"a": 15}).solve() is None


def test_a_group_that_stays_may_be_one_step_from_what_is_shown() -> None:
    assert (near(23, 20).lowest, near(23, 20).highest) == (3, 5)
    assert (between(9, 10, 5).lowest, between(9, 10, 5).highest) == (2, 3)
    assert (between(9, 10, 0).lowest, between(9, 10, 0).highest) == (2, 2)
    assert group(12).highest == 2, "twelve people are no group with figures"
    assert loose(3, 10).highest == 2


def test_percentages_are_whole_and_of_rounded_figures() -> None:
    assert percent(None, 40) is None
    assert percent(15, 40) == 38
    assert percent(45, 40) == 100


def truth(people: Sequence[Mapping[str, str]], changed: int | None = None) -> Truth:
    """Tallies of people given as {age_band, one, some}."""
    counts: dict[Group, int] = {}
    answered: dict[tuple[Group, str], int] = {}
    cells: dict[tuple[Group, str, str], int] = {}
    for each in people:
        for own in (EVERYONE, Group("age_band", each["age_band"])):
            counts[own] = counts.get(own, 0) + 1
            for name in ("one", "some"):
                for code in each.get(name, ""):
                    cells[(own, name, code)] = cells.get((own, name, code), 0) + 1
                if each.get(name):
                    answered[(own, name)] = answered.get((own, name), 0) + 1
    return Truth(counts, {own: count if changed is None else changed for own, count in counts.items()}, answered, cells)


def first(people: Sequence[Mapping[str, str]]) -> Centers:
    found = compose(truth(people), [ONE, SOME], None, 1, Random(1))
    assert found
    return found


def some(many: int, **person: str) -> list[dict[str, str]]:
    return [{"age_band": "11_13", **person}] * many


def test_there_is_no_release_of_few_or_of_few_changes() -> None:
    lot = Random(1)
    assert compose(truth(some(12)), [ONE], None, 1, lot) is None
    people = some(40, one="a")
    last = first(people)
    assert compose(truth(people, 9), [ONE], last, 2, lot) is None
    assert compose(truth(people, 10), [ONE], last, 2, lot) is not None


def test_a_group_of_twelve_has_no_figures_and_nobody_looks_the_same() -> None:
    shown = figures(first([*some(40, one="a"), *some(12, age_band="14_16", one="b"), *some(1, age_band="17_19")]))
    assert shown["sizes"]["age_band"]["14_16"] is None
    assert shown["sizes"]["age_band"]["17_19"] is None
    assert set(shown["questions"]["one"]["by"]["age_band"]) == {"11_13"}
    assert shown["questions"]["one"]["all"]["cells"]["c"] is None


def test_a_question_that_fewer_than_ten_answered_is_not_shown() -> None:
    shown = figures(first([*some(9, one="a"), *some(40)]))
    assert shown["questions"]["one"]["all"] is None


def test_nothing_is_said_that_all_of_a_small_group_said() -> None:
    shown = figures(first([*some(40, one="b"), *some(15, age_band="14_16", one="a")]))
    assert shown["questions"]["one"]["by"]["age_band"]["14_16"] is None
    assert shown["questions"]["one"]["by"]["age_band"]["11_13"] is not None


def test_every_table_adds_up_to_everyone() -> None:
    chance = Random(5)
    people = [{"age_band": chance.choice("pqr"), "one": chance.choice("abc"), "some": chance.choice(["x", "xy", ""])} for _ in range(150)]
    found = first(people)
    assert sum(found["sizes"]["age_band"].values()) == found["everyone"]
    one = found["questions"]["one"]
    assert sum(one["all"].values()) == found["everyone"]
    for row in one["by"]["age_band"].values():
        assert sum(row["cells"].values()) == row["of"]
    for code in (*ONE.codes, PASSED):
        assert sum(row["cells"][code] for row in one["by"]["age_band"].values()) == one["all"][code]


def test_a_group_in_which_few_came_or_went_repeats_its_figures() -> None:
    people = [*some(60, one="a"), *some(30, age_band="14_16", one="b")]
    last = first(people)
    after = truth([*people, *some(30, one="c"), *some(9, age_band="14_16", one="a")])
    changed = {EVERYONE: 39, Group("age_band", "11_13"): 30, Group("age_band", "14_16"): 9}
    new = compose(Truth(after.people, changed, after.answered, after.cells), [ONE], last, 2, Random(2))
    assert new
    assert new["sizes"]["age_band"]["14_16"] == last["sizes"]["age_band"]["14_16"]
    assert new["questions"]["one"]["by"]["age_band"]["14_16"] == last["questions"]["one"]["by"]["age_band"]["14_16"]
    assert new["sizes"]["age_band"]["11_13"] != last["sizes"]["age_band"]["11_13"]
    assert figures(new)["same"]["age_band"] == ["14_16"]


def test_what_a_table_is_cut_by_is_fixed() -> None:
    assert FILTERS == ("age_band", "place", "speaker")


@pytest.mark.parametrize(("senders", "before", "said"), [(3, None, "some"), (12, None, "some"), (13, None, "many"), (4, "many", "many")])
def test_many_are_as_many_as_a_group_with_figures(senders: int, before: str | None, said: str) -> None:
    """Else “many” beside a figure that is too small to show would leave three numbers."""
    assert band(senders, before) == said
    assert MANY_FROM == GROUP_HIDDEN_TO + 1
