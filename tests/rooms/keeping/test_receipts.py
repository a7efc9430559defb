"""Receipt words: easy, far apart, each with its picture; the same for the same submission and for no other."""

from __future__ import annotations

import hashlib
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
# What must not stand in a frightened child’s receipt, what is shouted at children, and what sounds like another word.
UNFIT = (
    "knife gun sword bed bath shower toilet dad mum baby secret kiss blood belt cane whip rope cage trap hook grave skull ghost pill "
    "beer wine bottle bomb razor scissors camera house home school gift taxi hotel dress skirt pants vest "
    "pig cow whale hippo snake rat monkey donkey sloth dodo worm turkey doll "
    "bear pear flower plane sun sea deer horse rose carrot road shoe wheel purse petrol key knight prince"
)
THE_LIST = "6b5757397f6067db78e4cc41a2f55bf95e5ee8398309ad6c94d6cfb7d84e6054"
STROKES = {"g", "path", "circle", "ellipse", "rect", "line", "polyline"}
receipts = st.lists(st.sampled_from(WORDS), min_size=HOW_MANY, max_size=HOW_MANY)


def test_five_words_are_hard_to_guess() -> None:
    assert len(WORDS) == 512
    assert HOW_MANY * math.log2(len(WORDS)) >= 44


def test_the_list_is_closed_because_receipts_already_given_hang_on_it() -> None:
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest() == THE_LIST


def test_words_are_easy_and_none_would_frighten() -> None:
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in WORDS)
    assert not set(UNFIT.split()) & set(WORDS)


def test_no_word_is_one_slip_from_another() -> None:
    assert not [(one, other) for one, other in combinations(WORDS, 2) if _one_slip(one, other)]


def test_no_word_is_two_others_written_together() -> None:
    assert not [one + other for one in WORDS for other in WORDS if one + other in set(WORDS)]


def test_every_word_has_a_picture_of_its_own() -> None:
    pictures = [str(picture(word)) for word in WORDS]
    assert len(set(pictures)) == len(WORDS)
    for each in pictures:
        html5lib.HTMLParser(strict=True).parseFragment(each)
        assert set(re.findall(r"<(\w+)", each)) <= STROKES | {"svg"}
        assert not re.search(r"\b(?:id|style|class|href|on\w+)=|url\(", each)  # several stand on one page: no names to clash


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


@pytest.mark.parametrize(
    "typed",
    [
        "1. leaf 2. snowman 3. boat 4. kite 5. drum",
        "1st leaf, 2nd snowman, 3rd boat, 4th kite, 5th drum",
        "leaf snow man boat kite drum",
        "Leaf, snowman, boat, kite and drum.",
        "leaf/snow-man/boat/kite/drum",
        "leef snowmann baot kit dru",
        "Léaf snowman boat kite drum",
    ],
)
def test_words_are_read_as_children_write_them(typed: str) -> None:
    assert read_words(typed) == ("leaf", "snowman", "boat", "kite", "drum")


def test_a_word_as_near_to_cat_as_to_boat_is_not_guessed() -> None:
    assert read_words("coat snowman boat kite drum") == Misspelt(("coat",), (0,), (None,))


def test_a_word_far_off_is_named_with_its_place_and_the_one_word_near_it() -> None:
    assert read_words("leaf jirafe boat kite xylo") == Misspelt(("jirafe", "xylo"), (1, 4), ("giraffe", None))


def test_reading_a_very_long_text_is_quick() -> None:
    assert read_words("snow man " * 5000) == WrongNumber(10_000)


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
