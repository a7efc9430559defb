"""An officer’s afternoon, by keyboard alone: 200 new views read and said what they are about, themes made and merged; then a release."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browsing import DESK, sign_in
from tests.journeys.conftest import House
from tests.looks import check
from voice import asking, counting, keeping, reading, safeguarding, storage, understanding
from voice.extensions import db
from voice.keeping.models import View
from voice.safeguarding.models import Screening

ACTIVITY = "getting-about"
NEW = 200
ONE_BY_ONE = 25
MOST_PRESSES = 4  # for one ordinary view
SAID = (
    "the last bus goes before the club ends so we cannot get home",
    "there are no lights on the path by the field and it is dark",
    "I wait a long time for help when I feel sad",
    "the library shuts before school ends",
    "cars drive too fast past our school gate",
    "we want somewhere warm to meet after school",
    "there is no signal for our phones in the village hall",
    "we wait too long to see the dentist",
)
MORE = (
    "really",
    "every week",
    "in winter",
    "again",
    "and my friends say so",
    "most days",
    "please",
    "all year",
    "at weekends",
    "since last summer",
    "still",
)
# Past the last link the whole page has the focus: that is no place.
FOCUSED = "document.activeElement === document.body ? '' : document.activeElement.innerText || document.activeElement.value || ''"
BUSES, DARK = "The last bus goes too early.", "It is dark on the way home."


def test_two_hundred_views_in_an_afternoon(house: House, opened: Callable[..., Page]) -> None:
    new = seeded(house)
    page = opened(DESK)
    sign_in(page, "officer@demo.example", house.passphrase)
    page.goto("/work")
    presses = read_one_by_one(page)
    assert presses <= MOST_PRESSES * ONE_BY_ONE, f"{presses} presses for {ONE_BY_ONE} views"
    read_many(page)
    sort_together(page)
    with house.app.app_context():
        theirs = [each for each in new if not worrying(each)]
        read, tied = reading.decisions(theirs), understanding.tags_of(theirs)
        db.session.remove()
    assert len(theirs) >= 0.9 * NEW
    assert len(read) == len(theirs), f"{len(read)} of {len(theirs)} were read"
    assert len(tied) >= 0.9 * len(theirs), f"{len(tied)} of {len(theirs)} were sorted"
    themes(page)
    with house.app.app_context():
        counting.keep_up()  # a round of the worker
        db.session.remove()
    results(page)
    publish(page)


def worrying(view_id: uuid.UUID) -> bool:
    """What worries the screen waits for a lead, who says whether an officer may read it."""
    about = select(Screening.is_concern).join(View, View.submission_id == Screening.submission_id).where(View.id == view_id)
    return any(storage.session().scalars(about))


def seeded(house: House) -> list[uuid.UUID]:
    """As many new views as an afternoon brings, each by a sender of its own, in words of their own."""
    chance, found = random.Random(6), []
    with house.app.app_context():
        activity = asking.activity(ACTIVITY)
        assert activity
        for number in range(NEW):
            words = f"{SAID[number % len(SAID)]} {' '.join(chance.sample(MORE, 3))}"
            facts = keeping.Facts(age_band=chance.choice(("11_13", "14_16")), way_in="paper", may_be_quoted=number % 3 == 0)
            kept = keeping.keep(str(uuid.uuid4()), activity_id=activity.id, answers={}, words=[("one_change", words)], facts=facts)
            safeguarding.screen_submission(kept.submission_id, [words], language="en")
            found += kept.view_ids
        storage.commit()
        db.session.remove()
    return found


def turn(page: Page, key: str) -> None:
    """A key that leads to the next page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Go on with this key until what has the focus says this."""
    if words in page.evaluate(FOCUSED):
        return
    for _step in range(150):
        page.keyboard.press(key)
        if words in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"no way to “{words}” by {key} on {page.url}")


def read_one_by_one(page: Page) -> int:
    """One key for a guess of the machine, one to confirm: returns how many were pressed."""
    presses = 0
    for _view in range(ONE_BY_ONE):
        page.keyboard.press("1")
        turn(page, "Enter")
        presses += 2
    expect(page.locator("h1")).to_be_focused()
    assert page.get_by_role("status").count()
    return presses


def read_many(page: Page) -> None:
    turn(page, "g")
    for _page in range(NEW // 10):  # the demo has some waiting as well
        if page.locator("form button[data-key=Enter]").count() == 0:
            break
        turn(page, "Enter")
    turn(page, "g")


def sort_together(page: Page) -> None:
    """Bunch by bunch: read, choose, confirm for all; what is left is sorted one at a time."""
    expect(page.get_by_role("heading", level=1)).to_have_text("What are these about?")
    check(page, "many views, what they are about")
    for _bunch in range(60):
        if "/together" not in page.url:
            break
        page.keyboard.press("1")
        turn(page, "Enter")


def themes(page: Page) -> None:
    """Two themes out of what is proposed, then one theme of both."""
    for number, sentence in enumerate((BUSES, DARK)):
        tab_to(page, "Themes")
        turn(page, "Enter")
        tab_to(page, "What could be a theme")
        turn(page, "Enter")
        page.keyboard.press("j")
        if number == 0:
            check(page, "proposed themes")
        turn(page, "Enter")
        page.keyboard.press("e")
        page.keyboard.type(sentence)
        turn(page, "Enter")
        expect(page.locator("main blockquote").first).to_contain_text(sentence)
    check(page, "a theme, just made")
    page.keyboard.press("g")
    tab_to(page, "the-last-bus-goes-too-early")
    page.keyboard.press("Space")
    turn(page, "Enter")
    expect(page.locator("main blockquote").first).to_contain_text(DARK)
    expect(page.get_by_role("status").first).to_contain_text("one theme")


def results(page: Page) -> None:
    tab_to(page, "Results", "Shift+Tab")  # the menu is above
    turn(page, "Enter")
    tab_to(page, "Getting about and feeling safe")
    turn(page, "Enter")
    expect(page.locator("main")).to_contain_text("415 people took part.")
    check(page, "results")


def publish(page: Page) -> None:
    page.goto("/work/releases")
    tab_to(page, ": Getting about and feeling safe")  # its button to draft figures
    turn(page, "Enter")
    tab_to(page, "Publish")
    turn(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("Everyone can see it.")
