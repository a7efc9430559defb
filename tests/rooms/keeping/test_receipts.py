"""Receipt words: easy, far apart, each with its picture; the same for the same submission and for no other."""

from __future__ import annotations

import math
import re
import uuid
from collections import Counter
from itertools import combinations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.keeping.receipts import (
    HOW_MANY,
    WORDS,
    Misspelt,
    WrongNumber,
    _one_slip,
    key_hash,
    look_up_hash,
    payload_digest,
    picture,
    read_words,
    words_for,
)

SECRET = b"k" * 32
UNFIT = {"knife", "gun", "bed", "dad", "mum", "secret", "kiss", "blood", "belt", "grave", "pill", "rope", "beer", "wine", "bomb", "razor", "cage"}
receipts = st.lists(st.sampled_from(WORDS), min_size=HOW_MANY, max_size=HOW_MANY)


def test_five_words_are_hard_to_guess() -> None:
    assert HOW_MANY * math.log2(len(WORDS)) >= 44


def test_words_are_easy_and_none_would_frighten() -> None:
    assert all(re.fullmatch(r"[a-z]{3,10}", word) for word in WORDS)
    assert not UNFIT & set(WORDS)


def test_no_word_is_one_slip_from_another() -> None:
    assert not [(one, other) for one, other in combinations(WORDS, 2) if _one_slip(one, other)]


def test_every_word_has_a_picture_of_its_own() -> None:
    pictures = [str(picture(word)) for word in WORDS]
    assert len(set(pictures)) == len(WORDS)
    for each in pictures:
        html5lib.HTMLParser(strict=True).parseFragment(each)
        assert "style=" not in each
        assert "<script" not in each


def test_the_same_submission_gives_the_same_words_and_another_gives_others() -> None:
    key = str(uuid.uuid4())
    assert words_for(key, SECRET) == words_for(key, SECRET)
    assert words_for(key, SECRET) != words_for(str(uuid.uuid4()), SECRET)
    assert words_for(key, SECRET) != words_for(key, b"o" * 32)


def test_words_are_picked_evenly() -> None:
    seen = Counter(word for number in range(4000) for word in words_for(str(uuid.UUID(int=number)), SECRET))
    expected = 4000 * HOW_MANY / len(WORDS)
    spread = sum((seen[word] - expected) ** 2 / expected for word in WORDS)
    assert spread < len(WORDS) + 6 * math.sqrt(2 * len(WORDS))


def test_hashes_of_one_thing_are_not_hashes_of_another() -> None:
    made = {look_up_hash(("a",), SECRET), key_hash("a", SECRET), payload_digest(b"a", SECRET)}
    assert len(made) == 3
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in made)


@given(receipts, st.sampled_from([" ", ", ", "-", "\n", " 1. ", " · "]), st.booleans())
def test_words_are_read_however_they_are_typed(words: list[str], between: str, loud: bool) -> None:
    typed = between.join(words)
    assert read_words(f"  {typed.upper() if loud else typed} ") == tuple(words)


@given(receipts, st.data())
def test_one_slip_is_met_kindly_and_never_means_two_words(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, HOW_MANY - 1))
    at = data.draw(st.integers(0, len(words[place]) - 1))
    slipped = words.copy()
    slipped[place] = words[place][:at] + data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + words[place][at + 1 :]
    read = read_words(" ".join(slipped))
    assert read == tuple(words) or (isinstance(read, Misspelt) and read.positions == (place,))


@given(st.text(max_size=200))
def test_anything_typed_is_read_or_refused_kindly(typed: str) -> None:
    read = read_words(typed)
    assert isinstance(read, Misspelt | WrongNumber) or all(word in WORDS for word in read)


@pytest.mark.parametrize(("typed", "found"), [("", 0), ("leaf", 1), ("leaf boat lamp kite drum apple", 6)])
def test_a_wrong_number_of_words_is_named(typed: str, found: int) -> None:
    assert read_words(typed) == WrongNumber(found)
