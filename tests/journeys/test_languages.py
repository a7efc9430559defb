"""In a browser: the language changes in the middle of a survey, with the phone’s own pages and without a script, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import parsed

START = "/take-part/getting-about"
SAID = "the lamp by quillwater bridge is broken"


def begin(page: Page, scripts: bool) -> None:
    page.goto(START)
    if scripts:
        page.wait_for_selector("html[data-walk]", state="attached")  # from now on the phone makes the pages
    age = page.get_by_role("button", name="11 or older")
    (age if age.count() else page.get_by_role("button", name="Start")).click()
    expect(page.locator("main .step")).to_contain_text("Question 1")


def until_words(page: Page) -> None:
    """On to the first question that takes words."""
    for _ in range(20):
        if page.locator("main textarea").count():
            return
        step = page.locator("main .step").inner_text()
        page.locator("main button.btn[value=next]").click()
        expect(page.locator("main .step")).not_to_have_text(step)
        parsed(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_words_not_yet_sent_are_there_in_the_other_language(opened: Callable[..., Page], scripts: bool) -> None:
    page = opened(scripts=scripts)
    begin(page, scripts)
    until_words(page)
    step = page.locator("main .step").inner_text()
    page.locator("main textarea").fill(SAID)
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("main textarea")).to_have_value(SAID)
    expect(page.locator("main .step")).to_contain_text("Cwestiwn")
    expect(page.locator("#help")).to_contain_text("Ddim yn ddiogel nawr?")
    expect(page.locator("#help .beside")).to_contain_text("Not safe right now?")
    page.get_by_role("button", name="Mirror").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("main .step")).to_have_text(step)
    expect(page.locator("main textarea")).to_have_value(SAID)
    if scripts:
        assert page.evaluate("history.length") <= 3
        assert "/answers" not in page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_a_receipt_is_the_same_in_the_other_language(opened: Callable[..., Page], scripts: bool) -> None:
    page = opened(scripts=scripts)
    begin(page, scripts)
    until_words(page)
    page.locator("main textarea").fill(SAID)
    for _ in range(20):
        if page.locator("main button[value=send]").count():
            break
        heading = page.locator("h1").inner_text()
        page.locator("main button.btn[value=next]").click()
        expect(page.locator("h1")).not_to_have_text(heading)
        parsed(page)
    page.locator("main button[value=send]").click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    words = page.locator(".receipt li").all_inner_texts()
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("h1")).to_have_text("Diolch. Mae e gyda ni.")
    assert page.locator(".receipt li").all_inner_texts() == words
    assert SAID not in page.content()
