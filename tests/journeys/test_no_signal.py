"""A phone that loses its signal, is switched off, is full, is shared: what was said arrives, once, and nobody is told it did before it did."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import select

from tests.browsing import PATIENCE, PHONE, QUIET
from tests.journeys.conftest import House
from tests.looks import check
from voice.extensions import db
from voice.keeping.models import Submission, View

START = "/take-part/getting-about"
CANARY = "the lamp by quillwater bridge is broken"
TOO_EARLY = ("has reached us", "sent", "we have it")


class Net:
    """The way between phone and server. It can be down, or let a submission through and lose the reply."""

    def __init__(self, house: House) -> None:
        self.down = False
        self.loses_replies = 0
        self.arrived = 0
        self._app = house.app.wsgi_app
        house.app.wsgi_app = self  # type: ignore[method-assign, assignment]

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if self.down:
            return self._cut(environ)
        is_submission = environ["PATH_INFO"] == "/api/v1/submissions"
        self.arrived += is_submission
        if is_submission and self.loses_replies:
            self.loses_replies -= 1
            list(self._app(environ, lambda *_: None))  # type: ignore[arg-type]  # nobody hears the reply
            return self._cut(environ)
        return self._app(environ, start)

    @staticmethod
    def _cut(environ: dict[str, Any]) -> Iterable[bytes]:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError


@pytest.fixture
def net(house: House) -> Net:
    return Net(house)


@pytest.fixture
def phone(browser: Browser, house: House, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """`phone()`: the same phone, switched on (again): what its browser kept on the disk is there."""
    opened: list[BrowserContext] = []

    def on() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=shutil.which("chromium"),
            args=list(QUIET),
            viewport=PHONE,  # type: ignore[arg-type]
            base_url=house.address,
        )
        context.set_default_timeout(PATIENCE * 1000)
        opened.append(context)
        return context

    yield on
    for each in opened:
        with suppress(Error):  # it was killed before
            each.close()


def until(true: Callable[[], bool], what: str = "it never came true") -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, what
        sleep(0.1)


def ready(page: Page) -> None:
    """The phone has what it needs for a time without a net."""
    wanted = ["/take-part", START, *(f"{START}/all?w={age}" for age in ("younger", "middle", "older")), "/help-now", "/no-net"]
    held = """async wanted => {
            const held = [];
            for (const name of await caches.keys())
                for (const each of await (await caches.open(name)).keys()) held.push(each.url.replace(location.origin, ''));
            return wanted.every(one => held.includes(one)) && held.filter(one => one.endsWith('.js')).length >= 12;
        }"""
    until(lambda: bool(page.evaluate(held, wanted)), "the phone never kept the pages")


def walked(page: Page) -> None:
    """The walk on the phone has begun to listen."""
    page.wait_for_selector("html[data-walk]", state="attached")


def to_check(page: Page, words: str, titles: set[str] | None = None) -> None:
    titles = set() if titles is None else titles
    page.locator("button[name=w][value=older], form .btn.onward").first.click()
    page.wait_for_selector("[name=at]", state="attached")
    while page.locator("[name=at]").count():
        at = page.locator("[name=at]").input_value()
        titles.add(page.title())
        box = page.locator("textarea")
        if box.count() and words:
            box.fill(words)
            words = ""
        page.locator("form .btn.onward").click()
        page.locator(f"[name=at]:not([value='{at}']), dl.check").first.wait_for(state="attached")  # between two pages there is nothing
    page.wait_for_selector("dl.check")


HURRIED = """async words => {
    const at = () => document.querySelector('[name=at]')?.value ?? '';
    const end = Date.now() + MOST;
    while (!document.querySelector('dl.check')) {
        const here = at(), box = document.querySelector('textarea');
        if (box && words) { box.value = words; box.dispatchEvent(new Event('input', {bubbles: true})); words = ''; }
        document.querySelector('button[name=w][value=older], form .btn.onward').click();
        while (at() === here && !document.querySelector('dl.check')) {
            if (Date.now() > end) throw new Error(`stands still at “${here}”`);
            await new Promise(done => setTimeout(done, 5));
        }
    }
}""".replace("MOST", str(int(PATIENCE * 1000)))


def say_hurriedly(page: Page, words: str) -> None:
    """The same buttons, as fast as the phone can: for what has to be said often, once it was said by hand."""
    page.goto(START)
    walked(page)
    page.evaluate(HURRIED, words)
    page.get_by_role("button", name="Send it").click()


def never_too_early(page: Page) -> None:
    words = page.locator("main").inner_text().lower()
    for promise in ("nothing is sent yet", "once it has reached us", "when it has reached us"):
        words = words.replace(promise, "")
    assert not [each for each in TOO_EARLY if each in words], words


def say(page: Page, words: str) -> None:
    page.goto(START)
    walked(page)
    to_check(page, words)
    page.get_by_role("button", name="Send it").click()


def stored(house: House) -> list[str]:
    with house.app.app_context():
        found = list(db.session.scalars(select(View.words).join(Submission).where(View.words.like(f"{CANARY}%"))))
        db.session.remove()
    return found


def in_store(page: Page) -> dict[str, list[Any]]:
    """Everything in the phone’s own store, bytes as text."""
    found: dict[str, list[Any]] = page.evaluate(
        """async () => {
            const db = await new Promise(done => { const asked = indexedDB.open('voice'); asked.onsuccess = () => done(asked.result); });
            const text = value => JSON.stringify(value, (_, each) => each instanceof ArrayBuffer || ArrayBuffer.isView(each)
                ? new TextDecoder('latin1').decode(each) : each);
            const all = {};
            for (const name of db.objectStoreNames) all[name] = await new Promise(done => {
                const asked = db.transaction(name).objectStore(name).getAll();
                asked.onsuccess = () => done(asked.result.map(text));
            });
            db.close();
            return all;
        }"""
    )
    return found


def waiting(page: Page) -> int:
    return len(in_store(page)["final"])


def kept_page(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("It is kept on this phone.")
    never_too_early(page)


@pytest.mark.parametrize(("prefix", "thanks"), [("", "Thank you"), ("/qps", "Thánk")])
def test_a_survey_walks_on_the_phone_and_asks_the_server_once(opened: Callable[..., Page], house: House, net: Net, prefix: str, thanks: str) -> None:
    page = opened(PHONE)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(prefix + START)
    walked(page)
    entries = page.evaluate("history.length")
    page.on("request", lambda request: asked.append(request.url))
    titles: set[str] = set()
    to_check(page, CANARY, titles)
    page.locator("form .btn.onward").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(thanks)
    assert len([each for each in page.locator(".receipt li").all_inner_texts() if each.strip()]) == 5
    assert page.locator(".receipt li svg > *").count() >= 5
    assert stored(house) == [CANARY]
    assert waiting(page) == 0
    assert page.evaluate("history.length") == entries
    assert all("uestion" in each.lower() or "úést" in each.lower() for each in titles), titles
    assert not [each for each in asked if "/answers" in each or "/sent" in each]
    assert not said, said


def test_twenty_five_said_in_a_dead_spot_arrive_once_each(phone: Callable[[], BrowserContext], house: House, net: Net, tmp_path: Path) -> None:
    context = phone()
    page = context.new_page()
    page.goto(START)
    ready(page)
    context.close()

    net.down = True
    context = phone()
    page = context.new_page()
    said = [f"{CANARY} {number}" for number in range(25)]
    say(page, said[0])
    kept_page(page)
    for words in said[1:-1]:
        say_hurriedly(page, words)
        kept_page(page)
    net.down, net.loses_replies = False, 99
    say(page, said[-1])  # the server takes it, and the reply is lost
    kept_page(page)
    assert said[-1] in stored(house)
    assert waiting(page) == 25
    context.close()

    net.loses_replies = 0
    context = phone()
    page = context.new_page()
    page.goto("/take-part")
    expect(page.locator("[data-waiting]")).to_be_visible()
    until(lambda: len(stored(house)) > 3, "nothing was sent")
    killed(tmp_path / "phone")

    page = phone().new_page()
    page.goto("/take-part")
    until(lambda: waiting(page) == 0, "the queue never emptied")
    assert sorted(stored(house)) == sorted(said)
    expect(page.locator("[data-waiting]")).to_be_hidden()


def killed(profile: Path) -> None:
    """The phone goes off in the middle of what it does: nothing is closed, nothing is finished."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in line and not any(each.startswith(b"--type=") for each in line):
            os.kill(int(process.name), signal.SIGKILL)


def test_receipt_words_made_beforehand_work_once_it_has_arrived(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    until(lambda: len(in_store(page)["pair"]) == 3)
    to_check(page, CANARY)
    net.down = True
    page.get_by_role("button", name="Send it").click()
    kept_page(page)
    words = [each.strip() for each in page.locator(".receipt li").all_inner_texts()]
    assert len(words) == 5
    assert len(in_store(page)["pair"]) == 2, "a used pair is forgotten"
    assert "Write these down. They work once it has reached us." in page.locator("main").inner_text()
    net.down = False
    page.get_by_role("button", name="Try now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert [each.strip() for each in page.locator(".receipt li").all_inner_texts()] == words
    assert stored(house) == [CANARY]


def test_nothing_on_the_phone_can_be_read(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    until(lambda: len(in_store(page)["pair"]) == 3)
    page.locator("[data-draft] input").check()
    to_check(page, CANARY)
    until(lambda: len(in_store(page)["draft"]) == 1)
    net.down = True
    page.get_by_role("button", name="Send it").click()
    kept_page(page)
    words = [each.strip() for each in page.locator(".receipt li").all_inner_texts()]
    held = json.dumps(in_store(page))
    assert "quillwater" not in held
    # Whole words: a name of ours, such as “sealed”, may have one of theirs in it.
    assert not [each for each in words if f'"{each}"' in held]
    assert not re.search(r"\W+".join(words), held)
    assert in_store(page)["draft"] == []
    for turn in ("reload", "back", "forward"):
        page.go_back() if turn == "back" else page.go_forward() if turn == "forward" else page.reload()
        assert "quillwater" not in page.content()
        assert not page.locator(".receipt").count()


def test_a_full_phone_says_so_and_the_words_stay(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    page.add_init_script(
        """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...all) {
            if (this.name === 'final') throw new DOMException('full', 'QuotaExceededError');
            return put.apply(this, all);
        };"""
    )
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    net.down = True
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("[data-lost]")).to_contain_text("this phone could not keep it")
    assert CANARY in page.locator("main").inner_text()
    never_too_early(page)
    net.down = False
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert stored(house) == [CANARY]


def test_a_phone_that_lets_nothing_be_kept_still_sends(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };")
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    net.down = True
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("[data-lost]")).to_contain_text("this phone could not keep it")
    net.down = False
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert stored(house) == [CANARY]


def test_a_phone_that_closes_its_store_in_the_background_keeps_the_next_all_the_same(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    page.add_init_script(
        """const open = IDBFactory.prototype.open;
        window.connections = [];
        IDBFactory.prototype.open = function (...all) {
            const asked = open.apply(this, all);
            asked.addEventListener('success', () => window.connections.push(asked.result));
            return asked;
        };"""
    )
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    net.down = True
    page.evaluate("window.connections.forEach(each => each.close())")
    page.get_by_role("button", name="Send it").click()
    kept_page(page)
    assert waiting(page) == 1


def test_two_tabs_send_each_once(phone: Callable[[], BrowserContext], house: House, net: Net) -> None:
    context = phone()
    page = context.new_page()
    page.goto(START)
    ready(page)
    net.down = True
    said = [f"{CANARY} {number}" for number in range(6)]
    for words in said:
        say(page, words)
        kept_page(page)
    tabs = [page, context.new_page()]
    tabs[1].goto("/take-part")
    net.down, net.arrived = False, 0
    for tab in tabs:
        tab.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: waiting(page) == 0)
    assert sorted(stored(house)) == said
    assert net.arrived == len(said)


def test_what_the_server_will_never_take_is_said_once_and_not_sent_again(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    net.down = True
    page.get_by_role("button", name="Send it").click()
    kept_page(page)
    with house.app.app_context():
        db.session.execute(db.text("UPDATE activity SET closes_on = '2020-01-02', opens_on = '2020-01-01' WHERE slug = 'getting-about'"))
        db.session.commit()
        db.session.remove()
    net.down, net.arrived = False, 0
    page.goto("/take-part")
    expect(page.get_by_text("That one had closed.")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    page.get_by_role("button", name="I have read this").click()
    page.reload()
    walked(page)
    expect(page.locator("[data-refused]")).to_be_hidden()
    assert waiting(page) == 0
    assert net.arrived == 1


def test_a_draft_comes_back_in_this_tab_only_where_it_was_asked_for(opened: Callable[..., Page], house: House) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    page.locator("[data-draft] input").check()
    to_check(page, CANARY)
    page.reload()
    page.get_by_role("button", name="Go on where you stopped").click()
    expect(page.locator("[name=at]")).to_have_count(1)
    other = page.context.new_page()
    other.goto(START)
    walked(other)
    expect(other.locator("[data-go-on]")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('leaving'))")
    other.reload()
    until(lambda: in_store(other)["draft"] == [])


def test_another_language_in_the_middle_loses_nothing(opened: Callable[..., Page], house: House) -> None:
    page = opened(PHONE)
    page.goto(START)
    walked(page)
    to_check(page, CANARY)
    page.locator("[formaction^='/qps/']").first.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert CANARY in page.locator("main").inner_text()


def test_where_there_is_no_net_and_no_page_help_is_there(phone: Callable[[], BrowserContext], house: House, net: Net) -> None:
    context = phone()
    page = context.new_page()
    page.goto(START)
    ready(page)
    net.down = True
    page.goto("/you-said-we-did")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no signal.")
    assert page.locator("a[href='tel:08001111']").count()
    page.goto("/help-now")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_phone_shows_by_itself_has_no_fault(opened: Callable[..., Page], house: House, net: Net, scheme: str) -> None:
    page = opened(PHONE, color_scheme=scheme)
    page.goto(START)
    walked(page)
    until(lambda: len(in_store(page)["pair"]) == 3)
    expect(page.locator("[data-draft]")).to_be_visible()
    check(page, "start")
    to_check(page, CANARY)
    check(page, "check")
    net.down = True
    page.get_by_role("button", name="Send it").click()
    kept_page(page)
    check(page, "kept")
    net.down = False
    page.get_by_role("button", name="Try now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    check(page, "sent")
    page.goto("/no-net")
    check(page, "no net")
