"""A child asks us to contact them, with and without JavaScript, and where there is no net: what they give reaches a lead, and stays nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from tests.browsing import PHONE
from tests.journeys.conftest import House
from tests.journeys.test_no_signal import CANARY, START, Net, in_store, kept_page, net, phone, ready, stored, to_check, until, waiting, walked
from tests.looks import check
from voice import contacting, identity
from voice.extensions import db
from voice.keeping.models import View
from voice.safeguarding.models import Screening

__all__ = ["net", "phone"]  # fixtures
NUMBER = "07700 900 123"
ASKS = "How can we reach you safely?"


def pick(page: Page, door: str) -> None:
    page.locator(f"[name=door][value={door}]").check()
    page.get_by_role("button", name="Send it").last.click()


def fill(page: Page, where: str = NUMBER) -> None:
    page.get_by_label("What can we call you?").fill("Sam")
    page.get_by_label("By phone").check()
    page.get_by_label("Where or who is that?").fill(where)
    page.get_by_label("When is it safe?").fill("After school")
    page.get_by_label("Never ring me at home").check()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def told(house: House) -> list[contacting.Contact | None]:
    """How to reach whoever wrote the canary, as a lead sees it; it is a concern."""
    with house.app.app_context():
        ids = list(db.session.scalars(select(View.submission_id).where(View.words.like(f"{CANARY}%"))))
        lead = identity.members_with("safeguarding_lead")[0].id
        assert all(db.session.scalars(select(Screening.is_concern).where(Screening.submission_id.in_(ids))))
        found = [contacting.open_contact(each, lead) for each in ids]
        db.session.remove()
    return found


def reached(house: House) -> None:
    (found,) = told(house)
    assert found == contacting.Contact(name="Sam", how="phone", where=NUMBER, when="After school", never_home=True)


@pytest.mark.parametrize("scripts", [True, False])
def test_please_contact_me_reaches_a_lead_and_shows_nowhere(opened: Callable[..., Page], house: House, scripts: bool) -> None:
    page = opened(PHONE, scripts=scripts)
    page.goto(START)
    if scripts:
        walked(page)
    entries = page.evaluate("history.length") if scripts else 0
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    to_check(page, CANARY)
    assert page.locator("[name=door]:checked").count() == 0
    if scripts:
        check(page, "the three doors")
    pick(page, "contact")
    heading(page, ASKS)
    if scripts:
        check(page, "how to reach someone")
    page.get_by_label("What can we call you?").fill("Sam")
    page.get_by_role("button", name="Send it").last.click()
    expect(page.locator("#why")).to_contain_text("Tell us how we can reach you.")
    assert page.get_by_label("What can we call you?").input_value() == "Sam"
    fill(page)
    page.get_by_role("button", name="Back").click()
    heading(page, "Check what you said")
    expect(page.locator("[name=door][value=contact]")).to_be_checked()
    pick(page, "contact")
    assert page.get_by_label("Where or who is that?").input_value() == NUMBER
    expect(page.get_by_label("Never ring me at home")).to_be_checked()
    assert page.title().startswith("One more page")
    page.get_by_role("button", name="Send it").last.click()
    heading(page, "Thank you. We have it.")
    assert NUMBER not in page.content()
    assert not [each for each in asked if "07700" in each or "contact" in each]
    if scripts:
        assert page.evaluate("history.length") == entries
        assert not [each for each in asked if each.endswith(("/answers", "/sent"))]
        assert waiting(page) == 0
    reached(house)


def test_with_a_reply_it_is_sent_at_once(opened: Callable[..., Page], house: House) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    pick(page, "reply")
    heading(page, "Thank you. We have it.")
    with house.app.app_context():
        (submission_id,) = db.session.scalars(select(View.submission_id).where(View.words == CANARY))
        standing = contacting.standing(submission_id)
        db.session.remove()
    assert standing
    assert standing.door == "reply"


def test_another_language_in_the_middle_keeps_what_was_typed(opened: Callable[..., Page], house: House) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    pick(page, "contact")
    heading(page, ASKS)
    fill(page)
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    assert page.locator("[name='c.where']").input_value() == NUMBER
    expect(page.locator("[name='c.never_home']")).to_be_checked()
    page.locator("button[name=go][value=send]").last.click()
    page.wait_for_selector(".receipt")
    reached(house)


def test_without_a_net_it_lies_sealed_and_arrives_later(phone: Callable[[], BrowserContext], house: House, net: Net) -> None:
    page = phone().new_page()
    page.goto(START)
    ready(page)
    net.down = True
    to_check(page, CANARY)
    pick(page, "contact")
    heading(page, ASKS)
    fill(page)
    page.get_by_role("button", name="Send it").last.click()
    kept_page(page)
    held = str(in_store(page))
    assert NUMBER not in held
    assert "After school" not in held
    assert NUMBER not in str(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
    assert not stored(house)
    net.down = False
    page.locator("[data-again]").click()
    until(lambda: bool(stored(house)), "it never arrived")
    heading(page, "Thank you. We have it.")
    reached(house)
