"""Every role’s first day, in Chromium: invited, a second factor, a first task; and on the same Friday, at 17:05, somebody is worried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browsing import DESK, PATIENCE, PHONE, sign_in
from tests.journeys.conftest import House
from tests.rooms.safeguarding.clock import Clock, Simulated, simulated
from voice import identity, storage
from voice.config import settings
from voice.extensions import db
from voice.safeguarding.models import Screening

FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=ZoneInfo("Europe/London"))
PASSPHRASE = "kettle lantern moss pigeon"
PIN = "490273"
COMES_FROM = {"partner": "Demo county police", "school": "The Academy"}
Opened = Callable[..., Page]
Task = Callable[[Page], None]


@pytest.fixture
def clock(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    with house.app.app_context():
        yield simulated(house.app, monkeypatch, FRIDAY)
        db.session.remove()


def letters(to: str) -> list[str]:
    """The bodies of the letters to one person, in the order they were sent."""
    files = sorted(Path(settings().data / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    found = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in files)
    return [each.get_content() for each in found if each["To"] == to]


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def show_it_is_still_you(page: Page) -> None:
    """The second factor once more, where the page asks for it; in a demo it shows the code."""
    if "/me/again" in page.url:
        for wait in page.locator("[data-demo-wait]").all():
            Clock.moment += timedelta(seconds=int(wait.get_attribute("data-demo-wait") or 0))
            page.reload()
        page.get_by_label("The 6 figures").fill(page.locator("[data-demo-code]").inner_text())
        press(page, "Go on")
        page.wait_for_url(lambda url: "/me/again" not in url)


def invite(admin: Page, role: str) -> str:
    """The administrator invites someone by letter; the code in the link of the letter."""
    address = f"{role.replace('_', '-')}@first-day.example"
    admin.goto("/work/people/invite")
    show_it_is_still_you(admin)
    admin.get_by_label("Name", exact=False).first.fill(f"First {role.replace('_', ' ')}")
    admin.get_by_label("E-mail", exact=False).first.fill(address)
    admin.locator(f"input[name=roles][value={role}]").check()
    if role in COMES_FROM:
        admin.get_by_label("Where do they come from?").select_option(label=COMES_FROM[role])
    press(admin, "Send the letter")
    expect(admin.get_by_role("status").first).to_contain_text("on its way")
    found = re.search(r"/invitation#(\S+)", letters(address)[-1])
    assert found
    return found[1]


def join(page: Page, code: str) -> None:
    """From the letter to a passphrase, an app and ten codes to keep."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(f"/invitation#{code}")
    press(page, "Begin")
    page.wait_for_url("**/invitation/join")
    for label in ("A passphrase", "The same again"):
        page.get_by_label(label).fill(PASSPHRASE)
    press(page, "Go on")
    page.wait_for_url("**/sign-in/set-up")
    page.get_by_text("You cannot scan it?").click()
    key = page.locator(".letters").inner_text().replace(" ", "")
    page.get_by_label("The 6 figures", exact=False).fill(pyotp.TOTP(key).at(Clock.moment))
    press(page, "Set up the app")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these ten codes")
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(lambda url: "/sign-in" not in url and "/me/codes" not in url)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def reads_a_view(page: Page) -> None:
    page.goto("/work")
    before = page.locator(".num").first.inner_text()
    page.get_by_role("button", name="Confirm and next").click()
    page.wait_for_url("**done=clear**")
    assert int(page.locator(".num").first.inner_text()) == int(before) - 1


def opens_a_worry(page: Page) -> None:
    page.goto("/safeguarding")
    page.get_by_role("button", name="Open", exact=True).first.click()
    expect(page.locator("main [data-said]").first).to_be_visible()


def sees(path: str, words: str) -> Task:
    def look(page: Page) -> None:
        page.goto(path)
        heading(page, words)

    return look


TASKS: dict[str, Task] = {
    "officer": reads_a_view,
    "publisher": sees("/work/answers", "Answers"),
    "answer_owner": sees("/work/answers", "Answers"),
    "safeguarding_lead": opens_a_worry,
    "safeguarding_deputy": sees("/safeguarding/rota", "The rota"),
    "board_worker": sees("/board", ""),
    "partner": sees("/work/promises", ""),
    "school": sees("/work/ours", ""),
    "analyst": sees("/work/numbers", "Numbers"),
    "administrator": sees("/work/record", "The record"),
}


def test_every_role_comes_in_by_invitation_and_does_a_first_task(opened: Opened, house: House, clock: Simulated) -> None:
    admin = opened(DESK)
    sign_in(admin, "admin@demo.example", house.passphrase)
    for role, task in TASKS.items():
        page = opened(DESK)
        join(page, invite(admin, role))
        task(page)
        page.goto("/work/people" if role != "administrator" else "/work")
        expect(page.get_by_role("heading", level=1)).to_have_text("This page is not open to you")
        page.context.close()


def test_a_young_person_of_the_board_comes_in_with_a_card_and_a_pin(opened: Opened, house: House, clock: Simulated) -> None:
    worker = next(each.id for each in identity.members_with("administrator"))
    card = identity.invite_with_card("Robin", worker)
    storage.commit()
    page = opened(PHONE)
    page.goto("/invitation")
    page.get_by_label("Your code").fill(card.code.lower())
    press(page, "Begin")
    page.wait_for_url("**/invitation/join")
    page.get_by_label("Name", exact=False).first.fill("river-fox")
    page.get_by_label("A PIN", exact=False).fill(PIN)
    page.get_by_label("again", exact=False).fill(PIN)
    press(page, "Go on")
    heading(page, "Keep your card")
    page.get_by_role("link", name="To the board’s room").click()
    page.wait_for_url("**/board")
    page.get_by_role("link", name="Raise a worry").click()
    heading(page, "Raise a worry")


def test_at_17_05_on_a_friday_somebody_is_worried_and_a_person_looks(opened: Opened, house: House, clock: Simulated) -> None:
    """The offices have closed. The letter goes out within a minute without a word of it, goes on to the deputy, and a lead opens it on a phone."""
    clock.set(FRIDAY.replace(hour=17, minute=5))
    partner = opened(PHONE)
    sign_in(partner, "partner@demo.example", house.passphrase)
    partner.get_by_role("link", name="Raise a worry").click()
    partner.get_by_label("What did you see or hear?").fill("A boy at the bus station says he must not go home tonight.")
    partner.get_by_label("Somebody may be in danger now").check()
    press(partner, "Send it to the safeguarding lead")
    partner.wait_for_url("**/work/worry/raised")
    began = clock.moment
    lead, deputy = "lead@demo.example", "deputy@demo.example"
    first = len(letters(lead))
    took = clock.until(lambda: len(letters(lead)) > first, timedelta(minutes=1))
    assert took <= timedelta(seconds=60)
    assert "bus station" not in letters(lead)[-1]
    before = len(letters(deputy))
    clock.pass_time(timedelta(minutes=16) - (clock.moment - began), pause=timedelta(seconds=15))
    assert len(letters(deputy)) > before, "unopened for 15 minutes: the deputy is written to"
    page = opened(PHONE)
    sign_in(page, lead, house.passphrase)
    page.goto("/safeguarding")
    expect(page.get_by_text("Out of hours.").first).to_be_visible()
    expect(page.get_by_text("01632 960 999").first).to_be_visible()
    page.get_by_role("listitem").filter(has_text="A person raised it").get_by_role("button", name="Open").click()
    expect(page.get_by_text("must not go home tonight")).to_be_visible()
    expect(page.get_by_text("Danger now: call 999 first")).to_be_visible()
    storage.session().rollback()
    row = storage.session().query(Screening).filter(Screening.raised_why.contains("bus station")).one()
    assert row.opened_at
    assert row.opened_at - began < timedelta(minutes=20)
