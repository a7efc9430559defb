"""A translation stands beside the original, and only beside the words it was made from."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_theme, the
from tests.making import a_view as a_read_view
from tests.reading import Visitor
from tests.rooms.understanding.said import a_view, an_activity, submission_of
from voice import audit, keeping, reading, storage
from voice.reading.models import Translation

POLISH = "Chcę, żeby Kasia mogła chodzić na basen."
ENGLISH = "I want Kasia to be able to go to the pool."


@pytest.fixture
def view(app: Flask) -> uuid.UUID:
    return a_view(an_activity(), POLISH, language="pl")


def test_an_officer_writes_a_translation_and_the_original_stays_first(view: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    officer = signed_in("officer")
    officer.open(f"/work?at={view}")
    page = officer.press("Keep this translation", status=400, translated=" ")
    assert "Write the translation first." in page.words
    page = officer.press("Keep this translation", translated=ENGLISH)
    assert "Translated by a person on our team" in page.words
    original, beside = page.one(".voice .raw"), page.one(".translated [data-said]")
    assert (original["lang"], original["dir"], original.get_text()) == ("pl", "auto", POLISH)
    assert (beside["lang"], beside.get_text()) == ("en", ENGLISH)
    assert page.raw.index(POLISH.encode()) < page.raw.index(ENGLISH.encode())
    assert [each.what for each in audit.about("view", view)].count("translated") == 1


def test_a_translation_of_words_that_were_taken_out_later_is_shown_to_nobody_else(view: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    officer = the("officer")
    reading.translate(view, "en", ENGLISH, POLISH, officer)
    reading.clear([view], officer)
    storage.commit()
    shown = reading.shown([view])[view].translation
    assert shown
    assert shown.words == ENGLISH
    reading.redact(view, "Chcę, żeby […] mogła chodzić na basen.", "names_someone", officer)
    storage.commit()
    assert reading.shown([view])[view].translation is None
    page = signed_in("officer")
    page.open(f"/work/view/{view}")
    written = page.press("Keep this translation", translated="I want […] to be able to go to the pool.")
    assert "have changed since" not in written.words
    beside = reading.shown([view])[view].translation
    assert beside
    assert "Kasia" not in beside.words


def test_what_is_withheld_has_no_translation_and_what_is_taken_back_leaves_none(view: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    officer = the("officer")
    reading.translate(view, "en", ENGLISH, POLISH, officer)
    reading.withhold(view, "names_someone", officer)
    storage.commit()
    page = signed_in("officer").open(f"/work/view/{view}")
    assert "Write a translation" not in page.words
    assert reading.shown([view]) == {}
    keeping.erase(submission_of(view))
    storage.commit()
    assert storage.session().query(Translation).count() == 0


def test_the_board_reads_the_translation_with_the_original_one_tap_away(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    view = a_read_view(POLISH)
    reading.translate(view, "en", ENGLISH, POLISH, the("officer"))
    a_theme("We want to swim.", views=[view])
    board = signed_in("board_member")
    page = board.open("/board/we-want-to-swim")
    card = page.one(".deck .card")
    assert ENGLISH in card.get_text()
    assert POLISH in card.select_one("details").get_text()  # type: ignore[union-attr]


def test_english_needs_none(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    view = a_view(an_activity(), "More buses please")
    assert "Write a translation" not in signed_in("officer").open(f"/work?at={view}").words
