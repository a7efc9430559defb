"""Who was not heard: what may be said of small groups, gaps, shares, and figures of a population as a file. Without an application."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

import pytest
from scipy.optimize import linprog

from voice.counting.reaching import rules
from voice.counting.reaching.files import Line, read_figures, template
from voice.counting.reaching.rules import FEW, HELD, MERGED, SHOWN, Cell, Part, beside, gaps, nobody, part, per_thousand, share, together, told
from voice.counting.results.hiding import hidden_pairs
from voice.tables import Bad, Unusable

PLACES = {"leominster": "Leominster", "ross": "Ross-on-Wye"}
AGES = {"8_10": "8 to 10", "11_13": "11 to 13"}


# --- what is said of small groups


def test_fewer_than_ten_is_said_of_nobody_and_of_nine_alike() -> None:
    counts = {"a": 40, "b": 0, "c": 9, "d": 3}
    assert told(counts, {"a"}, [list(counts)]) == {"a": SHOWN, "b": FEW, "c": FEW, "d": FEW}


def test_nothing_is_said_where_it_would_tell_how_few() -> None:
    two_nines = {"a": 40, "b": 9, "c": 9}
    assert told(two_nines, {"a"}, [list(two_nines)]) == {"a": SHOWN, "b": MERGED, "c": MERGED}, "18 among two of at most nine are nine each"
    beside_ten = {"a": 40, "b": 10, "c": 1}
    assert told(beside_ten, {"a"}, [list(beside_ten)])["c"] == MERGED, "11 less ten or more is one at most"
    beside_many = {"a": 40, "b": 30, "c": 1}
    assert told(beside_many, {"a"}, [list(beside_many)]) == {"a": SHOWN, "b": HELD, "c": FEW}


def test_a_line_of_fewer_than_ten_is_known_to_nobody() -> None:
    counts = {"a": 2, "b": 5}
    assert set(told(counts, (), [list(counts)]).values()) == {FEW}


def _table(chance: random.Random) -> dict[Cell, int]:
    scale = chance.choice([3, 8, 20, 40])
    rows, columns = chance.randint(2, 6), chance.randint(2, 6)
    return {(f"r{row}", f"c{column}"): int(chance.expovariate(1 / scale)) for row in range(rows) for column in range(columns)}


def _sizes(counts: Mapping[Cell, int], bounds: Mapping[Cell, tuple[int, float]], cell: Cell) -> int:
    """How many sizes a cell can have, by linear programming, for whoever knows each sum of ten or more."""
    keys = list(bounds)
    known, few = ([], []), ([], [])
    for at in (0, 1):
        for name in {key[at] for key in counts}:
            line = [key for key in counts if key[at] == name]
            total = sum(counts[key] for key in line)
            rows, sums = known if total >= 10 else few
            rows.append([float(key in line) for key in keys])
            sums.append((total if total >= 10 else 9) - sum(counts[key] for key in line if key not in bounds))
    found = []
    for sign in (1, -1):
        aim = [sign * float(key == cell) for key in keys]
        answer = linprog(aim, A_eq=known[0] or None, b_eq=known[1] or None, A_ub=few[0] or None, b_ub=few[1] or None, bounds=list(bounds.values()))
        assert answer.status in (0, 3), answer.message
        found.append(sign * answer.fun if answer.status == 0 else math.inf)
    return 1000 if math.isinf(found[1]) else int(math.floor(found[1] + 1e-6) - math.ceil(found[0] - 1e-6)) + 1


def test_what_is_said_narrows_no_small_group_to_fewer_than_five_sizes() -> None:
    chance, said = random.Random(20261122), 0
    for _ in range(25):
        counts = _table(chance)
        rows, columns = ({key[at] for key in counts if sum(count for each, count in counts.items() if each[at] == key[at]) >= 10} for at in (0, 1))
        seen = counts.keys() - hidden_pairs(counts, rows, columns)
        states = rules.told_by_two(counts, seen)
        assert {cell for cell, state in states.items() if state == SHOWN} == set(seen)
        bounds = {cell: rules.BOUNDS[state] for cell, state in states.items() if state != SHOWN}
        for cell in [each for each, state in states.items() if state == FEW]:
            assert counts[cell] < 10
            said += 1
            sizes = _sizes(counts, bounds, cell)
            assert sizes >= 5 or _sizes(counts, dict.fromkeys(bounds, (0, None)), cell) < 5, (counts, cell, sizes)
    assert said > 100


# --- over several activities


def test_small_groups_are_added_up_only_where_that_gives_none_away() -> None:
    assert together([part((30,), SHOWN), part((4,), FEW)]).people == 30, "the four would be what is left"
    assert together([part((30,), SHOWN), part((4,), FEW), part((5,), FEW)]).people == 30, "nine are too few to be told apart from"
    assert together([part((30, 3), SHOWN), *[part((4, 1), FEW)] * 3]) == Part((42, 6))
    assert together([part((9,), FEW), part((9,), FEW)]).people is None, "18 would be nine each"
    assert together([part((10,), HELD), part((1,), FEW)]).people is None, "11 less ten or more is one at most"
    assert together([part((25,), HELD), part((2,), FEW)]).people == 27


def test_fewer_than_ten_over_several_is_true() -> None:
    assert together([part((4,), FEW), part((5,), FEW)]).is_few
    assert not together([part((9,), FEW), part((9,), FEW)]).is_few, "they are 18"
    assert not together([part((3,), MERGED), part((2,), FEW)]).is_few, "nothing may be said of the one"
    assert together([nobody(), nobody()]).is_few


# --- gaps and shares


def test_the_largest_gap_comes_first_and_a_group_too_small_to_tell_is_not_named() -> None:
    heard = {("ross", "8_10"): part((30,), SHOWN), ("ross", "11_13"): part((3,), FEW), ("bromyard", "8_10"): part((40,), HELD)}
    children = {("ross", "8_10"): 2000, ("ross", "11_13"): 1000, ("bromyard", "8_10"): 5000, ("kington", "8_10"): 300}
    found = gaps(heard, children, 0.03)
    assert [(each.place, each.age, each.people, each.per_thousand, each.missing) for each in found] == [
        ("ross", "8_10", 30, 15, 30),
        ("ross", "11_13", None, 10, 21),
    ], "of kington nine would be as many as elsewhere; bromyard is not shown"
    assert gaps({cell: nobody() for cell in heard}, children, 0.03)[1:] == gaps({cell: part((9,), FEW) for cell in heard}, children, 0.03)[1:]


def test_out_of_a_thousand() -> None:
    assert (per_thousand(31, 1240), per_thousand(None, 1240)) == (25, 9), "fewer than ten of 1,240 are fewer than nine in 1,000"


def test_a_share_has_an_interval_and_never_comes_from_fewer_than_ten() -> None:
    assert share(3, 9) is None
    assert share(5, 10) == (50, 23, 77)
    assert share(0, 10) == (0, 0, 28)
    assert share(10, 10) == (100, 72, 100)
    assert beside(share(10, 100), 30) == "less"
    assert beside(share(10, 100), 12) == "same"
    assert beside(share(50, 100), 30) == "more"
    assert beside(None, 30) == "unsure"


# --- figures as a file


def test_good_lines_are_read_and_bad_ones_named() -> None:
    file = (
        "Place,Age,People,Source,Year,Link\n"
        'Ross-on-Wye,8 to 10,"1,240",Census 2021,2021,https://example.org/a\n'
        "leominster,8_10,410,A census,2021,\n"
        "leominster,8_10,420,A census,2021,\n"
        "Bath,8_10,3,A census,2021,\n"
        "ross,9,3,A census,2021,\n"
        "ross,8_10,many,A census,2021,\n"
        "ross,8_10,-3,A census,2021,\n"
        "ross,8_10,3,,2021,\n"
        "ross,8_10,3,A census,21,\n"
        "ross,8_10,3,A census,2021,javascript:1\n"
        ",11_13,,,,\n"
        "Whole county,11_13,6324,An estimate,2023,\n"
    )
    found = read_figures(file.encode("utf-8-sig"), PLACES, AGES)
    assert found.lines == [
        Line("ross", "8_10", 1240, "Census 2021", 2021, "https://example.org/a"),
        Line("leominster", "8_10", 420, "A census", 2021, None),
        Line("", "11_13", 6324, "An estimate", 2023, None),
    ]
    assert [(each.number, each.why) for each in found.bad] == [
        (5, "place"), (6, "age"), (7, "people"), (8, "people"), (9, "source"), (10, "year"), (11, "link"),
    ]  # fmt: skip
    assert found.bad[0] == Bad(5, "place", "Bath")
    assert found.empty == 1


@pytest.mark.parametrize(("data", "why"), [(b"", "empty"), (b"\n \n", "empty"), (b"place,age\n,8_10\n", "column"), (b"\xff\xfe\x00", "column")])
def test_a_file_that_is_none_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_figures(data, PLACES, AGES)
    assert refused.value.args[0] == why


def test_semicolons_and_windows_letters_are_read_as_well() -> None:
    found = read_figures("place;age;people;source;year\nross;8_10;5;Café count;2021\n".encode("cp1252"), PLACES, AGES)
    assert found.lines[0].source == "Café count"


def test_the_template_names_every_place_and_age() -> None:
    assert template(PLACES, AGES)[:3] == [("", "8_10", "", "", "", ""), ("", "11_13", "", "", "", ""), ("leominster", "8_10", "", "", "", "")]
