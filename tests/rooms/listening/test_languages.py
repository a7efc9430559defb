"""Changing the language on the way: no answer is lost, the same question stands there, and what was sent is not sent twice."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.reading import Page, Visitor
from tests.rooms.listening.making import WORDS, an_open_activity
from voice import storage
from voice.keeping.models import Submission
from voice.web.locale import LANGUAGES


def hidden(page: Page) -> list[tuple[str, str]]:
    return sorted((str(each["name"]), str(each.get("value", ""))) for each in page.soup.select("main input[type=hidden]"))


def changed(visitor: Visitor, code: str, **typed: str | list[str]) -> Page:
    """Press the name of a language: it is named in itself."""
    page = visitor.press(LANGUAGES[code].name, **typed)
    assert page.one("html")["lang"] == LANGUAGES[code].tag
    assert ("/cy/" in page.path) == (code == "cy")
    return page


def there_and_back(visitor: Visitor, **typed: str | list[str]) -> None:
    """To Welsh and back: the same page, with the same answers."""
    assert visitor.page
    before = visitor.page
    changed(visitor, "cy", **typed)
    after = changed(visitor, "en")
    assert (after.heading, hidden(after)) == (before.heading, hidden(before))


def how_many_sent() -> int:
    storage.session().rollback()
    return storage.session().scalar(select(func.count()).select_from(Submission)) or 0


def test_every_step_can_be_had_in_another_language_and_nothing_is_lost(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    visitor.press("Start")
    there_and_back(visitor, **{"a.safe": "not_very_safe"})
    assert visitor.page
    assert visitor.page.one("[name='a.safe'][value=not_very_safe]").has_attr("checked")
    visitor.press("Continue")
    there_and_back(visitor, **{"a.travel": ["bus", "walk"]})
    assert len(visitor.page.soup.select("[name='a.travel'][checked]")) == 2
    visitor.press("Continue")
    there_and_back(visitor, **{"a.bus": WORDS})
    assert visitor.page.one("textarea").get_text().strip() == WORDS
    visitor.press("Continue")
    there_and_back(visitor, **{"a.minutes": "a while"})
    assert visitor.page.one("main input[type=text]")["value"] == "a while"
    assert not visitor.page.soup.select("#why")
    visitor.press("Continue", **{"a.minutes": "25"})
    visitor.press("Continue")
    assert visitor.page.heading == "Check what you said"
    there_and_back(visitor)
    assert f"“{WORDS}”" in visitor.page.words


def test_what_was_sent_is_shown_again_and_not_sent_again(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    visitor.press("Start")
    for typed in ({"a.safe": "quite_safe"}, {"a.travel": ["walk"]}, {}, {"a.change": WORDS}):
        visitor.press("Continue", **typed)
    sent = visitor.press("Send it")
    words = [each.get_text() for each in sent.soup.select(".receipt li")]
    assert WORDS not in str(sent.soup), "what was said does not wait on the page for the next person"
    page = changed(visitor, "cy")
    assert page.heading == "Diolch. Mae e gyda ni."
    assert [each.get_text() for each in page.soup.select(".receipt li")] == words
    assert how_many_sent() == 1
    assert changed(visitor, "en").heading == "Thank you. We have it."


def test_words_of_no_receipt_show_none(visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    an_open_activity()
    monkeypatch.setattr("voice.keeping.slowing.SLOWLY", 0)
    reply = app.test_client().post("/cy/take-part/way/sent", data={"go": "again", "word": ["ant", "bee", "cat", "dog", "egg"]})
    assert 'class="receipt' not in reply.get_data(as_text=True)


def test_who_skipped_it_all_can_change_the_language_too(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    visitor.press("Start")
    for _ in range(4):
        visitor.press("Continue")
    assert visitor.page
    assert visitor.page.heading == "You skipped them all"
    assert changed(visitor, "cy").heading == "Hepgoraist ti nhw i gyd"
    assert changed(visitor, "en").heading == "You skipped them all"


def test_a_form_from_another_site_is_not_carried_on(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    reply = app.test_client().post("/take-part/way/answers", data={"a.safe": "very_safe"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403
    markup = reply.get_data(as_text=True)
    assert 'id="again"' not in markup
    assert 'href="/cy/"' in markup


def test_a_receipt_is_read_in_another_language_and_a_mark_is_made_once(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    visitor.open("/take-part/way")
    visitor.press("Start")
    visitor.press("Continue", **{"a.safe": "quite_safe"})
    for _ in range(3):
        visitor.press("Continue")
    words = [each.get_text().strip() for each in visitor.press("Send it").soup.select(".receipt li")]
    visitor.open("/your-receipt")
    page = visitor.press("See what we did", word=words)
    assert page.heading == "It is on its way."
    assert changed(visitor, "cy").heading == "Mae ar ei ffordd."
    assert visitor.press("Ei dynnu nôl").heading == "Ei dynnu nôl?"
    assert changed(visitor, "en").heading == "Take it back?"
    page = visitor.press("Yes, take it back")
    assert page.heading == "It is gone."
    assert {str(each["href"]) for each in page.soup.select("#languages a")} >= {"/", "/cy/"}
