"""A young person answers, without JavaScript, on both databases."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from tests.reading import Page, Visitor
from tests.rooms.listening.making import WORDS, an_open_activity, to_check
from voice import keeping, safeguarding, storage
from voice.keeping.models import Submission, View
from voice.safeguarding.models import Screening


def how_many(model: Any) -> int:
    storage.session().rollback()
    return storage.session().scalar(select(func.count()).select_from(model)) or 0


def test_a_young_person_answers_from_the_list_to_the_receipt(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    page = visitor.open("/take-part")
    assert "Your way to school" in page.words
    page = visitor.follow("Start")
    assert page.heading == "Your way to school"
    page = visitor.press("Start")
    assert "Question 1 of 5" in page.words
    page = visitor.press("Continue", **{"a.safe": "not_very_safe"})
    assert page.heading == "How do you get there?"
    page = visitor.press("Continue", **{"a.travel": ["bus", "walk"]})
    page = visitor.press("Continue", **{"a.bus": WORDS})
    assert "Question 4 of 5" in page.words
    visitor.press("Continue", **{"a.minutes": "25"})
    page = visitor.press("Continue")
    assert page.heading == "Check what you said"
    assert f"“{WORDS}”" in page.words
    assert "Not very safe" in page.words
    assert "You skipped this" in page.words
    page = visitor.press("Send it")
    assert page.heading == "Thank you. We have it."
    assert len(page.soup.select(".receipt li")) == 5
    row = storage.session().scalars(select(Submission)).one()
    assert row.answers == {"safe": ["not_very_safe"], "travel": ["bus", "walk"], "minutes": 25}
    assert storage.session().scalars(select(View)).one().words == WORDS
    assert how_many(Screening) == 1
    words = [item.get_text().strip() for item in page.soup.select(".receipt li")]
    assert keeping.find(words)


def test_titles_and_addresses_tell_nothing(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    titles, paths = [], []
    page = visitor.open("/take-part/way")
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        titles.append(str(page.soup.title.string) if page.soup.title else "")
        paths.append(page.path)
        page = visitor.press("Continue")
    assert titles == ["Question 1 – Voice", "Question 2 – Voice", "Question 3 – Voice", "Question 4 – Voice"]
    assert set(paths) == {"/take-part/way/answers"}


def test_going_back_keeps_what_was_typed(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    visitor.press("Start")
    visitor.press("Continue", **{"a.safe": "very_safe"})
    page = visitor.press("Back", **{"a.travel": ["walk"]})
    assert page.one("input[checked]")["value"] == "very_safe"
    page = visitor.press("Continue")
    assert page.one("input[checked]")["value"] == "walk"
    visitor.press("Back")
    page = visitor.press("Back")
    assert page.heading == "Your way to school"
    page = visitor.press("Start")
    assert page.one("input[checked]")["value"] == "very_safe"


def test_an_answer_can_be_changed_on_the_check_page(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    to_check(visitor, change="More buses")
    page = visitor.press("Change answer 4")
    assert page.one("textarea").get_text().strip() == "More buses"
    page = visitor.press("Continue", **{"a.change": "Fewer cars"})
    assert page.heading == "Check what you said"
    assert "Fewer cars" in page.words
    page = visitor.press("Answer answer 2")
    page = visitor.press("Continue", **{"a.travel": ["bus"]})
    assert page.heading == "What is the bus like?"
    page = visitor.press("Continue", **{"a.bus": "Full"})
    assert page.heading == "Check what you said"
    assert "Full" in page.words


def test_an_answer_that_was_taken_out_is_not_sent_with_what_followed_from_it(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    to_check(visitor, travel=["bus"], bus="Full", change="More buses")
    visitor.press("Change answer 2")
    visitor.press("Continue", **{"a.travel": ["walk"]})
    visitor.press("Send it")
    assert [view.words for view in storage.session().scalars(select(View))] == ["More buses"]


def test_someone_who_skips_everything_is_told_so_kindly_and_nothing_is_kept(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    page = to_check(visitor)
    assert page.heading == "You skipped them all"
    assert how_many(Submission) == 0
    page = visitor.press("See the questions again")
    assert "Question 1" in page.words


def test_each_closed_question_offers_two_ways_to_pass(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        assert "I don’t know" in page.words
        assert "I don’t want to say" in page.words
        page = visitor.press("Continue", **{f"a.{page.one('[name=at]')['value']}": filled(page, "rather_not")})
    assert page.words.count("I don’t want to say") == 4
    visitor.press("Send it")
    assert how_many(View) == 0
    assert how_many(Submission) == 1


def filled(page: Page, skip: str) -> list[str]:
    """What a browser sends for a question whose way to pass is picked: an empty box, if there is one, and the code."""
    return ["", skip] if page.soup.select("textarea, input[type=text]") else [skip]


def test_an_answer_we_cannot_take_keeps_everything_and_says_what_to_do(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    visitor.press("Start")
    visitor.press("Continue", **{"a.safe": "very_safe"})
    visitor.press("Continue", **{"a.travel": ["walk"]})
    page = visitor.press("Continue", **{"a.minutes": "ten or so"})
    assert "Type a whole number, like 7." in page.words
    assert page.one("input[type=text]")["value"] == "ten or so"
    page = visitor.press("Continue", **{"a.minutes": "10"})
    long = "a" * 10_001
    page = visitor.press("Continue", **{"a.change": long})
    assert "Make it a bit shorter" in page.words
    assert page.one("textarea").get_text().strip() == long
    page = visitor.press("Continue", **{"a.change": long[:-1]})
    assert page.heading == "Check what you said"
    assert "Very safe" in page.words
    visitor.press("Send it")
    assert len(storage.session().scalars(select(View)).one().words) == 10_000


def test_the_same_sent_twice_is_kept_once_and_gives_the_same_page(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    check = to_check(visitor, change=WORDS)
    first = visitor.press("Send it").raw
    visitor.page = check
    second = visitor.press("Send it").raw
    assert first == second
    assert how_many(Submission) == how_many(View) == how_many(Screening) == 1


def test_other_words_under_the_same_mark_change_nothing_and_can_be_sent_as_new(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    check = to_check(visitor, change=WORDS)
    visitor.press("Send it")
    visitor.page = check
    visitor.press("Change answer 4")
    visitor.press("Continue", **{"a.change": "Something else"})
    page = visitor.press("Send it", status=409)
    assert "We kept what you sent first." in page.words
    assert [view.words for view in storage.session().scalars(select(View))] == [WORDS]
    page = visitor.press("Look at it again")
    assert "Something else" in page.words
    visitor.press("Send it")
    assert how_many(Submission) == 2


def test_what_was_taken_back_does_not_come_back(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    check = to_check(visitor, change=WORDS)
    visitor.press("Send it")
    keeping.erase(storage.session().scalars(select(Submission.id)).one())
    storage.commit()
    visitor.page = check
    page = visitor.press("Send it")
    assert page.heading == "You took this back"
    assert how_many(Submission) == 0


def test_nobody_at_the_childs_side_can_tell_that_it_worried_us(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    key = str(uuid.uuid4())
    replies = []
    for words in ("my stepdad hits me every night", "the bus is late again"):
        response = app.test_client().post("/take-part/way/sent", data={"key": key, "a.change": words})
        replies.append((response.status, response.data, [each for each in response.headers if each[0] != "Date"]))
        worried = storage.session().scalars(select(Screening.is_concern)).one()
        assert worried is words.startswith("my stepdad")
        storage.session().rollback()
        row = storage.session().scalars(select(Screening)).one()
        row.opened_at = row.closed_at = storage.now()  # the database deletes no open concern
        row.outcome = row.outcome_reason = "advice_left"
        storage.session().flush()
        for model in (Screening, View, Submission):
            for row in storage.session().scalars(select(model)):
                storage.session().delete(row)
            storage.session().flush()
        storage.commit()
    assert replies[0] == replies[1]


def test_words_stay_words(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    for said in ('<script>alert("x")</script> & "more"', "میں رات کو محفوظ محسوس نہیں کرتا", "😡🚌🌧️", "=1+1\n\nnext line"):
        page = to_check(visitor, change=said)
        held = page.one("[data-said]")
        assert held.get_text() == f"“{said}”"
        assert held["dir"] == "auto"
        visitor.press("Send it")
        assert said in [view.words for view in storage.session().scalars(select(View))]


def test_a_form_on_another_site_cannot_send(app: Flask) -> None:
    an_open_activity()
    data = {"key": str(uuid.uuid4()), "a.change": WORDS}
    for origin in ("https://elsewhere.example", "null"):
        assert app.test_client().post("/take-part/way/sent", data=data, headers={"Origin": origin}).status_code == 403
        assert app.test_client().post("/take-part/way/answers", data=data, headers={"Origin": origin}).status_code == 403
    assert how_many(Submission) == 0


def test_without_a_mark_of_its_own_nothing_is_kept_before_it_was_checked(app: Flask) -> None:
    an_open_activity()
    reply = app.test_client().post("/take-part/way/sent", data={"key": "mine", "a.change": WORDS})
    assert "Check what you said" in reply.get_data(as_text=True)
    assert how_many(Submission) == 0


def test_a_closed_activity_says_so_with_help_and_keeps_nothing(visitor: Visitor, app: Flask) -> None:
    an_open_activity("soon", opens_in=3)
    an_open_activity("past", closes_in=-1, readers=False)
    for slug, heading in (("soon", "Not open yet"), ("past", "This one is over")):
        page = visitor.open(f"/take-part/{slug}")
        assert page.heading == heading
        assert "0800 1111" in page.words
        for address in ("answers", "sent"):
            app.test_client().post(f"/take-part/{slug}/{address}", data={"key": str(uuid.uuid4()), "a.change": WORDS})
    assert how_many(Submission) == 0
    assert "Your way to school" not in visitor.open("/take-part").words


def test_where_nobody_can_read_nobody_is_asked(visitor: Visitor, app: Flask) -> None:
    an_open_activity(readers=False)
    assert visitor.open("/take-part/way").heading == "Closed for now"
    assert visitor.open("/take-part").soup.select(".sheet") == []


def test_an_address_of_the_walk_opened_again_begins_anew(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    for address in ("answers", "sent"):
        assert visitor.open(f"/take-part/way/{address}").heading == "Your way to school"
    visitor.open("/take-part/nowhere", status=404)


def test_finishing_asks_the_browser_to_forget(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    to_check(visitor, change=WORDS)
    page = visitor.press("Send it")
    reply = app.test_client().get(page.link("Finish"))
    assert reply.status_code == 303
    assert reply.headers["Clear-Site-Data"] == '"cache"'
    assert reply.headers["Location"] == "/take-part"


def test_no_page_of_the_walk_sets_a_cookie_and_only_the_first_is_kept(app: Flask) -> None:
    an_open_activity()
    client = app.test_client()
    first = client.get("/take-part/way")
    assert "public" in first.headers["Cache-Control"]
    assert client.get("/take-part/way").data == first.data
    again = client.get("/take-part/way", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    packed = client.get("/take-part/way", headers={"Accept-Encoding": "gzip"})
    unchanged = client.get("/take-part/way", headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert unchanged.status_code == 304
    key = {"key": str(uuid.uuid4()), "a.change": WORDS}
    posts = [client.post("/take-part/way/answers", data={"go": "next"}), client.post("/take-part/way/sent", data=key)]
    for reply in (first, again, packed, *posts):
        assert not reply.headers.getlist("Set-Cookie")
    assert [reply.headers["Cache-Control"] for reply in posts] == ["no-store", "no-store"]


def test_a_page_in_another_language_stays_in_it(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    page = visitor.open("/qps/take-part/way")
    assert page.one("html")["dir"] == "rtl"
    page = visitor.press("Stárt")
    assert page.path == "/qps/take-part/way/answers"
    assert page.one("html")["dir"] == "rtl"


def test_a_concern_waits_for_the_leads_as_soon_as_it_is_sent(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    to_check(visitor, change="my stepdad hits me every night")
    visitor.press("Send it")
    assert safeguarding.waiting() == 1
