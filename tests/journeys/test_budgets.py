"""The budgets of a page, measured: bytes as sent, years of school it takes to read, pixels to touch. The figures are in the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.grid import Eye, Run, Way
from tests.house.readability import grade
from tests.house.test_reading_age import ours
from tests.looks import SMALLEST
from tests.pages_of_the_house import AGES, scenes
from tests.reading import Page, Visitor
from tests.rooms.listening.making import WORDS, an_open_activity, shipped
from tests.weighing import assets, scales, weigh, with_modules
from voice import asking

FIRST_PAGE, WITH_OFFLINE, WHOLE_SURVEY = 14_000, 20_000, 60_000  # bytes
HARDEST = 4.0  # years of school
SURVEY = "county-voice-audit"
NARROW = Way("en", "light", "320", "100%")
TOUCHED = ("/", "/take-part", "start", "safe younger", "play middle", "first older", "why older", "check older", "thank you older", "/pledges/new")
Tell = Callable[[str, object], None]
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


@on_sqlite
def test_the_first_page_is_small(app: Flask, record_property: Tell) -> None:
    an_open_activity("big", document=shipped(SURVEY))
    client = scales(app)
    page = Visitor(client).open("/take-part/big")
    html, linked = client.weight, assets(page)
    parts = {kind: weigh(client, (each for each in linked if each.endswith(kind))) for kind in (".css", ".js")}
    first = html + sum(parts.values())
    record_property("budget", f"first page: html {html}, css {parts['.css']}, js {parts['.js']}: {first} bytes of {FIRST_PAGE}")
    assert first <= FIRST_PAGE


@on_sqlite
@pytest.mark.xfail(strict=True, reason="22 November 2026: 22.1 kB in twelve small modules, each compressed by itself; as one file it would be 20.5")
def test_the_first_page_is_small_with_all_that_works_offline(app: Flask, record_property: Tell) -> None:
    an_open_activity("big", document=shipped(SURVEY))
    client = scales(app)
    page = Visitor(client).open("/take-part/big")
    offline = client.weight + weigh(client, with_modules(client, assets(page)))
    record_property("budget", f"first page with the offline module: {offline} bytes of {WITH_OFFLINE}")
    assert offline <= WITH_OFFLINE


@on_sqlite
@pytest.mark.parametrize("age", AGES)
def test_a_whole_survey_is_small_without_javascript(app: Flask, age: str, record_property: Tell) -> None:
    an_open_activity("big", document=shipped(SURVEY))
    client = scales(app)
    pages, loaded = 0, set[str]()
    total = 0
    for page in walk(Visitor(client), age):
        total, pages, loaded = total + client.weight, pages + 1, loaded | assets(page)
    total += weigh(client, loaded)
    record_property("budget", f"whole survey without JavaScript, {age}: {pages} pages, {total} bytes of {WHOLE_SURVEY}")
    assert pages >= 8
    assert total <= WHOLE_SURVEY


def walk(visitor: Visitor, age: str) -> Iterator[Page]:
    """Each page from the first to the receipt, with something answered on every one."""
    page = visitor.open(f"/take-part/big?w={age}")
    yield page
    page = visitor.press("Start")
    while page.soup.select("[name=at]"):
        yield page
        box = page.soup.select_one("textarea, input[type=text], .choice input")
        more = {str(box["name"]): str(box.get("value") or WORDS * 3)} if box else {}
        page = visitor.press("Next" if page.soup.select("main.young") else "Continue", **more)
    yield page
    yield visitor.press("Send it")


@on_sqlite
@pytest.mark.parametrize("age", AGES)
def test_a_whole_survey_is_small_with_the_phones_own_pages(app: Flask, age: str, record_property: Tell) -> None:
    an_open_activity("big", document=shipped(SURVEY))
    client = scales(app)
    page = Visitor(client).open("/take-part/big")
    html = client.weight
    everything = f"/take-part/big/all?w={age}"
    parts = BeautifulSoup(client.get(everything).data, "html.parser")
    bundle = client.weight
    drawn = {str(each["href"]) for each in parts.select("template link[rel=stylesheet]")}
    improved = {address for each in parts.select("template main[data-with]") for address in str(each["data-with"]).split()}
    loaded = with_modules(client, assets(page) | drawn | improved)
    total = html + bundle + weigh(client, loaded)
    questions = len(parts.select("template[data-part^='ask:']"))
    record_property("budget", f"whole survey with JavaScript, {age}: {questions} questions in a bundle of {bundle}, {total} bytes of {WHOLE_SURVEY}")
    assert questions >= 5
    assert total <= WHOLE_SURVEY


@on_sqlite
@pytest.mark.parametrize("name", [file.stem for file in asking.shipped_instruments()])
def test_every_page_of_every_survey_reads_easily(app: Flask, name: str, record_property: Tell) -> None:
    """Each page a young person meets, from the first to the thanks, in each age's words and in Easy Read: graded as one text."""
    instrument = asking.load_instrument(shipped(name))
    an_open_activity("one", document=shipped(name))
    found: dict[str, dict[str, float]] = {}
    for prefix in ("", "/easy"):
        for age in instrument.wordings or ("older",):
            found[f"{prefix[1:]} {age}".strip()] = grades(app, f"{prefix}/take-part/one/all?w={age}")
    worst = {how: max(pages.items(), key=lambda each: each[1]) for how, pages in found.items()}
    told = ", ".join(f"{how} {pages['all']:.1f} (hardest page {worst[how][1]:.1f})" for how, pages in found.items())
    record_property("budget", f"years of school to read {name}: {told}")
    if instrument.speaker == "young_person":
        hard = {f"{how}: {page}": round(years, 1) for how, pages in found.items() for page, years in pages.items() if years > HARDEST}
        assert not hard


def grades(app: Flask, address: str) -> dict[str, float]:
    """The grade of each page there is in an activity, and of all of them together."""
    reply = app.test_client().get(address)
    assert reply.status_code == 200
    pages = {str(each["data-part"]): each for each in BeautifulSoup(reply.data, "html.parser").select("template[data-part]")}
    lines = {name: ours(f"<!doctype html>{part.decode_contents()}") for name, part in pages.items() if name.partition(":")[0] != "wrong"}
    return {**{name: grade(each) for name, each in lines.items()}, "all": grade(line for each in lines.values() for line in each)}


def test_everything_there_is_to_touch_is_big_enough(eye: Eye, record_property: Tell) -> None:
    """On the narrowest phone; test_grid holds it on all the others."""
    sizes = {scene.name: eye.smallest(Run(scene, NARROW)) for scene in scenes() if scene.name in TOUCHED}
    name, size = min(sizes.items(), key=lambda each: each[1])
    record_property("budget", f"smallest thing to touch on {len(sizes)} pages at 320 px: {size:.0f} px of at least {SMALLEST} ({name})")
    assert size >= SMALLEST - 0.5
