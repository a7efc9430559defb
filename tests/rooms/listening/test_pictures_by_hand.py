"""A drawing and a photo as a finger makes them: with a script, without one, and where the signal goes before they are sent."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.browsing import PATIENCE, PHONE, served
from tests.rooms.listening.conftest import onward
from tests.rooms.listening.every import DRAWN
from tests.rooms.listening.making import an_open_activity
from voice import keeping, storage
from voice.extensions import db
from voice.keeping.models import Submission

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
Opened = Callable[..., Page]
HELD = """async () => {
  const db = await new Promise(done => { const ask = indexedDB.open('voice'); ask.onsuccess = () => done(ask.result); });
  const all = db.transaction('final').objectStore('final').getAll();
  return new Promise(done => { all.onsuccess = () => done(JSON.stringify(all.result)); });
}"""
FULL = """() => { window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"""


@pytest.fixture
def opened(chromium: Browser, app: Flask) -> Iterator[Opened]:
    """`opened(age, scripts=True)`: a phone at the question that asks for a picture."""
    an_open_activity(document=DRAWN)
    contexts = []
    with served(app) as port:

        def at_the_picture(age: str, *, scripts: bool = True) -> Page:
            context = chromium.new_context(viewport=PHONE, java_script_enabled=scripts, base_url=f"http://127.0.0.1:{port}")  # type: ignore[arg-type]
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(f"/take-part/way?w={age}")
            if scripts:
                page.wait_for_selector("html[data-walk]")
            for _ in range(4):
                onward(page)
            assert page.locator("input[name=on][value=picture]").count() == 1
            return page

        yield at_the_picture
        for context in contexts:
            context.close()


def draw(page: Page) -> None:
    board = page.locator("[data-board] canvas")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=6)
    page.mouse.up()


def a_photo(width: int, height: int) -> dict[str, object]:
    """As a phone held upright takes it: lying on its side, with a note which way is up."""
    held, notes = io.BytesIO(), Image.Exif()
    notes[0x0112] = 6
    Image.effect_noise((width // 9, height // 9), 90).resize((width, height)).convert("RGB").save(held, "JPEG", exif=notes, quality=92)
    return {"name": "IMG_2041.JPG", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def kept() -> list[tuple[dict[str, object], list[keeping.KeptPicture]]]:
    db.session.rollback()
    rows = storage.session().scalars(select(Submission)).all()
    pictures = keeping.pictures_of([row.id for row in rows])
    return [(row.answers, pictures.get(row.id, [])) for row in rows]


def test_what_is_drawn_waits_sealed_for_a_signal_and_goes(opened: Opened) -> None:
    page = opened("younger")
    expect(page.locator("[data-ways]")).to_be_visible()
    expect(page.locator("[data-way=paper]")).to_be_hidden()
    draw(page)
    page.fill("#picture_alt", "My tree")
    page.context.set_offline(True)
    page.evaluate(FULL)
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("[data-lost]")).to_contain_text("This phone has no room to keep your picture.")
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("h1")).to_have_text("It is kept on this phone.")
    lying = str(page.evaluate(HELD))
    assert '"sealed"' in lying
    assert len(lying) > 3000
    assert "My tree" not in lying
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    ((answers, (picture,)),) = kept()
    assert answers == {"place": ["picture"]}
    assert (picture.kind, picture.alt, picture.width, picture.height) == ("drawing", "My tree", 1200, 900)


def test_a_photo_is_made_small_and_survives_a_look_back(opened: Opened) -> None:
    page, sizes = opened("older"), []
    page.on("request", lambda request: sizes.append(len(request.post_data_buffer or b"")) if request.url.endswith("/submissions") else None)
    page.locator("input[type=file][name=picture]").last.set_input_files(a_photo(1800, 1200))  # type: ignore[arg-type]
    expect(page.locator("[data-editor]")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("h1")).to_have_text("Check what you said")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[data-editor]")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert 10_000 < max(sizes) < 600_000
    ((answers, (picture,)),) = kept()
    assert answers == {"spot": ["picture"]}
    assert picture.kind == "photo"
    assert picture.width < picture.height


def test_a_picture_that_is_no_longer_asked_for_stays_behind(opened: Opened) -> None:
    page = opened("older")
    page.locator("input[type=file][name=picture]").last.set_input_files(a_photo(320, 240))  # type: ignore[arg-type]
    expect(page.locator("[data-editor]")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    page.locator("[data-line=like] button").click()
    page.locator("input[value=home]").check(force=True)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Check what you said")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert kept() == [({"like": ["home"]}, [])]


def test_without_a_script_it_goes_by_the_form_alone(opened: Opened) -> None:
    page = opened("middle", scripts=False)
    expect(page.locator("[data-ways]")).to_be_hidden()
    page.locator("[data-way=paper] input[type=file]").last.set_input_files(a_photo(640, 480))  # type: ignore[arg-type]
    page.fill("#picture_alt", "My tree")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator(".receipt li")).to_have_count(5)
    ((answers, (picture,)),) = kept()
    assert answers == {"place": ["picture"]}
    assert (picture.kind, picture.alt, picture.width, picture.height) == ("drawing", "My tree", 480, 640)
