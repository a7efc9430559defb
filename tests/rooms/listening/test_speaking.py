"""Read aloud, in a real browser: only by a voice that lives on the phone, only when asked, and no byte leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.rooms.listening.conftest import onward, to

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
Held = Callable[..., Page]
# A speech engine that writes down who says what. It speaks until `finish()`.
ENGINE = """(voices) => {
  let talking = null;
  window.spoken = [];
  window.cancelled = 0;
  window.finish = () => { const done = talking; talking = null; done?.onend?.(); };
  const engine = new EventTarget();
  Object.assign(engine, {
    getVoices: () => voices,
    speak(words) { talking = words; window.spoken.push([words.text, words.voice?.name, words.lang]); },
    cancel() { talking = null; window.cancelled += 1; },
  });
  Object.defineProperty(window, "speechSynthesis", { value: engine });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
FAR = {"name": "Far", "lang": "en-GB", "localService": False}
UNSURE = {"name": "Unsure", "lang": "en-GB"}
HERE = {"name": "Here", "lang": "en_US", "localService": True}
POLISH = {"name": "Polish", "lang": "pl-PL", "localService": True}


def with_voices(page: Page, *voices: dict[str, object]) -> list[str]:
    """The page speaks with these. The list gets every request made from now on."""
    page.add_init_script(f"({ENGINE})({list(voices)!r})".replace("True", "true").replace("False", "false"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def spoken(page: Page) -> list[str]:
    return [str(each[0]) for each in page.evaluate("spoken")]


def test_a_voice_from_elsewhere_is_never_used(held: Held) -> None:
    page = held()
    with_voices(page, FAR, UNSURE, POLISH)
    to(page, "safe", "younger")
    assert page.locator("[data-reader]").count() == 1
    assert not page.locator("[data-reader]").is_visible()
    assert not page.locator("[data-say-one]").first.is_visible()


def test_question_hint_and_choices_are_read_in_order_and_marked(held: Held) -> None:
    page = held()
    asked = with_voices(page, FAR, HERE)
    to(page, "safe")
    assert page.evaluate("spoken") == []  # never by itself
    before = len(asked)
    assert page.get_by_text("Use headphones if you can.").is_visible()
    page.click("[data-read]")
    wanted = [
        "How safe do you feel outside?",
        "Think about the last week.",
        "Very safe",
        "Quite safe",
        "In the middle",
        "Not very safe",
        "Not safe at all",
        "I don’t know",
        "I don’t want to say",
    ]
    for number, words in enumerate(wanted, start=1):
        assert spoken(page) == wanted[:number]
        assert page.locator(".saying").inner_text() == words
        page.evaluate("finish()")
    assert page.locator(".saying").count() == 0
    assert {each[1] for each in page.evaluate("spoken")} == {"Here"}
    assert asked[before:] == []
    assert page.locator("[data-read]").inner_text().strip() == "Read it to me"


def test_the_button_stops_it_and_starts_it_again(held: Held) -> None:
    page = held()
    with_voices(page, HERE)
    to(page, "safe")
    page.click("[data-read]")
    assert page.locator("[data-read]").inner_text().strip() == "Stop reading"
    page.click("[data-read]")
    page.evaluate("finish()")
    assert len(spoken(page)) == 1
    assert page.locator(".saying").count() == 0
    page.click("[data-read]")
    assert spoken(page)[1] == spoken(page)[0]


def test_it_stops_when_someone_goes_on(held: Held) -> None:
    page = held()
    with_voices(page, HERE)
    to(page, "safe")
    page.click("[data-read]")
    stopped = page.evaluate("cancelled")
    onward(page)
    assert page.evaluate("cancelled") > stopped
    page.evaluate("finish()")
    assert len(spoken(page)) == 1
    assert not page.get_by_text("Use headphones if you can.").is_visible()  # said once is enough
    page.click("[data-read]")
    page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    assert page.evaluate("() => { const before = cancelled; document.querySelector('.leave').click(); return cancelled - before; }") > 0


def test_the_youngest_hear_each_choice_alone_without_picking_it(held: Held) -> None:
    page = held()
    with_voices(page, HERE)
    to(page, "safe", "younger")
    box = page.locator(".young [data-read]").bounding_box()
    assert box
    assert box["height"] >= 56
    page.locator("[data-say-one]").nth(1).click()
    assert spoken(page) == ["Not safe"]
    assert page.locator("input:checked").count() == 0


def test_a_question_in_another_language_is_read_in_it_or_not_at_all(held: Held) -> None:
    page = held()
    with_voices(page, HERE)
    to(page, "safe")
    page.evaluate("""() => { document.querySelector('h1').innerHTML = '<span lang="ur">آپ</span>'; }""")
    page.click("[data-read]")
    assert spoken(page) == ["Think about the last week."]
