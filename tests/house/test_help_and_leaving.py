"""Help is on every page a young person meets, in every language and where something went wrong; and so is the way out, before it is needed.
Bars G4 and U9."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, abort
from playwright.sync_api import Browser, Route
from sqlalchemy.exc import OperationalError

from tests.browsing import PHONE, a_browser, served
from tests.demo import environment
from tests.pages_of_the_house import CHILD, Scene, furnish, scenes
from voice.config import read_settings
from voice.extensions import db
from voice.storage import changes_of
from voice.web.access import open_to_all
from voice.wiring import create_app

Tell = Callable[[str, object], None]
LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ur", "easy")
HELP = {"tel:999", "tel:08001111"}
ELSEWHERE = "https://www.bbc.co.uk/weather"
NUMBERS_AT_HAND = "/help-now"
# Where a young person's own words are on the screen, or are about to be. Reading what the council says is not.
SENSITIVE = ("/take-part/", "/box/", "/pledges/new", "/pledges/check", "/pledges/sent", "/pledges/grown-up", "/your-receipt", "/code", "/q/")


@pytest.fixture(scope="module")
def house(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Mapping[str, list[str]]]]:
    folder = shutil.copytree(demo_folder, tmp_path_factory.mktemp("help") / "data")
    app = create_app(read_settings(environment(folder), testing=True))
    yield app, furnish(app)
    with app.app_context():
        db.engine.dispose()
    shutil.rmtree(folder)


def met() -> list[Scene]:
    """Every page a young person meets, in the states it can be in."""
    return [each for each in scenes() if each.who is None and not each.path.startswith("/sign-in")]


@dataclass(frozen=True)
class Met:
    """What matters here of a page: its status, where its links lead, and whether a plain link out is in sight."""

    status: int
    links: frozenset[str]
    has_way_out: bool


@pytest.fixture(scope="module")
def open_in(house: tuple[Flask, Mapping[str, list[str]]]) -> Callable[[Scene, str], Met]:
    """`open_in(scene, language)`: each is opened once and looked at by all."""
    return functools.cache(functools.partial(_open, *house))


def _open(app: Flask, made: Mapping[str, list[str]], scene: Scene, language: str) -> Met:
    path = scene.path if language == "en" else f"/{language}{scene.path}"
    for name, values in made.items():
        path = path.replace(f"{{{name}}}", values[0])
    fields = {name: [word for each in values for word in made.get(each.strip("{}"), [each])] for name, values in scene.fields.items()}
    client = app.test_client()
    reply = client.post(path, data=fields) if fields else client.get(path, headers={"Accept": "text/html"})
    page = BeautifulSoup(reply.get_data(as_text=True), "lxml")  # the markup itself is proof-read elsewhere, by a stricter and slower reader
    link = page.select_one(f"a.leave[href='{ELSEWHERE}']")
    plain = link is not None and link.get("rel") == ["noreferrer"] and not link.has_attr("hidden") and not link.find_parent(attrs={"hidden": True})
    return Met(reply.status_code, frozenset(str(each["href"]) for each in page.select("a[href]")), plain)


def lacks_help(links: Set[str]) -> str:
    """What is missing: both numbers as links one taps to ring, or the page of help one tap away that has them."""
    here = links >= HELP
    one_tap = any(each == NUMBERS_AT_HAND or each.endswith(NUMBERS_AT_HAND) for each in links)
    return "" if here or one_tap else f"no help among {sorted(links)[:8]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_at_most_one_tap_away_on_every_page(open_in: Callable[[Scene, str], Met], language: str, record_property: Tell) -> None:
    wrong, pages, at_once = [], met(), 0
    for scene in pages:
        page = open_in(scene, language)
        assert page.status == scene.status, f"{scene.name}: {page.status}"
        missing = lacks_help(page.links)
        at_once += page.links >= HELP
        wrong += [f"{scene.name}: {missing}"] if missing else []
    assert not wrong, "\n".join(wrong)
    record_property(
        "budget", f"G4 {language}: help one tap away on {len(pages)} of {len(pages)} pages and states, the numbers themselves on {at_once}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_stand_on_the_help_page_and_where_something_went_wrong(
    house: tuple[Flask, Mapping[str, list[str]]], language: str, monkeypatch: pytest.MonkeyPatch, record_property: Tell
) -> None:
    app, _made = house

    @open_to_all
    def broken(**_named: object) -> str:
        raise RuntimeError

    @open_to_all
    def no_database(**_named: object) -> str:
        raise OperationalError("select", {}, Exception())

    @open_to_all
    def too_often(**_named: object) -> str:
        abort(429)

    client, prefix = app.test_client(), "" if language == "en" else f"/{language}"
    replies = [(200, client.get(f"{prefix}/help-now")), (200, client.get(f"{prefix}/no-net")), (404, client.get(f"{prefix}/nowhere"))]
    replies.append((403, client.post(f"{prefix}/take-part/every/answers", headers={"Sec-Fetch-Site": "cross-site"})))
    replies.append((413, client.post(f"{prefix}/take-part/every/answers", data={"a.why": "a" * 3_000_000}, headers={"Accept": "text/html"})))
    for status, way in ((500, broken), (503, no_database), (429, too_often)):
        monkeypatch.setitem(app.view_functions, "listening.take_part", way)
        changes_of(app).put_all()  # else the page that is kept would be sent
        replies.append((status, client.get(f"{prefix}/take-part")))
    replies.append((200, client.get(f"{prefix}/take-part/soon")))  # closed
    for status, reply in replies:
        page = BeautifulSoup(reply.get_data(as_text=True), "html5lib")
        rung = {str(each["href"]) for each in page.select("a[href^='tel:']")}
        assert reply.status_code == status, reply.get_data(as_text=True)[:300]
        assert rung >= HELP, f"{status} {reply.request.path}: {rung}"
    record_property(
        "budget", f"G4 {language}: 999 and 0800 1111 to tap on help, no net, closed and {[status for status, _ in replies if status >= 400]}"
    )


def test_the_last_page_has_the_numbers_too() -> None:
    page = BeautifulSoup((Path(__file__).parents[2] / "voice/web/down.html").read_text(encoding="utf-8"), "html5lib")
    assert {str(each["href"]) for each in page.select("a[href]")} >= HELP


# --- the way out


def is_sensitive(scene: Scene) -> bool:
    return scene.path.startswith(SENSITIVE) and scene.status != 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sensitive_page_has_the_way_out_as_a_plain_link(open_in: Callable[[Scene, str], Met], language: str, record_property: Tell) -> None:
    pages = [each for each in met() if is_sensitive(each)]
    wrong = [scene.name for scene in pages if not open_in(scene, language).has_way_out]
    assert len(pages) >= 60
    assert not wrong, "\n".join(wrong)
    record_property("budget", f"U9 {language}: a plain link out on {len(pages)} of {len(pages)} sensitive pages and states")


def test_it_is_explained_before_words_are_asked_for(house: tuple[Flask, Mapping[str, list[str]]]) -> None:
    app, _made = house
    client = app.test_client()
    first = [each for each in CHILD if each.startswith(("/take-part/", "/q/"))] + ["/take-part/every", "/pledges/new", "/your-receipt", "/box/box"]
    for path in first:
        words = BeautifulSoup(client.get(path).data, "html5lib").get_text(" ")
        if "hand-over" not in path:
            assert "does not clear your history" in " ".join(words.split()), path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


def _show(body: bytes, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("width", [320, PHONE["width"]])
def test_it_is_big_enough_and_stays_in_sight(
    house: tuple[Flask, Mapping[str, list[str]]], chromium: Browser, width: int, record_property: Tell
) -> None:
    app, made = house
    pages = {each.page: each for each in met() if is_sensitive(each)}
    smallest = 999.0
    with served(app) as port:
        context = chromium.new_context(viewport={"width": width, "height": 700}, base_url=f"http://127.0.0.1:{port}", java_script_enabled=False)
        page = context.new_page()
        for scene in pages.values():
            fields = {name: [word for each in values for word in made.get(each.strip("{}"), [each])] for name, values in scene.fields.items()}
            reply = app.test_client().post(scene.path, data=fields) if fields else app.test_client().get(scene.path)
            page.route("**/shown", functools.partial(_show, reply.data))
            page.goto("/shown")
            page.mouse.wheel(0, 5000)
            box = page.locator("a.leave").first.bounding_box()
            assert box, scene.name
            assert min(box["width"], box["height"]) >= 44, f"{scene.name}: {box}"
            assert 0 <= box["y"] < 700, f"{scene.name}: out of sight"
            assert box["x"] >= 0, f"{scene.name}: {box}"
            assert box["x"] + box["width"] <= width, f"{scene.name}: {box}"
            smallest = min(smallest, box["width"], box["height"])
            page.unroute("**/shown")
        assert context.cookies() == []
        context.close()
    record_property("budget", f"U9: at {width} px the way out is {smallest:.0f} px at least, and in sight, on {len(pages)} pages")
