"""At the start of a course and at its end, on a phone: the same person makes the same code but for one slip, and the two answers are one pair."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browsing import PHONE
from tests.journeys.conftest import House
from tests.looks import check
from voice.counting.pairing.matching import SLIP, match
from voice.extensions import db
from voice.pairing.models import PairMark
from voice.pairing.rules import Marks

COURSE = "/take-part/things-i-can-do?w=older"
CODE = {"code_first": "q", "code_last": "z", "code_day": "31", "code_month": "feb", "code_road": "x"}


def answer(page: Page, moment: str, code: dict[str, str], look: bool = False) -> None:
    """Through all pages, as quick as a finger: pick what is named, pass over the rest, send."""
    page.goto(COURSE)
    page.get_by_role("button", name="Start").click()
    given = {"moment": moment, "speak_up": "middle", **code}
    while True:
        expect(page.locator("[name=at], [name=on][value=check]").first).to_be_attached()
        at = page.locator("[name=at]")
        if not at.count():
            break
        name = at.get_attribute("value") or ""
        if name in given:
            box = page.locator(f"[name='a.{name}']").first
            box.fill(given[name]) if name == "code_day" else page.locator(f"[name='a.{name}'][value={given[name]}]").check()
        if look and name in ("code_why", "code_first"):
            check(page, f"the code: {name}")
        heading = page.locator("main h1").inner_text()
        page.locator("button.onward").click()
        expect(page.locator("main h1")).not_to_have_text(heading)
    page.get_by_role("button", name="Send it").last.click()
    expect(page.locator(".receipt li").first).to_be_visible()


def test_before_and_after_on_a_phone(opened: Callable[..., Page], house: House) -> None:
    known = set(marks_of_all(house))
    answer(opened(PHONE), "before", CODE, look=True)
    answer(opened(PHONE, scripts=False), "after", {**CODE, "code_day": "30"})
    new = {id_: each for id_, each in marks_of_all(house).items() if id_ not in known}
    sides = [{id_: marks for id_, (when, marks) in new.items() if when == moment} for moment in ("before", "after")]
    assert [each.how for each in match(*sides)] == [SLIP]


def marks_of_all(house: House) -> dict[uuid.UUID, tuple[str, Marks]]:
    with house.app.app_context():
        rows = db.session.execute(select(PairMark.submission_id, PairMark.moment, PairMark.marks)).all()
        db.session.remove()
    return {id_: (moment, Marks(marks[0] or None, tuple(marks[1:]))) for id_, moment, marks in rows}
