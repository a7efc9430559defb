"""Making a pledge on a phone: every kind, with a script and without, under 13 and over, without a signal, and taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.journeys.conftest import House
from tests.journeys.test_no_signal import Net, until
from voice import keeping
from voice.extensions import db
from voice.keeping.models import View
from voice.keeping.picture_models import Picture
from voice.pledging.models import Pledge

WORDS = "I will plant a quince tree by the bus stop."
PHOTO_COLOUR = (200, 40, 40)
TEAL = (38, 166, 154)  # the ground of the star sticker
RED = (215, 38, 61)  # of the pen


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a phone’s camera makes it: large, and lying on its side."""
    file, image = tmp_path / "IMG_1.jpg", Image.new("RGB", (2400, 1800), PHOTO_COLOUR)
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(file, "JPEG", exif=exif)
    return file


def to_last(page: Page, kind: str, age: str, words: str = WORDS) -> None:
    page.goto("/pledges/new")
    on_the_way(page, kind, age, words)


def on_the_way(page: Page, kind: str, age: str, words: str = WORDS) -> None:
    page.locator("#pledge").fill(words)
    onward(page, "how")
    page.locator(f"[name=kind][value={kind}]").check()
    page.locator(f"[name=age][value='{age}']").check()
    onward(page, "check")
    onward(page, "last")


def onward(page: Page, step: str) -> None:
    page.locator("form#walk > button.btn[name=go]").click()
    page.wait_for_selector(f"[name=at][value={step}]", state="attached")


def send(page: Page, picture_ok: str | None = None) -> tuple[list[str], list[str]]:
    """The receipt words, and those for a parent."""
    page.locator("[name=words_ok]").check()
    if picture_ok:
        page.locator(f"[name=picture_ok][value={picture_ok}]").check()
    page.locator("button[name=go][value=send]").click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    return page.locator(".receipt li span").all_inner_texts(), page.locator(".slip li").all_inner_texts()


def kept(house: House, words: str) -> tuple[Pledge, Picture | None]:
    with house.app.app_context():
        wanted = select(Pledge, Picture).join(View, View.id == Pledge.view_id).outerjoin(Picture, Picture.submission_id == Pledge.submission_id)
        pledge, picture = db.session.execute(wanted.where(View.words == words)).one()
        db.session.expunge_all()
        return pledge, picture


def colours(house: House, picture: Picture | None) -> list[tuple[int, ...]]:
    """What colours there are in what we kept."""
    assert picture
    with house.app.app_context():
        image = Image.open(io.BytesIO(keeping.picture_bytes(picture.file, "full"))).convert("RGB")
    small = image.resize((160, 120), Image.Resampling.NEAREST)
    return [colour for _count, colour in small.getcolors(160 * 120) or []]


def shows(house: House, picture: Picture | None, colour: tuple[int, ...]) -> bool:
    return any(near(each, colour) for each in colours(house, picture))


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def walking(page: Page) -> None:
    """The way on the phone has begun to listen."""
    page.goto("/pledges/new")
    page.wait_for_selector("html[data-walk]", state="attached")


def test_without_a_script_every_kind_gets_there(house: House, opened: Callable[..., Page], photo: Path) -> None:
    page = opened(scripts=False)
    for number, (kind, age) in enumerate([("card", "13_or_over"), ("selfie", "under_13"), ("avatar", "13_or_over"), ("words", "under_13")]):
        words = f"{WORDS} {number}"
        to_last(page, kind, age, words)
        if kind in ("card", "selfie"):
            page.locator("input[type=file]").nth(number % 2).set_input_files(photo)
        receipt, slip = send(page, "yes" if kind in ("card", "selfie") else None)
        pledge, picture = kept(house, words)
        assert (len(receipt), len(slip)) == (5, 5 if age == "under_13" else 0)
        assert (pledge.kind, pledge.is_under_13, picture is not None) == (kind, age == "under_13", kind in ("card", "selfie"))
        if picture:
            assert (picture.width, picture.height) == (1200, 1600)  # the way up it was held
    to_last(page, "drawing", "13_or_over")
    expect(page.locator("main")).to_contain_text("can’t draw on the page")
    page.get_by_role("button", name="Take a photo of paper").click()
    expect(page.locator("h1")).to_have_text("Take a photo of your paper")
    assert page.locator("[name=pledge]").input_value() == WORDS


def test_a_photo_is_turned_and_a_face_covered_by_keys_alone_and_made_small_on_the_phone(
    house: House, opened: Callable[..., Page], photo: Path
) -> None:
    page = opened()
    walking(page)
    before = page.evaluate("history.length")
    on_the_way(page, "selfie", "13_or_over")
    page.locator("input[type=file]").first.set_input_files(photo)
    page.wait_for_selector("[data-editor]:visible")
    for button in ("[data-tool=turn]", "[data-do=right]", "[data-tool=crop]", "[data-do=more]", "[data-tool=cover]", "[data-sticker=star]"):
        page.locator(button).press("Enter")
    page.locator("[data-canvas]").focus()
    for key in ("ArrowLeft", "ArrowRight", "+", "+"):
        page.keyboard.press(key)
    page.locator("button[name=go][value=check]").click()  # back, and on again: the picture is as it was
    page.wait_for_selector("dl.check")
    onward(page, "last")
    receipt, _slip = send(page, "yes")
    assert page.evaluate("history.length") == before
    _pledge, picture = kept(house, WORDS)
    assert picture
    assert picture.width > picture.height  # turned once more than it was held
    assert shows(house, picture, TEAL)
    page.goto("/your-receipt")
    for number, word in enumerate(receipt):
        page.locator("[name=word]").nth(number).fill(word)
    page.get_by_role("button", name="See what we did").click()
    page.get_by_role("button", name="I kept it").click()
    expect(page.locator("h1")).to_have_text("You kept your pledge.")
    page.get_by_role("button", name="Take the picture away").click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.locator("main")).to_contain_text("The picture is gone.")
    assert kept(house, WORDS)[1] is None


def test_a_drawing_by_finger_and_by_keys_can_be_undone_and_is_not_cleared_by_a_slip(house: House, opened: Callable[..., Page]) -> None:
    page = opened()
    walking(page)
    on_the_way(page, "drawing", "13_or_over")
    canvas = page.locator("[data-canvas]")
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=8)
    page.mouse.up()
    page.locator("[data-do=undo]").click()
    page.locator("[data-do=clear]").click()
    page.locator("[data-do=keep]").click()
    page.locator("[name=words_ok]").check()
    page.locator("[name=picture_ok][value=yes]").check()
    page.locator("button[name=go][value=send]").click()
    expect(page.locator(".why:visible").first).to_contain_text("We got no picture.")  # an empty paper is no drawing
    page.locator("[data-ink=red]").press("Enter")
    page.locator("[data-nib='32']").press("Enter")
    canvas.focus()
    page.keyboard.press("Space")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowUp")
    send(page, "yes")
    _pledge, picture = kept(house, WORDS)
    assert shows(house, picture, RED)


def test_without_a_signal_a_pledge_waits_sealed_with_its_picture_and_arrives_once(house: House, opened: Callable[..., Page], photo: Path) -> None:
    net, page = Net(house), opened()
    walking(page)
    held = "async () => Boolean(await caches.match('/pledges/all', { ignoreVary: true }))"
    until(lambda: bool(page.evaluate(held)), "the phone never kept the pages")
    until(lambda: page.evaluate("indexedDB.databases().then((all) => all.length)") > 0, "no pairs")
    page.wait_for_timeout(500)
    net.down = True
    page.reload()
    page.wait_for_selector("html[data-walk]", state="attached")
    on_the_way(page, "card", "under_13")
    page.locator("input[type=file]").first.set_input_files(photo)
    page.wait_for_selector("[data-editor]:visible")
    page.locator("[name=words_ok]").check()
    page.locator("[name=picture_ok][value=yes]").check()
    page.locator("button[name=go][value=send]").click()
    expect(page.locator("h1")).to_have_text("It is kept on this phone.")
    expect(page.locator("main")).to_contain_text("words for your parent or carer come")
    stored = page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open('voice'); asked.onsuccess = () => {
            const all = asked.result.transaction('final').objectStore('final').getAll();
            all.onsuccess = () => done(JSON.stringify(all.result)); }; })"""
    )
    assert '"sealed"' in stored
    assert "quince" not in stored
    net.down = False
    page.locator("[data-again]").click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    expect(page.locator(".slip li")).to_have_count(5)
    pledge, picture = kept(house, WORDS)
    assert pledge.is_under_13
    assert shows(house, picture, PHOTO_COLOUR)
