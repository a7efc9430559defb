"""A young person makes a pledge; it comes to the wall when a person has read it, and goes when it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from tests.making import a_plan, people_to_read, the
from tests.reading import Visitor
from voice import keeping, reading, safeguarding, storage
from voice.keeping.models import View
from voice.pledging.models import Pledge

WORDS = "I will cycle to school on Fridays."


def pledge(visitor: Visitor, words: str = WORDS, **more: str) -> list[str]:
    """From the first page to the receipt; its words come back."""
    visitor.open("/pledges/new")
    visitor.press("Look at it", pledge=words, **more)
    page = visitor.press("Send it")
    assert page.heading == "Thank you. We have it."
    return [span.get_text() for span in page.soup.select(".receipt li span")]


def the_view() -> View:
    return storage.session().query(View).one()


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
    visitor.open("/pledges/new")
    visitor.press("Look at it", pledge="I will kill myself tonight.")
    page = visitor.press("Send it")
    assert page.heading == "Thank you. We have it."
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
    visitor.open("/pledges/new")
    check = visitor.press("Look at it", pledge=WORDS)
    first = visitor.press("Send it")
    visitor.page = check
    assert visitor.press("Send it").raw == first.raw
    assert storage.session().query(Pledge).count() == 1
    visitor.page = check
    different = visitor.press("Send it", pledge="I will do something else.", status=409)
    assert different.heading == "You sent this before"
    visitor.press("Look at it again")
    assert visitor.press("Send it").raw != first.raw
    assert storage.session().query(Pledge).count() == 2


def test_a_pledge_sent_again_after_it_was_taken_back_is_not_kept(visitor: Visitor) -> None:
    people_to_read()
    visitor.open("/pledges/new")
    check = visitor.press("Look at it", pledge=WORDS)
    page = visitor.press("Send it")
    sent = keeping.find([span.get_text() for span in page.soup.select(".receipt li span")])
    assert sent
    keeping.erase(sent.id)
    storage.commit()
    visitor.page = check
    assert visitor.press("Send it").heading == "You took this back"


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
    visitor.open("/pledges/new")
    page = visitor.press("Show me", pledge=WORDS, head="scarf", colour="river", background="berry")
    assert page.heading == "Make a pledge"
    assert {"c-river", "b-berry"} <= set(page.one("#preview svg")["class"])
    assert page.one("textarea").get_text() == WORDS
    assert "no-store" in page.headers["Cache-Control"]
    assert WORDS in visitor.press("Look at it").words
    assert visitor.press("Change it").one("textarea").get_text() == WORDS


def test_a_pledge_needs_words_of_its_own_and_parts_we_know(visitor: Visitor) -> None:
    people_to_read()
    visitor.open("/pledges/new")
    assert "Write what you will do." in visitor.press("Look at it", status=400).words
    assert "at most 300" in visitor.press("Look at it", pledge="I will " + "a" * 300, status=400).words
    visitor.open("/pledges/new")
    assert visitor.press("Look at it", pledge=WORDS, head="horns", status=400).heading == "Make a pledge"
    assert visitor.press("Look at it", pledge=WORDS, priority="99", status=400).heading == "Make a pledge"


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
