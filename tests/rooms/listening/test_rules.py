"""The way through the questions, and rows collected elsewhere: plain decisions, no application."""

from __future__ import annotations

import pytest

from tests.rooms.listening.making import SHORT
from voice.asking import load_instrument
from voice.listening.rows import Unusable, key_from_id, key_from_text, read_sheet
from voice.listening.walking import Place, Posted, said_nothing, walk

SURVEY = load_instrument(SHORT)


def go(wish: str = "next", at: str = "", *, returning: bool = False, **raw: tuple[str, ...]) -> Place:
    return walk(SURVEY, Posted(at=at, go=wish, raw=raw, returning=returning))


def where(place: Place) -> str:
    return place.question.name if place.question else place.where


def test_the_way_goes_question_by_question_to_the_check_page() -> None:
    assert where(go()) == "safe"
    assert where(go(at="safe")) == "travel"
    assert where(go(at="change")) == "check"


def test_a_question_that_does_not_follow_is_not_shown() -> None:
    assert where(go(at="travel", travel=("walk",))) == "minutes"
    assert where(go(at="travel", travel=("bus",))) == "bus"


def test_back_leads_to_the_question_before_and_in_the_end_to_the_start_with_every_answer() -> None:
    assert where(go("back", "minutes", travel=("walk",))) == "travel"
    first = go("back", "safe", safe=("very_safe",), change=("More buses",))
    assert where(first) == "start"
    assert ("a", "change", "More buses") in [("a", *each) for each in first.carried]
    assert where(go("back", "")) == "change"


def test_an_answer_that_cannot_be_taken_stays_on_its_page_as_it_was_typed() -> None:
    place = go(at="minutes", minutes=("ten",), travel=("walk",))
    assert where(place) == "minutes"
    assert place.refused
    assert place.raw["minutes"] == ("ten",)


def test_going_back_from_an_answer_that_cannot_be_taken_keeps_it_and_it_is_met_again_before_sending() -> None:
    place = go("back", "minutes", minutes=("ten",), travel=("walk",))
    assert where(place) == "travel"
    assert ("minutes", "ten") in place.carried
    again = go("check", minutes=("ten",), travel=("walk",))
    assert where(again) == "minutes"
    assert again.refused
    assert again.returning


def test_changing_one_answer_leads_back_to_the_check_page() -> None:
    seen = {"safe": ("",), "travel": ("walk",), "minutes": ("",), "change": ("",)}
    place = go("change:safe", **seen)
    assert where(place) == "safe"
    assert place.returning
    assert where(go(at="safe", returning=True, **seen)) == "check"


def test_a_changed_answer_that_opens_a_new_question_asks_it_first() -> None:
    seen = {"safe": ("",), "travel": ("bus",), "minutes": ("",), "change": ("",)}
    assert where(go(at="travel", returning=True, **seen)) == "bus"
    assert where(go(at="bus", returning=True, **seen, bus=("",))) == "check"


def test_skipping_takes_out_what_was_typed() -> None:
    place = go("skip", "minutes", minutes=("ten",), travel=("walk",))
    assert where(place) == "change"
    assert place.raw["minutes"] == ("",)


def test_what_makes_no_sense_leads_to_the_start_and_loses_nothing() -> None:
    place = go("fly", "nowhere", change=("More buses",))
    assert where(place) == "start"
    assert ("change", "More buses") in place.carried
    assert where(go("change:nowhere")) == "check"


def test_passing_over_everything_says_nothing_and_a_single_word_says_something() -> None:
    assert said_nothing(SURVEY, go("check", safe=("",), change=("  ",)))
    assert not said_nothing(SURVEY, go("check", safe=("dont_know",)))
    assert not said_nothing(SURVEY, go("check", change=("🙂",)))


def test_the_words_are_found_in_the_column_people_name_them_by() -> None:
    assert read_sheet(b"id,Comment\n1,hi\n").column(None) == 1
    assert read_sheet(b"id,words,text\n1,a,b\n").column(None) == 2
    assert read_sheet(b"What would you change\nmore buses\n").column(None) == 0
    assert read_sheet(b"a,b\n1,2\n").column("B") == 1


def test_when_no_column_can_be_meant_the_columns_are_named() -> None:
    with pytest.raises(Unusable, match="“age”, “said”"):
        read_sheet(b"age,said\n1,2\n").column(None)
    with pytest.raises(Unusable, match="no one column “x”"):
        read_sheet(b"age,said\n1,2\n").column("x")
    with pytest.raises(Unusable, match="empty"):
        read_sheet(b"\n\n")


def test_a_mark_at_the_beginning_and_old_windows_letters_are_read() -> None:
    assert read_sheet("text\nit’s dark\n".encode("utf-8-sig")).columns == ("text",)
    old = read_sheet("text\nit’s dark – so dark\n".encode("cp1252"))
    assert old.rows[0].cells == ("it’s dark – so dark",)
    assert old.note
    with pytest.raises(Unusable, match="UTF-16"):
        read_sheet("text\nhi\n".encode("utf-16"))


def test_only_the_row_that_cannot_be_read_is_bad_and_its_line_is_known() -> None:
    data = 'text,n\n"two\nlines",1\nit’s’ok,2\n'.encode() + b"bad \xff letters,3\none column\n,\n\nlast,4\n"
    rows = read_sheet(data).rows
    assert [(row.line, row.why is None) for row in rows] == [(2, True), (4, True), (5, False), (6, False), (7, True), (8, True), (9, True)]
    assert rows[-1].cells == ("last", "4")


def test_a_row_has_the_same_key_on_every_machine_and_said_twice_is_two() -> None:
    assert key_from_text("way", "yes", 1) == "a1094b0f-6301-5232-aba4-a340800b0b4f"
    assert len({key_from_text("way", "yes", 1), key_from_text("way", "yes", 2), key_from_text("other", "yes", 1), key_from_id("way", "yes")}) == 4
