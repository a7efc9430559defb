"""An officer looks at a picture by keys alone, covers a part of it by hand, and locks another without opening it. Bar G9."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browsing import DESK, sign_in
from tests.journeys.conftest import House
from tests.looks import check
from voice import imaging, keeping, reading, safeguarding, storage
from voice.extensions import db


def sent(house: House, words: str, colour: str) -> uuid.UUID:
    """A pledge with a picture, as it lies there before anybody has looked."""
    image, out = Image.new("RGB", (640, 480), "white"), io.BytesIO()
    ImageDraw.Draw(image).rectangle((60, 60, 320, 420), fill=colour)
    image.save(out, "PNG")
    with house.app.app_context():
        kept = keeping.keep(str(uuid.uuid4()), activity_id=None, answers={}, words=[("pledge", words)])
        safeguarding.screen_submission(kept.submission_id, [words], unseen=True)
        picture_id = keeping.keep_picture(kept.submission_id, "picture", imaging.clean(out.getvalue()), kind="drawing")
        storage.commit()
        db.session.remove()
    return picture_id


def file_of(house: House, picture_id: uuid.UUID) -> tuple[str, tuple[int, int, int]]:
    """Its file’s name, and the colour in the middle of what we covered."""
    with house.app.app_context():
        found = keeping.pictures([picture_id])[picture_id]
        image = Image.open(io.BytesIO(keeping.picture_bytes(found.file, "full"))).convert("RGB")
        db.session.remove()
    red, green, blue = image.getpixel((image.width // 2, image.height // 2))  # type: ignore[misc]  # three numbers, as it is RGB
    return found.file, (int(red), int(green), int(blue))


def test_an_officer_looks_covers_and_locks_by_keys(opened: Callable[..., Page], house: House) -> None:
    seen, shut = sent(house, "I will walk to school.", "#cc2244"), sent(house, "I will pick up litter.", "#226644")
    before, edge = file_of(house, seen)
    page = opened(DESK)
    pixels: list[str] = []
    page.on("request", lambda request: pixels.append(request.url) if request.url.endswith(".webp") else None)
    sign_in(page, "officer@demo.example", house.passphrase)
    page.goto(f"/work/pictures?at={seen}")
    assert not pixels, "nothing of a picture is sent before it is opened"
    page.keyboard.press("o")
    page.wait_for_url("**/open*")
    expect(page.locator("svg.seen image")).to_be_visible()
    check(page, "a picture, open")
    assert [each.rpartition("/work/")[2] for each in pixels] == [f"pictures/{seen}/full.webp"]
    page.keyboard.press("f")
    page.locator("svg.seen").click()
    for key in ("ArrowRight", "ArrowLeft", "+", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[name=cover]")).to_have_count(1)
    expect(page.locator("[data-ring].on")).to_have_count(1)
    page.get_by_label("What is in it?").fill("A red house")
    page.locator("h1").click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("gone for good")
    after, middle = file_of(house, seen)
    assert after != before
    assert middle != edge
    page.goto(f"/work/pictures?at={shut}")
    pixels.clear()
    page.keyboard.press("!")
    page.get_by_label("What worries you?").fill("The words.")
    page.get_by_role("button", name="Lock it now").click()
    expect(page.get_by_role("status")).to_contain_text("The safeguarding lead alone may open it")
    assert not any(str(shut) in each for each in pixels)
    assert page.goto(f"/work/pictures/{shut}/open").status == 404  # type: ignore[union-attr]  # a page always answers
    with house.app.app_context():
        assert reading.picture(shut) is None
        db.session.remove()
