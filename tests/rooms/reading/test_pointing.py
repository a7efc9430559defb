"""Proposals: what a reader is pointed to, measured on sentences marked by hand. The figures are in the summary."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.reading import measure
from tests.rooms.reading.pointing import sentences
from voice import reading
from voice.reading.pointing import KINDS

Tell = Callable[[str, object], None]


@pytest.mark.parametrize(("name", "least"), [("first", 0.95), ("second", 0.95), ("third", 0.9)])
def test_most_of_what_points_to_someone_is_found_and_little_else(name: str, least: float, record_property: Tell) -> None:
    for line in measure.summary(name):
        record_property("budget", f"proposals, {line}")
    for line in measure.FIRST_MET:
        record_property("budget", f"proposals, {line}")
    score = measure.measure(name)
    assert score.recall() >= least, score.missed
    assert score.precision() >= 0.9, score.wrong
    for kind in KINDS:
        assert score.found[kind] >= (least - 0.4) * score.marked[kind] > 0, (kind, score.missed)


def test_there_are_enough_sentences_and_every_language_has_some() -> None:
    found = [*sentences("first"), *sentences("second"), *sentences("third")]
    assert len(found) >= 300
    assert {each.language for each in found} == {"en", "cy", "pl", "ro", "uk", "ur"}
    assert not {each.words for each in sentences("first")} & {each.words for each in sentences("second")}


def test_ordinary_answers_are_left_alone(record_property: Tell) -> None:
    touched, total, those = measure.ordinary()
    record_property("budget", f"proposals in ordinary answers: {touched} of {total}")
    assert touched <= 0.03 * total, those


@pytest.mark.parametrize(
    "words", ["will you mark my work", "i hope we may go", "the rose is red", "grace and hope matter", "i miss my school", "bill the cat"]
)
def test_ordinary_words_that_are_also_names_are_pointed_to_only_with_a_capital_inside_a_sentence(words: str) -> None:
    assert reading.proposals(words) == []


def test_the_plans_own_places_are_known() -> None:
    assert reading.proposals("it floods in upper nowhere") == []
    found = reading.proposals("it floods in upper nowhere", "en", ["Upper Nowhere"])
    assert [(each.kind, each.because) for each in found] == [("place", "a place of the plan")]


@pytest.mark.parametrize(
    "words", ["", "no", "I go to Ash School with Kayleigh by the garage.", "𝒲ords 👍 by the park", "میرا نام علی ہے", "07700 900123" * 40]
)
def test_pieces_put_together_are_the_words(words: str) -> None:
    assert "".join(each.text for each in reading.pieces(words, reading.proposals(words))) == words


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_proposals_stand_inside_it_in_order_and_apart(words: str) -> None:
    found = reading.proposals(words)
    assert "".join(each.text for each in reading.pieces(words, found)) == words
    assert all(0 <= each.start < each.end <= len(words) for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_short_names_are_taken_out_only_where_they_stand_alone() -> None:
    assert reading.mark_out("Al is always with Al", ["Al"]) == "[…] is always with […]"
    assert reading.mark_out("Kayleigh, kayleigh!", ["Kayleigh"]) == "[…], […]!"


def test_a_very_long_text_does_not_hold_up_the_page() -> None:
    for words in ("a" * 200_000, "0 " * 100_000, "a@" * 10_000, "x.y-" * 10_000, "1-" * 10_000, "A b " * 10_000, "miss " * 10_000):
        begun = time.process_time()
        reading.proposals(words)
        assert time.process_time() - begun < 2
