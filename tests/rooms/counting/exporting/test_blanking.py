"""Nobody stands out in a file of one row each: whatever rows say of their senders, ten at least say the same."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from voice.counting.exporting.blanking import TOO_FEW, Facts, blanked

K = 10
WORTH = (4, 3, 2, 1)
AGES, PLACES, WAYS = st.sampled_from(["", "8_10", "11_13", "14_16"]), st.sampled_from(["", "ross", "ledbury"]), st.sampled_from(["web", "qr"])
ROWS = st.dictionaries(st.tuples(AGES, PLACES, WAYS, st.just("en")), st.integers(1, 14), min_size=1, max_size=24)


def sizes(rows: dict[Facts, int], short: dict[Facts, Facts]) -> Counter[Facts]:
    found: Counter[Facts] = Counter()
    for facts, count in rows.items():
        found[short[facts]] += count
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_whatever_stands_in_the_file_is_shared_by_ten(rows: dict[Facts, int]) -> None:
    assume(sum(rows.values()) >= K)
    short = blanked(rows, K, WORTH)
    found = sizes(rows, short)
    assert short.keys() == rows.keys(), "nobody is left out"
    assert min(found.values()) >= K
    for facts, shown in short.items():
        assert all(after in (before, TOO_FEW) for before, after in zip(facts, shown, strict=True)), "nothing is made up"
        assert shown[3] == "en", "what all share tells nobody apart"
    lost = {short[facts] for facts, count in rows.items() if count >= K and short[facts] != facts}
    assert len(lost) <= 1, "only one group that was large enough keeps others company"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_a_fact_that_is_left_out_could_be_more_than_one(rows: dict[Facts, int]) -> None:
    """Who knows the rule and all other rows still finds at least two kinds of people behind what was left out."""
    assume(sum(rows.values()) >= K)
    behind: dict[Facts, set[Facts]] = {}
    for facts, shown in blanked(rows, K, WORTH).items():
        behind.setdefault(shown, set()).add(facts)
    assert all(len(each) > 1 for shown, each in behind.items() if TOO_FEW in shown)


def test_the_cheapest_fact_goes_first() -> None:
    rows = {("8_10", "web"): 30, ("11_13", "web"): 6, ("11_13", "qr"): 6}
    assert blanked(rows, K, (2, 1)) == {
        ("8_10", "web"): ("8_10", "web"),
        ("11_13", "web"): ("11_13", TOO_FEW),
        ("11_13", "qr"): ("11_13", TOO_FEW),
    }


def test_the_last_few_are_joined_by_the_smallest_group() -> None:
    rows = {("8_10", "web"): 30, ("11_13", "web"): 12, ("14_16", "qr"): 1}
    short = blanked(rows, K, (2, 1))
    assert short["8_10", "web"] == ("8_10", "web")
    assert short["11_13", "web"] == short["14_16", "qr"] == (TOO_FEW, TOO_FEW)


def test_of_nine_there_is_no_file() -> None:
    with pytest.raises(ValueError, match="Too few"):
        blanked({("8_10",): 9}, K, (1,))


def test_ten_who_are_all_different_are_told_apart_by_nothing() -> None:
    rows = {(str(number), chr(65 + number)): 1 for number in range(10)}
    assert set(blanked(rows, K, (2, 1)).values()) == {(TOO_FEW, TOO_FEW)}
