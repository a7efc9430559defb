"""What is hidden of exact figures: nobody can work out those of one to nine people, whichever tables they lay side by side."""

from __future__ import annotations

from itertools import chain, combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from voice.counting.results.hiding import hidden, hidden_pairs
from voice.counting.results.tallied import SIZE, Tallied, Who
from voice.counting.rules import FEWEST

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60))


@settings(max_examples=150, deadline=None)
@given(st.lists(COUNTS, max_size=9))
def test_of_one_fact_what_is_hidden_is_nobody_or_ten_together(counts: list[int]) -> None:
    people = {str(at): count for at, count in enumerate(counts)}
    gone = hidden(people)
    together = sum(people[each] for each in gone)
    assert {each for each, count in people.items() if count < FEWEST} <= gone
    assert together == 0 or together >= FEWEST or gone == people.keys()
    if all(count == 0 or count >= FEWEST for count in counts):
        assert all(people[each] == 0 for each in gone), "nothing is hidden for nothing"


def test_the_smallest_other_group_is_hidden_with_one_that_is_too_small() -> None:
    assert hidden({"a": 40, "b": 4, "c": 15, "d": 0}) == {"b", "c", "d"}
    assert hidden({"a": 40, "b": 4, "c": 6}) == {"b", "c"}, "ten together"
    assert hidden({"a": 40, "b": 20}, also=["b"]) == {"b"}


def _worked_out(cells: dict[tuple[str, str], int], gone: set[tuple[str, str]], rows: set[str], columns: set[str]) -> list[int]:
    """How many people are in every part of the hidden cells that the sums tell, by brute force: an attacker who knows all that is shown,
    and the sums of what is hidden as a whole."""
    unknown = sorted(each for each in gone)
    sums = [*({each} for each in rows), {row for row, _ in cells} - rows]
    across = [*({each} for each in columns), {column for _, column in cells} - columns]
    told = [[float(row in each) for row, _ in unknown] for each in sums] + [[float(column in each) for _, column in unknown] for each in across]
    space = np.array(told) if unknown else np.zeros((1, 0))
    rank = np.linalg.matrix_rank(space)
    found = []
    for part in chain.from_iterable(combinations(range(len(unknown)), many) for many in range(1, len(unknown) + 1)):
        row = np.zeros(len(unknown))
        row[list(part)] = 1
        if np.linalg.matrix_rank(np.vstack([space, row])) == rank:
            found.append(sum(cells[unknown[at]] for at in part))
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=2, max_size=3))
def test_of_two_facts_no_part_that_the_sums_tell_is_of_one_to_nine(table: list[list[int]]) -> None:
    cells = {(f"r{at}", f"c{beside}"): count for at, line in enumerate(table) for beside, count in enumerate(line)}
    of_rows = {name: sum(count for (row, _), count in cells.items() if row == name) for name, _ in cells}
    of_columns = {name: sum(count for (_, column), count in cells.items() if column == name) for _, name in cells}
    if sum(cells.values()) < FEWEST:
        return
    rows, columns = of_rows.keys() - hidden(of_rows), of_columns.keys() - hidden(of_columns)
    gone = hidden_pairs(cells, rows, columns)
    assert {each for each, count in cells.items() if count < FEWEST} <= gone
    assert not [size for size in _worked_out(cells, set(gone), set(rows), set(columns)) if 0 < size < FEWEST]


def test_a_large_table_hides_little() -> None:
    cells = {(str(row), str(column)): 30 + row for row, column in product(range(8), range(9))}
    names = {row for row, _ in cells}, {column for _, column in cells}
    assert hidden_pairs(cells, *names) == frozenset()
    cells["3", "4"] = 2
    assert len(hidden_pairs(cells, *names)) == 4, "two rows and two columns are the least that keep it"


FACTS = ("age", "place", "speaker")
CUTS = [by for many in range(3) for by in combinations(FACTS, many)]
Kind = tuple[str, str, str]


@st.composite
def _county(draw: st.DrawFn) -> dict[Kind, tuple[int, int]]:
    """People of three facts, and how many of them passed the question over."""
    ages, places, speakers = draw(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2)))
    kinds = product([f"a{each}" for each in range(ages)], [f"b{each}" for each in range(places)], [f"c{each}" for each in range(speakers)])
    return {kind: (draw(COUNTS), draw(st.integers(0, 12))) for kind in kinds}


def _tallied(county: dict[Kind, tuple[int, int]], by: tuple[str, ...]) -> Tallied:
    found = Tallied(by)
    for own, (people, passed) in county.items():
        for who in product(*[(None, own[FACTS.index(each)]) for each in by]):
            for name, count in ((SIZE, people), ("q", max(0, people - passed))):
                found.people.setdefault(name, {}).setdefault(who, 0)
                found.people[name][who] += count
    return found


def _mask(names: list[Kind], by: tuple[str, ...], who: Who) -> list[float]:
    wanted = dict(zip(by, who, strict=True))
    return [float(all(wanted.get(fact) in (None, value) for fact, value in zip(FACTS, name, strict=True))) for name in names]


@settings(max_examples=40, deadline=None)
@given(_county())
def test_all_cuts_together_show_nobody_of_one_to_nine(county: dict[Kind, tuple[int, int]]) -> None:
    """Everyone, cut by each fact and by each two, of sizes and of those who answered: no group of one to nine, of however many facts, is a sum
    of what is shown, nor has it but one size that fits all of it."""
    names, sizes = sorted(county), {own: people for own, (people, _passed) in county.items()}
    for question in (SIZE, "q"):
        if question:
            sizes = {own: max(0, people - passed) for own, (people, passed) in county.items()}
        rows: list[list[float]] = [[0.0] * len(names)]
        groups = [_mask(names, FACTS, kind) for kind in names]
        for found in (_tallied(county, by) for by in CUTS):
            for who in found.groups():
                groups.append(_mask(names, found.by, who))
                if (found.size(who) if question == SIZE else found.answered(who, question)) is not None:
                    rows.append(groups[-1])
        _nobody_is_told(np.array(rows), groups, np.array([sizes[name] for name in names]))


def _nobody_is_told(shown: np.ndarray, groups: list[list[float]], sizes: np.ndarray) -> None:
    for group in {tuple(each) for each in groups}:
        if 0 < np.dot(group, sizes) < FEWEST:
            ends = [linprog(np.array(group) * way, A_eq=shown, b_eq=shown @ sizes, bounds=(0, None)) for way in (1, -1)]
            assert ends[0].status == 0
            assert ends[1].status == 3 or -ends[1].fun - ends[0].fun > 0.5, "it may be of another size"  # 3: without bounds
