"""A young person makes a pledge; it comes to the wall when a person has read it, and goes when it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from tests.making import a_plan, people_to_read, the
from tests.reading import Visitor
from tests.rooms.pledging.walking import WORDS, pledge, receipt_of, the_view, walk
from voice import keeping, reading, safeguarding, storage
from voice.keeping.models import View
from voice.pledging.models import Pledge


def test_a_pledge_comes_to_the_wall_when_a_person_has_cleared_it(visitor: Visitor) -> None:
    a_plan()
    people_to_read()
    pledge(visitor, priority="1", head="curls", top="star", colour="sky", background="peach")
    assert WORDS not in visitor.open("/pledges").words
    reading.clear([the_view().id], the("officer"))
    storage.commit()
    page = visitor.open("/pledges")
    card = page.one(".pledge")
    assert card.select_one(".words").get_text() == WORDS
    assert "Be safe" in card.get_text()
    assert card.select_one("svg")["aria-label"] == "A drawn person with curly hair and a top with a star in blue, under a peach sky"


def test_only_the_words_an_officer_left_in_are_on_the_wall(visitor: Visitor) -> None:
    people_to_read()
    pledge(visitor, "I will walk Sam home.")
    reading.redact(the_view().id, "I will walk […] home.", "names_someone", the("officer"))
    storage.commit()
    page = visitor.open("/pledges")
    assert "I will walk […] home." in page.words
    assert b"Sam" not in page.raw


def test_a_pledge_that_is_held_back_never_comes_to_the_wall(visitor: Visitor) -> None:
    people_to_read()
    pledge(visitor)
    reading.withhold(the_view().id, "unkind_to_someone", the("officer"))
    storage.commit()
    assert not visitor.open("/pledges").soup.select(".pledge")


def test_a_pledge_that_worries_us_waits_for_the_lead_and_its_sender_sees_no_difference(visitor: Visitor) -> None:
    people_to_read()
    pledge(visitor, "I will kill myself tonight.")
    assert safeguarding.waiting() == 1
    reading.clear([the_view().id], the("officer"))
    storage.commit()
    assert not visitor.open("/pledges").soup.select(".pledge")


def test_a_pledge_taken_back_with_the_receipt_words_is_gone_at_once(visitor: Visitor) -> None:
    people_to_read()
    receipt = pledge(visitor)
    reading.clear([the_view().id], the("officer"))
    storage.commit()
    first = visitor.open("/pledges")
    assert WORDS in first.words
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert visitor.client.get("/pledges", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    sent = keeping.find(receipt)
    assert sent
    keeping.erase(sent.id)
    storage.commit()
    storage.scrub()
    again = visitor.client.get("/pledges", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert WORDS not in again.get_data(as_text=True)
    assert storage.session().query(Pledge).count() == 0


def test_sending_the_same_pledge_twice_keeps_it_once_and_shows_the_same_page(visitor: Visitor) -> None:
    people_to_read()
    last = walk(visitor)
    first = visitor.press("Send it", words_ok="yes")
    visitor.page = last
    assert visitor.press("Send it", words_ok="yes").raw == first.raw
    assert storage.session().query(Pledge).count() == 1
    visitor.page = last
    different = visitor.press("Send it", pledge="I will do something else.", words_ok="yes", status=409)
    assert different.heading == "You sent this before"
    visitor.press("Look at it again")
    visitor.press("Go on")
    assert visitor.press("Send it", words_ok="yes").raw != first.raw
    assert storage.session().query(Pledge).count() == 2


def test_a_pledge_sent_again_after_it_was_taken_back_is_not_kept(visitor: Visitor) -> None:
    people_to_read()
    last = walk(visitor)
    sent = keeping.find(receipt_of(visitor.press("Send it", words_ok="yes")))
    assert sent
    keeping.erase(sent.id)
    storage.commit()
    visitor.page = last
    assert visitor.press("Send it", words_ok="yes").heading == "You took this back"


def test_the_first_page_is_the_same_for_everyone_and_asks_nobody_for_a_cookie(visitor: Visitor, signed_in: Callable[..., Visitor]) -> None:
    a_plan()
    people_to_read()
    officer = signed_in("officer")
    page = visitor.open("/pledges/new")
    assert page.raw == officer.open("/pledges/new").raw
    assert page.headers["Cache-Control"].startswith("public")
    assert "do not write names" in page.words


def test_without_a_script_show_me_draws_the_person_and_keeps_the_words(visitor: Visitor) -> None:
    people_to_read()
    walk(visitor)
    page = visitor.press("Show me", head="scarf", colour="river", background="berry")
    assert page.heading == "Make a person"
    assert {"c-river", "b-berry"} <= set(page.one("#preview svg")["class"])
    assert "no-store" in page.headers["Cache-Control"]
    assert WORDS in visitor.press("Back").words
    assert visitor.press("Change the words").one("textarea").get_text() == WORDS
    visitor.press("Go on")
    visitor.press("Go on")
    assert "c-river" in str(visitor.press("Go on").one("#preview svg")["class"])


def test_a_pledge_needs_words_of_its_own_and_what_we_know(visitor: Visitor) -> None:
    people_to_read()
    visitor.open("/pledges/new")
    assert "Write what you will do." in visitor.press("Go on", status=400).words
    assert "at most 300" in visitor.press("Go on", pledge="I will " + "a" * 300, status=400).words
    visitor.open("/pledges/new")
    assert visitor.press("Go on", pledge=WORDS, priority="99", status=400).heading == "Make a pledge"
    visitor.open("/pledges/new")
    how = visitor.press("Go on", pledge=WORDS)
    assert visitor.press("Go on", kind="horns", age="13_or_over", status=400).heading == how.heading
    assert visitor.press("Go on", kind="avatar", age="", status=400).heading == how.heading
    visitor.press("Go on", kind="avatar", age="13_or_over")
    visitor.press("Go on")
    assert "we can’t take" in visitor.press("Send it", status=400).words
    assert visitor.press("Send it", words_ok="yes", head="horns", status=400).heading == "Make a person"
    assert visitor.press("Send it", words_ok="yes", months="99", status=400).heading == "Make a person"


def test_the_wall_is_sorted_into_weeks_filtered_and_paged(visitor: Visitor) -> None:
    a_plan()
    people_to_read()
    for number in range(26):
        pledge(visitor, f"I will plant tree number {number} in the park.", priority="2" if number == 3 else "1")
    reading.clear([view.id for view in storage.session().query(View)], the("officer"))
    storage.commit()
    assert len(visitor.open("/pledges").soup.select(".pledge")) == 24
    assert len(visitor.follow("Older ones").soup.select(".pledge")) == 2
    visitor.follow("Newer ones")
    page = visitor.press("Show", priority="2")
    assert len(page.soup.select(".pledge")) == 1
    assert "tree number 3 " in page.words


def test_nobody_is_asked_for_a_pledge_while_there_are_no_people_to_read_it(visitor: Visitor) -> None:
    assert visitor.open("/pledges/new").heading == "Closed for now"
    reply = visitor.client.post("/pledges/sent", data={"pledge": WORDS})
    assert b"Closed for now" in reply.data


def test_a_form_from_another_site_is_refused(visitor: Visitor) -> None:
    people_to_read()
    for way in ("check", "sent"):
        assert visitor.client.post(f"/pledges/{way}", data={"pledge": WORDS}, headers={"Origin": "https://elsewhere.example"}).status_code == 403
        assert visitor.open(f"/pledges/{way}").heading == "Make a pledge"


def test_a_wall_without_anyone_who_provides_words_is_empty(app: Flask, visitor: Visitor) -> None:
    people_to_read()
    pledge(visitor)
    reading.clear([the_view().id], the("officer"))
    storage.commit()
    words = app.extensions.pop("voice.pledging.words")
    try:
        assert not visitor.open("/pledges").soup.select(".pledge")
    finally:
        app.extensions["voice.pledging.words"] = words
