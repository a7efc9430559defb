"""The pages talk to nobody else, and a young person’s never leave a cookie. Bars S15 and S16, with the browser’s own record of the net."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browsing import sign_in
from tests.journeys.conftest import House, a_house
from tests.pages_of_the_house import CHILD, INSIDE
from tests.rooms.listening.conftest import onward

Tell = Callable[[str, object], None]
LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ur", "easy")
# Script or style that stands in the page itself; data for a script is none.
INLINE = (
    "[...document.querySelectorAll('script:not([src]), style, [style]')].filter(each => each.type !== 'application/json').map(each => each.outerHTML)"
    ".concat([...document.querySelectorAll('*')].filter(each => each.getAttributeNames().some(name => name.startsWith('on')))"
    ".map(each => each.outerHTML))"
)


class Net:
    """What the browser asked for, and what it was told to keep."""

    def __init__(self, page: Page, address: str) -> None:
        self.asked, self.strangers, self.cookies = 0, list[str](), list[str]()
        self.address = address
        page.context.on("request", lambda request: self._asks(request.url))
        page.context.on("response", self._told)

    def _asks(self, url: str) -> None:
        self.asked += 1
        if not url.startswith((self.address, "data:", "blob:")):
            self.strangers.append(url)

    def _told(self, response: Response) -> None:
        if "set-cookie" in response.all_headers():
            self.cookies.append(response.url)


@pytest.fixture(scope="module")
def house(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for all of these: they look, and leave next to nothing behind."""
    yield from a_house(demo_folder, tmp_path_factory.mktemp("no-stranger") / "data")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_a_young_person_reads_asks_elsewhere_or_leaves_a_cookie(
    house: House, opened: Callable[..., Page], language: str, record_property: Tell
) -> None:
    page = opened()
    net, inline = Net(page, house.address), []
    for path in CHILD:
        page.goto(path if language == "en" else f"/{language}{path}", wait_until="load")
        inline += page.evaluate(INLINE)
    page.wait_for_timeout(500)  # what scripts and the service worker ask for afterwards
    assert net.strangers == []
    assert net.cookies == []
    assert page.context.cookies() == []
    assert inline == []
    record_property("budget", f"S16 {language}: {len(CHILD)} pages, {net.asked} requests: 0 elsewhere, 0 cookies, 0 scripts or styles in a page")


def test_a_whole_visit_leaves_no_cookie(house: House, opened: Callable[..., Page], record_property: Tell) -> None:
    page = opened()
    net = Net(page, house.address)
    page.goto("/take-part/getting-about")
    page.locator("main .btn.onward, main .ages .btn").first.click()
    page.wait_for_selector("[name=at]", state="attached")
    while page.locator("[name=at]").count():
        box = page.locator("main textarea, main input[type=text]")
        if box.count():
            box.first.fill("More buses at night")
        onward(page)
    page.get_by_role("button", name="Send", exact=False).first.click()
    page.locator(".receipt li").first.wait_for()
    words = [each.strip() for each in page.locator(".receipt li").all_inner_texts()]
    page.goto("/your-receipt")
    for number, word in enumerate(words, 1):
        page.fill(f"#word-{number}", word.split("\n")[-1])
    with page.expect_navigation():
        page.get_by_role("button", name="See what we did").click()
    page.goto("/take-part/getting-about/finish")
    assert net.strangers == []
    assert net.cookies == []
    assert page.context.cookies() == []
    record_property("budget", f"S15: a whole visit, from the first page to the receipt: {net.asked} requests, 0 cookies")


@pytest.mark.parametrize("who", sorted(INSIDE))
def test_no_page_inside_asks_elsewhere(house: House, opened: Callable[..., Page], who: str, record_property: Tell) -> None:
    page = opened()
    net, inline = Net(page, house.address), []
    sign_in(page, who, house.passphrase)
    for path in INSIDE[who]:
        page.goto(path, wait_until="load")
        inline += page.evaluate(INLINE)
    assert net.strangers == []
    assert inline == []
    kept = {each["name"] for each in page.context.cookies()}
    assert kept <= {"voice", "voice-known"}
    record_property("budget", f"S16 {who}: {len(INSIDE[who])} pages, {net.asked} requests: 0 elsewhere")
