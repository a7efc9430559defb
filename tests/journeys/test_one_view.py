"""One view, all the way: asked, said, read, tied to the plan, weighed, answered, told back, taken back. Once with JavaScript, once without."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE
from tests.journeys.conftest import House
from tests.journeys.test_looks import sign_in
from voice.storage import today

SAID = "the hedge by the crossing at quillwater is so tall that drivers never see me on my bike"
CANARY = "quillwater"
SENTENCE = "We can’t be seen at the crossings."
THE_BOARD = "Cut the hedges before the signs. We all ride past them."
WE_DID = "We are cutting the hedges at nine crossings."


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_one_view_all_the_way(house: House, opened: Callable[..., Page], scripts: bool) -> None:
    child = opened(PHONE, scripts=scripts)
    words = a_child_says_it(child)
    the_receipt_shows(child, words, "It is on its way.")

    officer = opened({"width": 1280, "height": 900}, scripts=scripts)
    slug = an_officer_reads_and_gathers_it(officer, house)
    board = opened(PHONE, scripts=scripts)
    the_board_weighs_it(board, house, slug)
    owner = opened(PHONE, scripts=scripts)
    an_owner_answers(officer, owner, house, slug)
    the_board_judges(board)
    officer.goto(f"/work/answers/{slug}")
    officer.get_by_role("button", name="Publish").click()

    everyone_can_read_it(child, slug)
    the_child_says_not_good_enough(child, words)
    the_child_takes_it_back(child, words)
    its_words_are_gone(house)
    the_receipt_shows(child, words, "Your receipt")


def a_child_says_it(page: Page) -> list[str]:
    page.goto("/")
    page.get_by_role("link", name="Have your say").first.click()
    page.locator("a[href$='/take-part/getting-about']").first.click()
    page.get_by_role("button", name="11 or older").click()
    answer(page, "Question 1 of", "Bike")
    answer(page, "Question 2 of")
    answer(page, "Question 3 of", "Not very safe")
    expect(page.get_by_text("Question 4 of")).to_be_visible()
    page.locator("textarea").fill(SAID)
    page.get_by_role("button", name="Continue").locator("visible=true").last.click()
    answer(page, "Question 5 of")
    answer(page, "Question 6 of", "11 to 13")
    answer(page, "Question 7 of")
    answer(page, "Question 8 of")
    answer(page, "Question 9 of", "Yes")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what you said")
    assert SAID in page.locator("main").inner_text()
    assert CANARY not in page.url
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    words = [each.strip() for each in page.locator(".receipt li").all_inner_texts()]
    assert len(words) == 5
    assert not page.context.cookies(), "a young person who answers gets no cookie"
    return words


def answer(page: Page, step: str, choice: str | None = None) -> None:
    expect(page.get_by_text(step)).to_be_visible()
    if choice:
        page.locator("label.choice", has_text=re.compile(rf"^\s*{choice}")).first.click()
    page.get_by_role("button", name="Continue").locator("visible=true").last.click()


def the_receipt_shows(page: Page, words: list[str], heading: str) -> None:
    page.goto("/your-receipt")
    for number, word in enumerate(words, start=1):
        page.get_by_label(f"Word {number}").fill(word)
    page.get_by_role("button", name="See what we did").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert CANARY not in page.content()


def choose(page: Page, said: str) -> None:
    """A view, wherever on the page it is: some are in another theme already, and folded away."""
    view = page.locator("label.choice", has_text=said).first
    if not view.is_visible():
        page.locator("details", has=view).locator("summary").first.click()
    view.click()


def an_officer_reads_and_gathers_it(page: Page, house: House) -> str:
    sign_in(page, house, "officer@demo.example")
    assert page.url.endswith("/work")
    page.goto("/work/search")
    page.get_by_role("searchbox").or_(page.get_by_role("textbox")).first.fill(CANARY)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Read and decide").first.click()
    page.locator("label.pick", has_text="Clear").first.click()
    page.locator("label.choice", has_text=re.compile("safe", re.IGNORECASE)).first.click()
    page.get_by_role("button", name="Confirm").first.click()

    page.goto("/work/themes/new?priority=1")
    for said in (CANARY, "slow the cars down", "cycle path please"):
        choose(page, said)
    page.get_by_label("You said").fill(SENTENCE)
    page.get_by_role("button", name="Make this theme").click()
    expect(page.locator("main")).to_contain_text(SENTENCE)
    return page.url.rsplit("/", 1)[-1].partition("?")[0]


def the_board_weighs_it(page: Page, house: House, slug: str) -> None:
    sign_in(page, house, "board@demo.example")
    assert page.url.endswith("/board")
    page.get_by_role("link", name=SENTENCE).click()
    page.get_by_role("button", name="A great deal").click()
    expect(page.get_by_text("Only you see this")).to_be_visible()
    page.get_by_role("button", name="Mark it heard").click()
    page.locator("#board-words textarea").fill(THE_BOARD)
    page.get_by_role("button", name="Save the board’s words").click()
    expect(page.locator("#board-words")).to_contain_text(THE_BOARD)
    assert slug in page.url


def an_owner_answers(officer: Page, page: Page, house: House, slug: str) -> None:
    """Given to the one who can decide: whoever publishes has not written it."""
    officer.goto(f"/work/answers/{slug}")
    officer.locator("#owner-of-it select").select_option(label="Head of roads")
    officer.get_by_role("button", name="Save whose it is").click()
    expect(officer.locator("main")).to_contain_text("Saved.")
    sign_in(page, house, "owner@demo.example")
    page.goto(f"/work/answers/{slug}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Our answer")
    page.locator("label.choice", has_text="Doing").click()
    page.locator("[name=words]").fill(WE_DID)
    page.locator("[name=due_on]").fill((today() + timedelta(days=60)).isoformat())
    page.locator("[name=owner_role]").fill("Head of roads and transport")
    page.locator("[name=organisation]").fill("Demo county council")
    page.get_by_role("button", name="Save, and send to the board").click()
    expect(page.locator("main")).to_contain_text("On its way out")


def the_board_judges(page: Page) -> None:
    page.goto("/board")
    page.locator("a[href*='/board/answers/']", has_text=SENTENCE).first.click()
    page.get_by_role("button", name="Fair").click()


def everyone_can_read_it(page: Page, slug: str) -> None:
    page.goto("/you-said-we-did")
    page.get_by_role("link", name=SENTENCE).click()
    main = page.locator("main")
    for words in (SENTENCE, THE_BOARD, WE_DID, "Board says: fair", "Some of you said this"):
        expect(main).to_contain_text(words)
    page.goto("/you-said-we-did?priority=4")
    expect(page.locator("main .theme", has_text=SENTENCE)).to_have_count(0)
    page.goto("/you-said-we-did?priority=1")
    expect(page.locator("main .theme", has_text=SENTENCE)).to_have_count(1)


def the_child_says_not_good_enough(page: Page, words: list[str]) -> None:
    the_receipt_shows(page, words, "There is an answer.")
    for told in (SENTENCE, THE_BOARD, WE_DID):
        expect(page.locator("main")).to_contain_text(told)
    page.get_by_role("button", name="Not good enough").click()
    expect(page.get_by_role("button", name="Not good enough")).to_have_attribute("aria-pressed", "true")


def the_child_takes_it_back(page: Page, words: list[str]) -> None:
    the_receipt_shows(page, words, "There is an answer.")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is gone.")


def its_words_are_gone(house: House) -> None:
    folder = house.app.extensions["voice.settings"].data
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.name == "voice.db" for file in files)
    for file in files:
        assert CANARY.encode() not in file.read_bytes(), f"the words are still in {file.name}"


def test_next_on_a_shared_phone_nothing_is_left(house: House, opened: Callable[..., Page]) -> None:
    page = opened(PHONE)
    a_child_says_it(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Finish").or_(page.get_by_role("button", name="Finish")).first.click()
    page.go_back()
    assert CANARY not in page.content()
    assert not page.locator(".receipt").count()


def test_a_pledge_reaches_the_wall_once_read(house: House, opened: Callable[..., Page]) -> None:
    page = opened(PHONE, scripts=False)
    page.goto("/pledges")
    page.get_by_role("link", name=re.compile("pledge", re.IGNORECASE)).locator("visible=true").last.click()
    page.goto("/pledges/new")
    page.locator("textarea").fill("I will plant a plum tree by our bus stop.")
    page.get_by_role("button", name="Go on").click()
    page.locator("[name=kind][value=avatar]").check()
    page.locator("[name=age][value='13_or_over']").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on").click()
    page.locator("[name=words_ok]").check()
    page.get_by_role("button", name=re.compile("Send")).click()
    expect(page.locator(".receipt li")).to_have_count(5)
    page.goto("/pledges")
    expect(page.locator("main")).not_to_contain_text("plum tree")

    officer = opened({"width": 1280, "height": 900}, scripts=False)
    sign_in(officer, house, "officer@demo.example")
    officer.goto("/work/search")
    officer.get_by_role("searchbox").or_(officer.get_by_role("textbox")).first.fill("plum tree")
    officer.get_by_role("button", name="Search").click()
    officer.get_by_role("link", name="Read and decide").first.click()
    officer.locator("label.pick", has_text="Clear").first.click()
    officer.get_by_role("button", name="Confirm").first.click()
    page.goto("/pledges")
    expect(page.locator("main")).to_contain_text("plum tree")
