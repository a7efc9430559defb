"""Every kind of question, in the words of every age, answered without JavaScript on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.reading import Page, Visitor
from tests.rooms.listening.every import EVERY
from tests.rooms.listening.making import an_open_activity
from voice import storage
from voice.keeping.models import Submission, View

AGES = ("younger", "middle", "older")
ANSWERS: dict[str, list[str]] = {
    "safe": ["not_very_safe"],
    "play": ["swing", "something_else"],
    "play_else": ["The pond"],
    "listen": ["no_not"],
    "trust": ["yes_a_bit"],
    "best": ["bike"],
    "why": ["Windy"],
    "people_home": ["4"],
    "children": ["2"],
    "one_word": ["Green"],
    "where": ["elsewhere"],
    "may_show": ["yes"],
}
BANDS = {"younger": "under_8", "middle": "8_10", "older": "14_16"}
MOST_PAGES = 20


def begin(visitor: Visitor, age: str, prefix: str = "") -> Page:
    an_open_activity(document=EVERY)
    visitor.open(f"{prefix}/take-part/way?w={age}")
    return visitor.press("Start")


def at(page: Page) -> str:
    return str(page.one("[name=at]")["value"])


def onward(visitor: Visitor, page: Page, **fields: str | list[str]) -> Page:
    return visitor.press("Next" if page.soup.select("main.young") else "Continue", **fields)


def to(visitor: Visitor, page: Page, wanted: str, given: dict[str, list[str]] = ANSWERS) -> Page:
    """On to the question wanted, answering those before it."""
    for _ in range(MOST_PAGES):
        if at(page) == wanted:
            break
        name = at(page)
        page = onward(visitor, page, **({f"a.{name}": given[name]} if name in given else {}))
    return page


def choices(page: Page) -> list[str]:
    return [str(each["value"]) for each in page.soup.select(".choices input[type=radio], .choices input[type=checkbox]")]


def test_the_first_page_asks_for_an_age_and_begins_in_its_words(visitor: Visitor, app: Flask) -> None:
    an_open_activity(document=EVERY)
    page = visitor.open("/take-part/way")
    assert page.heading == "Playing and being outside"
    buttons = page.soup.select(".ages button")
    assert [each.get_text(strip=True) for each in buttons] == ["4 to 7", "8 to 10", "11 or older"]
    assert len({str(each["class"]) for each in buttons}) == 1  # none weighs more
    assert "You can do this on your own. Or ask a grown-up to read it." in page.words
    assert not page.soup.select("[name=seed], input[name=w], input[name=key]")
    page = visitor.press("8 to 10")
    assert str(page.one("input[name=w]")["value"]) == "middle"
    page = onward(visitor, page)
    assert choices(page) == ["quite_safe", "middle", "not_very_safe"]


def test_the_first_page_is_the_same_for_everyone(app: Flask) -> None:
    an_open_activity(document=EVERY)
    for address in ("/take-part/way", "/take-part/way?w=younger", "/take-part/way?way=qr"):
        first, second = (app.test_client().get(address) for _ in range(2))
        assert first.data == second.data
        assert "public" in first.headers["Cache-Control"]
        assert not first.headers.getlist("Set-Cookie")


def test_a_teachers_link_goes_straight_to_one_age(visitor: Visitor, app: Flask) -> None:
    an_open_activity(document=EVERY)
    page = visitor.open("/take-part/way?w=younger")
    assert page.heading == "Playing outside"
    assert "Do you like to play outside?" in page.words
    assert not page.soup.select(".ages")
    assert len(page.soup.select("main .pic svg")) >= 4
    page = visitor.press("Pick another age")
    assert len(page.soup.select(".ages button")) == 3
    assert visitor.open("/take-part/way?w=grown-up").soup.select(".ages")


def test_someone_who_takes_another_age_keeps_what_both_ages_can_say(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "play", {"safe": ["very_safe"]})
    page = to(visitor, onward(visitor, page, **{"a.play": ["swing"]}), "listen")
    for _ in range(4):
        page = visitor.press("Back")
    visitor.press("Pick another age")
    page = onward(visitor, visitor.press("4 to 7"))
    assert choices(page) == ["quite_safe", "not_very_safe"]
    assert not page.soup.select("[checked], #why")  # “Very safe” has no place among two faces
    page = onward(visitor, page)
    assert [str(each["value"]) for each in page.soup.select("input[checked]")] == ["swing"]


def test_each_age_has_as_many_faces_as_it_can_tell_apart(visitor: Visitor, app: Flask) -> None:
    an_open_activity(document=EVERY)
    for age, many in zip(AGES, (2, 3, 5), strict=True):
        visitor.open(f"/take-part/way?w={age}")
        page = to(visitor, visitor.press("Start"), "safe")
        rows = page.soup.select(".choices .choice")
        assert len(rows) == many
        assert all(row.select_one(".face") and row.get_text(strip=True) for row in rows)
        assert not page.soup.select("input[checked]")


def test_the_whole_of_it_is_answered_at_every_age_and_codes_are_shared(visitor: Visitor, app: Flask) -> None:
    for age in AGES:
        if age == AGES[0]:
            page = begin(visitor, age)
        else:
            visitor.open(f"/take-part/way?w={age}")
            page = visitor.press("Start")
        given, asked = {**ANSWERS, "age": [BANDS[age]]}, 0
        while page.soup.select("[name=at]"):
            name, asked = at(page), asked + 1
            assert asked < MOST_PAGES, f"{name} does not let anyone on"
            assert page.soup.select("[data-skip]") or name == "about", f"{name} cannot be passed"
            if name == "first":
                page = visitor.press("Someone to talk to")
                page = visitor.press("Parks and play")
            page = onward(visitor, page, **({f"a.{name}": given[name]} if name in given else {}))
        assert asked == (13 if age == "younger" else 14)  # this plan names no places, so nobody is asked for one
        assert page.heading == ("Is this right?" if age == "younger" else "Check what you said")
        assert [each.get_text(" ", strip=True) for each in page.soup.select(".ranked li")] == ["Someone to talk to", "Parks and play"]
        visitor.press("Send it")
    rows = storage.session().scalars(select(Submission)).all()
    assert len(rows) == 3
    for row in rows:
        assert row.answers["safe"] == ["not_very_safe"]
        assert row.answers["first"] == ["talk", "parks"]
        assert row.answers["children"] == 2
    assert {view.words for view in storage.session().scalars(select(View))} == {"The pond", "Windy", "Green"}


def test_things_are_put_in_order_one_by_one_and_taken_out_again(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "first")
    assert "Tap what comes first for you." in page.words
    page = visitor.press("Street lights")
    assert "Now tap your number 2." in page.words
    assert page.one("[autofocus]")["value"] == "pick:light"  # the finger finds the place again
    visitor.press("Buses that come on time")
    page = visitor.press("Parks and play")
    assert "That is all 3." in page.words
    page = visitor.press("Someone to talk to")
    assert [str(each["value"]) for each in page.soup.select("[data-rank-picks] input")] == ["light", "buses", "parks"]
    page = visitor.press("Street lights")
    assert [str(each["value"]) for each in page.soup.select("[data-rank-picks] input")] == ["buses", "parks"]
    pressed = {str(each["value"]): each.get_text(" ", strip=True) for each in page.soup.select("[aria-pressed=true]")}
    assert pressed == {"pick:buses": "Buses that come on time Your number 1", "pick:parks": "Parks and play Your number 2"}
    page = onward(visitor, page, **{"a.first": ["buses", "parks", "dont_know"]})
    assert "Keep one of them." in page.words
    page = onward(visitor, page, **{"a.first": ["buses", "parks"]})
    assert at(page) == "best"


def test_choices_in_no_order_of_ours_stay_where_they_are_for_one_person(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "play")
    seed, first = str(page.one("[name=seed]")["value"]), choices(page)
    assert first[-2:] == ["nothing", "something_else"]  # these keep their place
    page = onward(visitor, page)
    page = visitor.press("Back")
    assert choices(page) == first
    assert str(page.one("[name=seed]")["value"]) == seed
    orders = set()
    for _ in range(12):
        visitor.open("/take-part/way?w=older")
        orders.add(tuple(choices(to(visitor, visitor.press("Start"), "play"))))
    assert len(orders) > 1


def test_nothing_here_goes_with_nothing_else(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "play")
    page = onward(visitor, page, **{"a.play": ["swing", "nothing"]})
    assert at(page) == "play"
    assert "Two of these do not go together." in page.words
    assert len(page.soup.select("input[checked]")) == 2
    assert page.one("[data-alone]")["value"] == "nothing"


def test_an_earlier_answer_stands_in_a_later_question_and_limits_it(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "why")
    assert page.heading == "What is it like to go by bike?"
    page = to(visitor, page, "children")
    assert page.heading == "How many of the 4 are under 18?"
    page = onward(visitor, page, **{"a.children": "5"})
    assert "Type that number, or a smaller one." in page.words
    assert page.one("input.number")["value"] == "5"
    page = onward(visitor, page, **{"a.children": "4"})
    assert at(page) == "one_word"


def test_a_scale_says_what_its_statements_share(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "listen")
    assert page.heading == "Grown-ups listen to me."
    assert page.one("#leading").get_text(strip=True) == "How true is this for you?"
    assert "leading" in str(page.soup.select("fieldset")[0]["aria-labelledby"])
    assert len(page.soup.select(".scale .choice")) == 4


def test_yes_and_no_say_what_they_mean_and_weigh_the_same(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "older"), "may_show")
    yes, no = page.soup.select(".consent .choice")
    assert "Others may read your words." in yes.get_text(" ", strip=True)
    assert "Your words stay with our team." in no.get_text(" ", strip=True)
    assert yes["class"] == no["class"]
    assert not page.soup.select("input[checked]")


def test_the_youngest_get_pictures_and_dots_and_few_words(visitor: Visitor, app: Flask) -> None:
    page = to(visitor, begin(visitor, "younger"), "play")
    assert len(page.soup.select(".tiles .pic svg")) == len(choices(page)) == 6
    assert page.soup.select(".asked .pic svg")
    step = page.one(".step")
    assert len(step.select(".dots i")) == 12
    assert "hid" in str(step.select("span")[0]["class"])
    assert page.soup.select("[data-reader][hidden] .btn")
    page = to(visitor, page, "safe") if at(page) == "safe" else page
    assert len(page.soup.select("[data-say-one][hidden]")) == 8


def test_the_same_page_again_keeps_what_was_typed_and_judges_nothing(app: Flask) -> None:
    an_open_activity(document=EVERY)
    client = app.test_client()
    typed = {"at": "people_home", "w": "older", "a.people_home": "lots", "a.safe": "very_safe", "go": "stay"}
    page = client.post("/take-part/way/answers", data=typed).get_data(as_text=True)
    assert 'value="lots"' in page
    assert "whole number" not in page
    assert 'name="a.safe" value="very_safe"' in page
    on_check = {"on": "check", "w": "older", "a.safe": "very_safe", "go": "stay"}
    assert "Check what you said" in client.post("/take-part/way/answers", data=on_check).get_data(as_text=True)
    assert "How old are you?" in client.post("/take-part/way/answers", data={"go": "stay"}).get_data(as_text=True)


def test_a_made_up_pick_or_seed_changes_nothing(app: Flask) -> None:
    an_open_activity(document=EVERY)
    client = app.test_client()
    for go in ("pick:gold", "pick:", "pick:dont_know", "pick:<b>"):
        page = client.post("/take-part/way/answers", data={"at": "first", "w": "older", "go": go, "seed": "<i>"}).get_data(as_text=True)
        assert 'aria-pressed="true"' not in page
        assert "<b></b>" in page
        assert "<i>" not in page.replace("<i></i>", "")


@pytest.mark.parametrize(("age", "band"), [("younger", "under_8"), ("middle", "8_10"), ("older", None)])
def test_who_picked_younger_words_has_said_how_old_they_are(visitor: Visitor, app: Flask, age: str, band: str | None) -> None:
    page = begin(visitor, age)
    page = to(visitor, page, "age")
    while page.soup.select("[name=at]"):
        page = onward(visitor, page)
    visitor.press("Send it")
    assert storage.session().scalars(select(Submission)).one().age_band == band
