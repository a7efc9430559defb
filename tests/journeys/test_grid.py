"""Every page and state, in every language, theme, width and size of letters: each pair of these meets, and axe finds nothing, nothing is
cut off, everything can be touched, and each page says what language it is in. `make soak` goes through all of them."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from tests.grid import Eye, Run, factors, is_inside, pairwise
from tests.pages_of_the_house import scenes

MOST = 200  # runs: the suite must stay quick


def kinds(inside: bool) -> list[str]:
    return list(factors(inside)["kind"])


@pytest.mark.parametrize(("kind", "inside"), [(kind, inside) for inside in (False, True) for kind in kinds(inside)])
def test_nothing_is_wrong_with_any_page(eye: Eye, kind: str, inside: bool) -> None:
    found = {str(run): faults for run in pairwise(inside) if run.scene.kind == kind and (faults := eye.look(run))}
    assert not found, "\n".join(f"{run}: {fault}" for run, faults in found.items() for fault in faults)


def values(run: Run) -> dict[str, str]:
    way = run.way
    return {
        "kind": run.scene.kind,
        "state": run.scene.state,
        "language": way.language,
        "theme": way.theme,
        "width": way.width,
        "letters": way.letters,
    }


@pytest.mark.parametrize("inside", [False, True])
def test_each_pair_of_values_meets_and_each_page_is_seen(inside: bool) -> None:
    runs, named = [values(run) for run in pairwise(inside)], factors(inside)
    there = {(scene.kind, scene.state) for scene in scenes()}
    for one, other in combinations(named, 2):
        met = {(run[one], run[other]) for run in runs}
        wanted = {pair for pair in product(named[one], named[other]) if (one, other) != ("kind", "state") or pair in there}
        assert wanted <= met, f"{one} and {other} never meet: {wanted - met}"
    assert {run.scene.page for run in pairwise(inside)} == {scene.page for scene in scenes() if is_inside(scene) is inside}


def test_the_suites_part_of_the_grid_stays_small() -> None:
    assert len(pairwise(False)) + len(pairwise(True)) <= MOST
