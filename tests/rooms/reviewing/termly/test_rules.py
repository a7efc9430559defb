"""Terms and their addresses; the account put together, frozen and read again."""

from __future__ import annotations

import uuid
from datetime import date
from itertools import pairwise

import pytest

from voice.reviewing.termly.rules import PARTS, Line, address, frozen, may_approve, parts, terms, thawed

BEGINS = ((9, 1), (1, 5), (4, 20))


def test_terms_follow_each_other_without_a_gap() -> None:
    found = terms(date(2026, 11, 22), BEGINS, 4)
    assert [each.slug for each in found] == ["autumn-2026", "summer-2026", "spring-2026", "autumn-2025"]
    assert found[0].first == date(2026, 9, 1)
    assert found[0].last == date(2027, 1, 4)
    assert all((later.first - earlier.last).days == 1 for later, earlier in pairwise(found))
    assert (found[1].season, found[1].year) == ("summer", 2026)


def test_two_terms_of_one_season_have_two_addresses() -> None:
    halves = ((9, 1), (10, 30), (1, 5))
    assert [address(each, halves) for each in (date(2026, 9, 1), date(2026, 10, 30))] == ["autumn-2026", "autumn-2026-2"]


def test_the_account_holds_what_was_kept_in_its_order_and_comes_back_whole() -> None:
    lines = [Line("asks", "a", "Later buses"), Line("heard", "h", "Buses stop early.", slug="buses"), Line("heard", "x", "Left out")]
    found = parts(lines, {"hello": "  Hi. ", "heard": " "}, {"x"})
    assert [each.key for each in found] == list(PARTS)
    kept = frozen(found)
    assert [each["key"] for each in kept] == ["hello", "heard", "asks"]
    again = thawed(kept)
    assert again[0].words == "Hi."
    assert again[1].words is None
    assert again[1].lines == (lines[1],)


@pytest.mark.parametrize("same", [True, False])
def test_two_pairs_of_eyes(same: bool) -> None:
    one = uuid.uuid4()
    assert may_approve(one if same else uuid.uuid4(), one) is not same
