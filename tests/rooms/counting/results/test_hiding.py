"""What is hidden of exact figures: nobody can work out those of one to nine people, whichever tables they lay side by side."""

from __future__ import annotations

from itertools import chain, combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

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


@st.composite
def _county(draw: st.DrawFn) -> dict[tuple[str, str], tuple[int, int]]:
    """People of two facts, and how many of them answered."""
    size = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    return {(f"a{row}", f"b{column}"): (draw(COUNTS), draw(st.integers(0, 12))) for row in range(size[0]) for column in range(size[1])}


def _tallied(county: dict[tuple[str, str], tuple[int, int]], by: tuple[str, ...]) -> Tallied:
    found = Tallied(by)
    places = {"age": 0, "place": 1}
    for own, (people, passed) in county.items():
        said = [own[places[each]] for each in by]
        for who in product(*[(None, each) for each in said]):
            for name, count in ((SIZE, people), ("q", max(0, people - passed))):
                found.people.setdefault(name, {}).setdefault(who, 0)
                found.people[name][who] += count
    return found


@settings(max_examples=60, deadline=None)
@given(_county())
def test_all_cuts_together_show_nobody_of_one_to_nine(county: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Everyone, cut by each fact and by both, of sizes and of those who answered: what is not shown is no sum of what is."""
    names = sorted(county)
    for question in (SIZE, "q"):
        told: list[list[float]] = []
        for by in ((), ("age",), ("place",), ("age", "place")):
            found = _tallied(county, by)
            for who in found.groups():
                if (found.size(who) if question == SIZE else found.answered(who, question)) is not None:
                    told.append(_mask(names, by, who))
        sizes = {own: people if question == SIZE else max(0, people - passed) for own, (people, passed) in county.items()}
        _nobody_is_told(np.array(told or [[0.0] * len(names)]), names, sizes)


def _mask(names: list[tuple[str, str]], by: tuple[str, ...], who: Who) -> list[float]:
    wanted = dict(zip(by, who, strict=True))
    return [float(wanted.get("age") in (None, age) and wanted.get("place") in (None, place)) for age, place in names]


def _nobody_is_told(told: np.ndarray, names: list[tuple[str, str]], sizes: dict[tuple[str, str], int]) -> None:
    rank = np.linalg.matrix_rank(told)
    groups = [[float(name == own) for name in names] for own in names]
    groups += [[float(name[at] == value) for name in names] for at in (0, 1) for value in {name[at] for name in names}]
    for group in groups:
        people = sum(sizes[name] for name, inside in zip(names, group, strict=True) if inside)
        if 0 < people < FEWEST:
            assert np.linalg.matrix_rank(np.vstack([told, group])) > rank
