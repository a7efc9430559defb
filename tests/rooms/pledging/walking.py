"""Going the way of making a pledge, as somebody without a script does."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from tests.reading import Page, Visitor
from voice import storage
from voice.keeping.models import View
from voice.pledging.models import Pledge

WORDS = "I will cycle to school on Fridays."
NOT_YET = "Not yet"


def walk(visitor: Visitor, words: str = WORDS, *, kind: str = "avatar", age: str = "13_or_over", priority: str = "", place: str = "") -> Page:
    """From the first page to the last step."""
    page = visitor.open("/pledges/new")
    where = {"place": place} if page.soup.select("[name=place]") else {}
    visitor.press("Go on", pledge=words, priority=priority, **where)
    visitor.press("Go on", kind=kind, age=age)
    return visitor.press("Go on")


def pledge(visitor: Visitor, words: str = WORDS, *, kind: str = "avatar", age: str = "13_or_over", priority: str = "", **last: Any) -> list[str]:
    """From the first page to the receipt; its words come back."""
    walk(visitor, words, kind=kind, age=age, priority=priority)
    page = visitor.press("Send it", words_ok="yes", **last)
    assert page.heading == "Thank you. We have it."
    return receipt_of(page)


def receipt_of(page: Page) -> list[str]:
    return [span.get_text() for span in page.soup.select(".receipt li span")]


def slip_of(page: Page) -> list[str]:
    return [each.get_text() for each in page.soup.select(".slip li")]


def photo(colour: str = "teal", name: str = "IMG_1.jpg") -> Any:
    """A file as a phone gives it, for a form."""
    return (io.BytesIO(jpeg(colour)), name)


def jpeg(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return out.getvalue()


def type_words(visitor: Visitor, path: str, button: str, words: list[str]) -> Page:
    visitor.open(path)
    return visitor.press(button, word=words)


def the_view() -> View:
    return storage.session().query(View).one()


def the_pledge() -> Pledge:
    return storage.session().query(Pledge).one()
