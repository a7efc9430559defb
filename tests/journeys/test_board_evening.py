"""A board evening of five: a closed vote, a note, a decision with the view of the few, an ask; the leader answers, and the next pack shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browsing import DESK, sign_in
from tests.journeys.conftest import House
from tests.looks import check
from voice import storage

SEATS = ("board", "board2", "board3", "board4", "board5")
MOST = "A great deal"
ASK, ANSWER = "Leave the lights on until nine.", "From Monday they stay on until nine."
DECIDED, OTHERS = "The lights come first.", "One of us would do the toilets first."


def test_a_board_evening_of_five(house: House, opened: Callable[..., Page]) -> None:
    worker = signed_in(opened(), house, "worker")
    evening = make_meeting(worker, days=1)
    press(worker, "Let the pack out")
    expect(worker.get_by_role("button", name="Open the vote")).to_be_visible()
    worker.get_by_label("Open until all are in").select_option("60")
    press(worker, "Open the vote")
    board = [signed_in(opened(), house, each) for each in SEATS]
    for number, page in enumerate(board[:4], 1):
        vote(page)
        expect(page.get_by_role("status")).to_contain_text(f"{number} of 5")
        expect(page.get_by_role("list").filter(has_text="skate park")).to_have_count(0)
    see_nothing_yet(worker)
    check(board[0], "my vote is in")
    vote(board[4])
    expect(board[4].locator("h1")).to_have_text("What matters most to us")
    expect(board[4].locator(".order li").first).to_contain_text("skate park")
    check(board[4], "the order")
    worker.get_by_role("link", name="Look again").click()
    expect(worker.locator(".order li").first).to_contain_text("skate park")
    note_decide_ask(board[0])
    worker.goto(evening)
    press(worker, "The meeting is over")
    expect(worker.get_by_role("button", name="The meeting is over")).to_have_count(0)
    leader_answers(signed_in(opened(DESK), house, "owner"))
    make_meeting(worker, days=2)
    press(worker, "Let the pack out")
    expect(worker.get_by_role("button", name="Open the vote")).to_be_visible()
    board[1].goto(worker.url)
    came = board[1].get_by_role("region", name="What came of what we asked")
    expect(came).to_contain_text(ANSWER)
    check(board[1], "the next pack")


def signed_in(page: Page, house: House, who: str) -> Page:
    sign_in(page, f"{who}@demo.example", house.passphrase)
    return page


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def make_meeting(page: Page, days: int) -> str:
    """By the worker; the address of its pack."""
    page.goto("/board/meetings/new")
    page.get_by_label("Which day?").fill(f"{storage.today() + timedelta(days=days):%Y-%m-%d}")
    page.get_by_label("Where?").fill("The youth hub")
    page.get_by_label("Who leads it?").select_option(label="Board member one")
    for place, theme in enumerate(("skate park", "toilets"), 1):
        page.locator(".placed").filter(has_text=theme).get_by_role("combobox").select_option(str(place))
    if days == 1:
        check(page, "a meeting to make")
    press(page, "Save the meeting")
    expect(page.get_by_role("button", name="Let the pack out")).to_be_visible()
    return page.url


def vote(page: Page) -> None:
    """From the first page of the room to the paper, and in with it."""
    page.goto("/board")
    page.get_by_role("link", name="Vote now").click()
    page.get_by_role("group", name="skate park").get_by_label(MOST).check()
    page.get_by_role("group", name="toilets").get_by_label("Pass").check()
    press(page, "Put my vote in")


def see_nothing_yet(worker: Page) -> None:
    """Nobody who works here sees more than how many are in."""
    worker.get_by_role("link", name="Look again").click()
    expect(worker.get_by_role("status")).to_contain_text("4 of 5")
    expect(worker.locator(".order")).to_have_count(0)


def note_decide_ask(page: Page) -> None:
    page.get_by_role("link", name="The meeting").click()
    page.get_by_role("link", name="Begin with the first theme").click()
    page.get_by_label("A note for all of us").fill("Nine would do.")
    press(page, "Add the note")
    expect(page.get_by_role("region", name="Our notes")).to_contain_text("Nine would do.")
    page.get_by_text("Write down what we decided").click()
    page.get_by_label("What did we decide?").fill(DECIDED)
    page.get_by_label("Everyone may read it", exact=True).check()
    page.get_by_label("Did some of us see it another way?").fill(OTHERS)
    press(page, "Save the decision")
    expect(page.get_by_role("region", name="What we decided")).to_contain_text(OTHERS)
    page.get_by_text("Ask a leader").click()
    page.get_by_label("What do we ask?").fill(ASK)
    page.get_by_label("Of whom? Their role").fill("Head of roads")
    page.get_by_label("Where they work").fill("Demo county council")
    page.get_by_label("Who gets the letter?").select_option(label="Head of roads")
    press(page, "Send the ask")
    expect(page.get_by_role("region", name="What we ask of leaders")).to_contain_text(ASK)
    check(page, "a theme in a meeting")


def leader_answers(page: Page) -> None:
    page.goto("/work/asks")
    page.get_by_role("link", name=ASK).click()
    page.get_by_label("Your answer").fill(ANSWER)
    check(page, "an ask to answer")
    press(page, "Answer the board")
    expect(page.get_by_text("The board reads it at its next meeting.")).to_be_visible()
