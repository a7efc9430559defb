"""One phone, many people, without JavaScript, on both databases."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.reading import Page, Visitor
from tests.rooms.listening.making import an_open_activity
from voice import storage
from voice.keeping.models import Submission


def a_turn(visitor: Visitor, **given: str | list[str]) -> Page:
    """One person's turn, from “Next person” to the receipt words."""
    visitor.press("I am next")
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        name = str(page.one("[name=at]")["value"])
        page = visitor.press("Continue", **({f"a.{name}": given[name]} if name in given else {}))
    return visitor.press("Send it")


def ways_in() -> list[str]:
    storage.session().rollback()
    return list(storage.session().scalars(select(Submission.way_in)))


def test_an_adult_hands_the_phone_round_and_each_person_gets_words_of_their_own(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    page = visitor.open("/take-part/way/hand-over")
    assert "five words" in page.words
    receipts = []
    visitor.follow("Start")
    for words in ("Longer breaks", "More swings"):
        page = a_turn(visitor, change=words)
        receipts.append(tuple(each.get_text(strip=True) for each in page.soup.select(".receipt li")))
        page = visitor.follow("Done: give the phone back")
        assert page.heading == "Next person"
        assert words not in page.raw.decode()
    assert len(set(receipts)) == 2
    assert ways_in() == ["hand_over", "hand_over"]
    page = visitor.follow("Finish")
    assert page.heading == "All done"


def test_the_page_between_two_people_is_the_same_bytes_for_all_and_asked_for_each_time(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    first = visitor.open("/take-part/way/hand-over/next?home=en")
    a_turn(visitor, change="Longer breaks")
    second = visitor.follow("Done: give the phone back")
    assert first.raw == second.raw
    assert second.headers["Cache-Control"] == "public, max-age=0"
    assert second.headers["Clear-Site-Data"] == '"cache"', "“storage” would take what waits to be sent"
    assert "Set-Cookie" not in second.headers


def test_every_page_of_a_turn_knows_that_the_phone_is_shared(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way/hand-over/next")
    page = visitor.press("I am next")
    while not page.soup.select(".receipt"):
        assert page.one("[name=way]")["value"] == "hand_over"
        assert page.one("[data-still]")["data-still"] == "/take-part/way/hand-over/next?home=en"
        at = page.soup.select_one("[name=at]")
        given = {"a.change": "Longer breaks"} if at and at["value"] == "change" else {}
        page = visitor.press("Send it" if page.heading.startswith("Check") else "Start" if at is None else "Continue", **given)
    assert page.heading == "Thank you. We have it."
    assert not page.soup.select("main a[href='/your-receipt']"), "on this phone the words are written down, not tried"


def test_someone_who_skips_everything_still_gives_the_phone_back(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way/hand-over/next")
    visitor.press("I am next")
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        page = visitor.press("Continue")
    assert page.heading == "You skipped them all"
    page = visitor.follow("Finish")
    assert page.heading == "Next person"


def test_the_next_person_begins_in_the_language_of_the_one_who_hands_over(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way/hand-over")
    visitor.follow("Start")
    visitor.open("/qps/take-part/way/hand-over/next?home=en")  # this one reads another language
    visitor.press("[Í ám néxt]")
    page = visitor.press("[Stárt]")
    while page.soup.select("[name=at]"):
        given = {"a.change": "Longer breaks"} if page.one("[name=at]")["value"] == "change" else {}
        page = visitor.press("[Cóntínúé]", **given)
    page = visitor.press("[Sénd ít]")
    page = visitor.follow("[Dóné: gívé thé phóné báck]")
    assert page.path == "/take-part/way/hand-over/next?home=en"
    assert page.heading == "Next person"


def test_a_closed_activity_is_not_handed_round(visitor: Visitor, app: Flask) -> None:
    an_open_activity(closes_in=-1)
    assert visitor.open("/take-part/way/hand-over").heading == "This one is over"
    assert visitor.open("/take-part/way/hand-over/next").heading == "This one is over"
    visitor.open("/take-part/nowhere/hand-over", status=404)


def test_a_made_up_way_in_is_kept_as_the_web(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    for made_up in ("assisted", "import", "<script>"):
        visitor.open(f"/take-part/way?way={made_up}")
        assert visitor.page
        assert not visitor.page.soup.select("[name=way]")
