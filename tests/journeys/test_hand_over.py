"""A class of thirty on one phone: each has a turn and words of their own, and nobody finds anything of the one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.journeys.conftest import PHONE, House
from tests.journeys.test_no_signal import Net, net, until
from voice.extensions import db
from voice.keeping.models import Submission, View

__all__ = ["net"]

CLASS = 30
HAND_OVER = "/take-part/getting-about/hand-over"
SAID = "the gate at quillwater is stuck, says number {}"
CANARY = "quillwater"
# One turn as a child takes it, each press a click: start, pick an age, write where there is room to write, go on, send. Gives the words.
A_TURN = """async (said) => {
  const page = () => document.querySelector("main");
  const late = (fail) => setTimeout(() => fail(new Error(`nothing came after: ${page().innerText.slice(0, 400)}`)), 10000);
  const shown = () => new Promise((done, fail) => { addEventListener("shown", done, { once: true }); late(fail); });
  const press = async (button) => {
    const next = shown();
    button.click();
    await next;
    await new Promise((done) => setTimeout(done)); // no finger is faster
  };
  await press(page().querySelector(".turn-to button"));
  await press(page().querySelector("button[name=w][value=older], button[name=go][value=next]"));
  if (page().querySelector("[name=at]") === null && page().querySelector(".receipt") === null) {
    await press(page().querySelector(".btn[name=go][value=next]"));
  }
  while (page().querySelector("[name=at]")) {
    const box = page().querySelector("textarea");
    if (box) box.value = said;
    await press(page().querySelector(".btn[name=go][value=next]"));
  }
  await press(page().querySelector("[name=go][value=send]"));
  return [...page().querySelectorAll(".receipt li")].map((each) => each.innerText.trim());
}"""
# Whatever a page could have left on the phone, as text.
LEFT = """async () => {
  const found = [document.documentElement.outerHTML, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  const db = await new Promise((done) => { const asked = indexedDB.open("voice"); asked.onsuccess = () => done(asked.result); });
  for (const store of db.objectStoreNames) {
    const rows = await new Promise((done) => {
      const asked = db.transaction(store).objectStore(store).getAll();
      asked.onsuccess = () => done(asked.result);
    });
    found.push(JSON.stringify(rows, (_, value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value)));
  }
  db.close();
  return found.join("\\n");
}"""


def hand_over(page: Page) -> None:
    """The adult begins; the phone has what it needs."""
    page.goto(HAND_OVER)
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    page.wait_for_selector("html[data-walk=here]")


def give_back(page: Page) -> None:
    page.get_by_role("link", name="Done: give the phone back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    page.wait_for_selector("html[data-walk=here]")


def kept(house: House) -> list[Submission]:
    with house.app.app_context():
        said = select(View.submission_id).where(View.words.contains(CANARY))
        rows = list(db.session.scalars(select(Submission).where(Submission.id.in_(said))))
        db.session.remove()
    return rows


def nothing_of(page: Page, words: list[str]) -> None:
    seen = page.content() + page.title() + page.url
    assert CANARY not in seen
    assert not page.locator("textarea, .receipt").count()
    assert " ".join(words) not in page.locator("body").inner_text().replace("\n", " ")


def test_a_class_of_thirty_on_one_phone(house: House, opened: Callable[..., Page]) -> None:
    page = opened(PHONE)
    hand_over(page)
    entries = page.evaluate("history.length")
    receipts: list[list[str]] = []
    for number in range(1, CLASS + 1):
        receipts.append(page.evaluate(A_TURN, SAID.format(number)))
        give_back(page)
        nothing_of(page, receipts[-1])
    assert all(len(words) == 5 for words in receipts)
    assert len(set(map(tuple, receipts))) == CLASS, "each has words of their own"
    assert page.evaluate("history.length") == entries, "thirty turns leave nothing in the history"

    rows = kept(house)
    assert [row.way_in for row in rows] == ["hand_over"] * CLASS
    left = page.evaluate(LEFT)
    assert CANARY not in left
    for words in receipts:
        assert " ".join(words) not in left
        assert '","'.join(words) not in left
    for move in (page.go_back, page.go_forward, page.reload):
        move()
        nothing_of(page, receipts[-1])
    assert not page.context.cookies()


def test_the_signal_goes_in_the_middle_of_a_class(house: House, opened: Callable[..., Page], net: Net) -> None:
    page = opened(PHONE)
    hand_over(page)
    until(lambda: has_receipts(page, 3), "the phone fetched no receipts while it had a signal")
    until(lambda: keeps(page, f"{HAND_OVER}/next?home=en", "w=older&way=hand_over&home=en"), "the phone keeps too few pages")
    net.down = True
    receipts = []
    for number in (1, 2, 3):
        receipts.append(page.evaluate(A_TURN, SAID.format(number)))
        expect(page.get_by_role("heading", level=1)).to_have_text("It is kept on this phone.")
        give_back(page)
        nothing_of(page, receipts[-1])
    assert [len(words) for words in receipts] == [5, 5, 5]
    expect(page.get_by_text("Waiting to be sent: 3")).to_be_visible()
    assert CANARY not in page.evaluate(LEFT)
    net.down = False
    page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(kept(house)) == 3, "what waited was not sent")
    expect(page.get_by_text("Waiting to be sent:")).to_be_hidden()
    assert [row.way_in for row in kept(house)] == ["hand_over"] * 3
    page.goto("/your-receipt")
    for place, word in enumerate(receipts[1], start=1):
        page.get_by_label(f"Word {place}").fill(word)
    page.get_by_role("button", name="See what we did").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is on its way.")


def has_receipts(page: Page, least: int) -> bool:
    counted: Any = page.evaluate("""async () => {
      if (!(await indexedDB.databases()).some(({ name }) => name === "voice")) return 0; // opening it would make it
      return new Promise((done) => {
        const asked = indexedDB.open("voice");
        asked.onsuccess = () => {
          const count = asked.result.transaction("pair").objectStore("pair").count();
          count.onsuccess = () => { asked.result.close(); done(count.result); };
        };
      });
    }""")
    return int(counted) >= least


def keeps(page: Page, *wanted: str) -> bool:
    held: list[str] = page.evaluate("""async () => {
      const names = await caches.keys(), caught = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())));
      return caught.flat().map(({ url }) => url);
    }""")
    return all(any(each in address for address in held) for each in wanted)
