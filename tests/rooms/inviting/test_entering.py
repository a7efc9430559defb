"""A child comes in with a slip or from a poster, without JavaScript, on both databases."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.making import the
from tests.reading import Page, Visitor
from tests.rooms.inviting.making import a_group, some_slips
from tests.rooms.listening.making import an_open_activity
from voice import inviting, storage
from voice.keeping.models import Submission

NAME, AUDIENCE = "Thursday circle", "young carers"


def sent(visitor: Visitor, code: str) -> list[Page]:
    """Every page from the code to the receipt."""
    pages = [visitor.open("/code"), visitor.press("Go on", code=code), visitor.press("Start")]
    while pages[-1].soup.select("[name=at]"):
        typed = {"a.change": "More buses."} if pages[-1].soup.select("[name='a.change']") else {}
        pages.append(visitor.press("Continue", **typed))
    return [*pages, visitor.press("Send it")]


def the_one() -> Submission:
    storage.session().rollback()
    return storage.session().scalars(select(Submission)).one()


def test_a_child_types_the_code_and_gets_the_receipt_of_the_slip(visitor: Visitor, app: Flask) -> None:
    group = a_group()
    slip = some_slips(group)[0]
    pages = sent(visitor, inviting.written(slip.code).lower())
    assert [each.get_text().strip() for each in pages[-1].soup.select(".receipt li")] == list(slip.words)
    row = the_one()
    assert (row.way_in, row.group_id) == ("group_code", group)
    again = visitor.open("/code") and visitor.press("Go on", status=404, code=slip.code)
    assert "Each one works once" in again.words


def test_the_childs_screen_never_says_for_which_group_it_was_asked(visitor: Visitor, app: Flask) -> None:
    group = a_group("targeted", name=NAME, audience=AUDIENCE, readers=[the("officer")])
    for page in sent(visitor, some_slips(group)[0].code):
        seen = page.raw.decode().lower() + page.path.lower()
        for label in (NAME.lower(), AUDIENCE, "targeted", str(group)):
            assert label not in seen, f"{page.path} says {label}"


def test_a_wrong_code_is_met_kindly_and_loses_nothing_typed(visitor: Visitor, app: Flask) -> None:
    a_group()
    visitor.open("/code")
    page = visitor.press("Go on", status=404, code="K7PM-2XWQ")
    assert "We do not know this code" in page.words
    assert page.one("#code")["value"] == "K7PM-2XWQ"
    page = visitor.press("Go on", status=404, code="")
    assert "There are eight" in page.words


def test_no_address_carries_a_code(visitor: Visitor, app: Flask) -> None:
    code = some_slips(a_group())[0].code
    assert all(code not in page.path for page in sent(visitor, code))


def test_a_class_shares_one_code(visitor: Visitor, app: Flask) -> None:
    group = a_group(one_use=False)
    code = some_slips(group)[0].code
    receipts = {tuple(each.get_text() for each in sent(visitor, code)[-1].soup.select(".receipt li")) for _ in range(2)}
    assert len(receipts) == 2
    storage.session().rollback()
    assert {row.group_id for row in storage.session().scalars(select(Submission))} == {group}


def test_a_code_typed_into_another_activitys_form_lets_nobody_in(visitor: Visitor, app: Flask) -> None:
    code = some_slips(a_group())[0].code
    an_open_activity("other", readers=False)
    reply = visitor.client.post("/take-part/other/sent", data={"a.change": "x", "key": "0" * 32, "code": code, "way": "group_code"})
    assert reply.status_code == 404
    storage.session().rollback()
    assert not list(storage.session().scalars(select(Submission)))
    assert inviting.check_code(code) == "way"


def test_a_poster_leads_to_the_same_first_page_for_everyone(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    page = visitor.open("/q/way")
    assert page.heading == visitor.open("/take-part/way").heading
    assert "public" in page.headers["Cache-Control"]
    visitor.open("/q/way")
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        typed = {"a.change": "More buses."} if page.soup.select("[name='a.change']") else {}
        page = visitor.press("Continue", **typed)
    visitor.press("Send it")
    assert the_one().way_in == "qr"
    visitor.open("/q/nowhere", status=404)


def test_codes_are_asked_for_by_a_page_that_is_the_same_for_everyone(visitor: Visitor, app: Flask) -> None:
    page = visitor.open("/code")
    assert "public" in page.headers["Cache-Control"]
    assert page.one("#code").get("autocomplete") == "off"
