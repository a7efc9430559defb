"""What a code looks like, and how kindly it is read back."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.inviting import codes

KEY = b"k" * 32
CODES = st.text(alphabet=codes.SIGNS, min_size=8, max_size=8)


@pytest.mark.parametrize("typed", ["K7PM-2XWD", "k7pm2xwd", " K7PM 2XWD ", "k7pm–2xwd", "K 7 P M 2 X W D", "Ｋ７ＰＭ２ＸＷＤ", "k7pm\u00ad2xwd"])
def test_a_code_is_read_however_a_child_types_it(typed: str) -> None:
    assert codes.read_code(typed) == "K7PM2XWD"


@pytest.mark.parametrize("typed", ["", "K7PM-2XW", "K7PM-2XWDD", "K0PM-2XWD", "KIPM-2XWD", "KÉPM-2XWD", "K7PM.2XWD", "-" * 5000])
def test_what_cannot_be_a_code_is_no_code(typed: str) -> None:
    assert codes.read_code(typed) is None


def test_no_sign_looks_like_another_and_no_code_spells_a_word() -> None:
    assert not set("01OILUAE") & set(codes.SIGNS)
    assert len(codes.SIGNS) ** codes.LENGTH > 2**38
    made = {codes.new_code() for _ in range(2000)}
    assert len(made) == 2000
    assert set("".join(made)) == set(codes.SIGNS)


@given(CODES)
def test_what_is_printed_can_be_typed(code: str) -> None:
    assert codes.read_code(codes.written(code)) == code
    assert codes.read_code(codes.written(code).lower()) == code


@given(CODES, CODES)
def test_a_code_gives_one_submission_and_tells_nothing_without_the_key(code: str, other: str) -> None:
    assert uuid.UUID(codes.submission_key(code, KEY)).version == 4
    assert codes.submission_key(code, KEY) == codes.submission_key(code, KEY)
    assert (codes.submission_key(code, KEY) == codes.submission_key(other, KEY)) == (code == other)
    assert codes.code_hash(code, KEY) != codes.code_hash(code, b"o" * 32)
    assert codes.code_hash(code, KEY)[:32] != uuid.UUID(codes.submission_key(code, KEY)).hex
