"""The pictures of receipt words: a child copies them, so each is whole, fills its frame and stays inside it."""

from __future__ import annotations

from playwright.sync_api import Browser

from voice.keeping.receipts import WORDS, picture

MEASURE = """() => [...document.querySelectorAll('svg')].map(each => {
    const box = each.getBBox();
    return [each.parentElement.id, Math.min(box.x, box.y), Math.max(box.x + box.width, box.y + box.height), Math.max(box.width, box.height)];
})"""


def test_every_picture_fills_its_frame_and_stays_inside(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("".join(f'<p id="{word}">{picture(word)}</p>' for word in WORDS))
    measured = page.evaluate(MEASURE)
    page.close()
    assert len(measured) == len(WORDS)
    wrong = [each for each in measured if each[1] < -0.5 or each[2] > 24.5 or each[3] < 14]
    assert not wrong
