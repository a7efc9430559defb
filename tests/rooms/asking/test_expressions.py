"""Conditions are read by hand, mean what XLSForm's mean, and cannot harm."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.asking.expressions import Unreadable, evaluate, names, parse

VALUES = {"how": ("walk", "bus"), "age": "8_10", "children": 3, "words": "the bus is late"}


@pytest.mark.parametrize(
    "text",
    [
        "${age} = '8_10'",
        '${age} != "11_13"',
        "'8_10' = ${age}",
        "selected(${how}, 'bus')",
        "selected(${age}, '8_10')",
        "not(selected(${how}, 'car'))",
        "${children} > 2 and ${children} <= 3",
        "${words} != ''",
        "${nobody_asked} = ''",
        "${how} = 'walk bus'",
        # `and` binds closer than `or`
        "${age} = '8_10' or ${age} = 'x' and ${age} = 'y'",
        "not(${age} = 'x' or ${age} = 'y') and (${children} >= 3)",
        "not (selected ( ${how} , 'car' ))",
    ],
)
def test_a_condition_that_holds(text):
    assert evaluate(parse(text), VALUES)


@pytest.mark.parametrize(
    "text",
    [
        "${age} = '11_13'",
        "(${age} = '8_10' or ${age} = 'x') and ${age} = 'y'",
        "selected(${how}, 'wal')",
        "selected(${nobody_asked}, 'bus')",
        # no number is less or more than nothing, or than a text
        "${nobody_asked} < 5",
        "${nobody_asked} >= 5",
        "${age} > 2",
        "${children} = '3'",
    ],
)
def test_a_condition_that_does_not_hold(text):
    assert not evaluate(parse(text), VALUES)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the end"),
        ("   ", "the end"),
        ("${age}", "the end"),
        ("${age} =", "the end"),
        ("${age} == 'x'", "“=”"),
        ("${age} = 'x", "is not understood"),
        ("${age} = 'x' and", "the end"),
        ("${age} = 'x' ${age}", "left over"),
        ("${Age} = 'x'", "is not understood"),
        ("age = 'x'", "“age”"),
        ("selected(${how}, bus)", "“bus”"),
        ("selected('how', 'bus')", "“'how'”"),
        ("not ${age} = 'x'", "“(”"),
        ("(${age} = 'x'", "“)”"),
        ("__import__('os').system('true')", "is not understood"),
        ("${age} = 1.5", "is not understood"),
        ("count(${how}) > 1", "“count”"),
        ("(" * 13 + "${a} = ''" + ")" * 13, "brackets"),
        ("${a} = '' or " * 50 + "${a} = ''", "longer than"),
    ],
)
def test_a_condition_that_cannot_be_read_says_where(text, says):
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert says in str(refused.value)


PIECES = st.sampled_from(["${a}", "${b}", "'x'", "''", "3", "=", "!=", "<", ">=", " and ", " or ", "not(", "selected(", "(", ")", ",", " ", "$", "é"])


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        expression = parse(text)
    except Unreadable:
        return
    for values in ({}, dict.fromkeys(names(expression), 5), dict.fromkeys(names(expression), ("x", "y"))):
        assert evaluate(expression, values) in (True, False)


@given(st.integers(-9, 9), st.integers(-9, 9), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]))
def test_numbers_compare_as_numbers_do(left, right, sign):
    meant = dict(zip(["=", "!=", "<", "<=", ">", ">="], [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge], strict=True))
    assert evaluate(parse(f"${{a}} {sign} {right}"), {"a": left}) is meant[sign](left, right)


def test_the_names_a_condition_looks_at():
    assert names(parse("${a} = '' or not(selected(${b}, 'x') and 3 < ${c})")) == {"a", "b", "c"}
