"""What goes along when a page is shared, and what search engines and readers of feeds find."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image

from tests.making import a_plan, a_theme, an_answer, the
from tests.reading import Visitor
from voice import plans, reviewing, storage
from voice.spreading.feed import ATOM
from voice.spreading.sitemap import LINKS, MAP

SLUG = "buses-stop-too-early-for-us"
CARDS = (f"/share/theme/{SLUG}.png", "/share/priority/1.png", "/share/page/home.png", "/share/page/plan.png", "/share/page/answers.png")


def entries(app: Flask, front: str = "") -> list[ElementTree.Element]:
    reply = app.test_client().get(f"{front}/you-said-we-did.atom")
    assert reply.mimetype == "application/atom+xml"
    return ElementTree.fromstring(reply.data).findall(f"{{{ATOM}}}entry")


def mapped(app: Flask) -> list[str]:
    root = ElementTree.fromstring(app.test_client().get("/sitemap.xml").data)
    return [each.findtext(f"{{{MAP}}}loc", "") for each in root]


def test_the_feed_holds_what_is_public_and_nothing_else(app: Flask) -> None:
    a_plan()
    an_answer()
    a_theme("Nobody answered this one yet.")
    (found,) = entries(app)
    assert found.findtext(f"{{{ATOM}}}title") == "“Buses stop too early for us.”"
    assert found.findtext(f"{{{ATOM}}}id", "").endswith(f"/you-said-we-did/{SLUG}")
    (in_welsh,) = entries(app, "/cy")
    assert in_welsh.findtext(f"{{{ATOM}}}id", "").endswith(f"/cy/you-said-we-did/{SLUG}")


def test_what_the_board_says_they_did_not_say_goes_nowhere(app: Flask) -> None:
    a_plan()
    theme_id = a_theme(heard=True)
    an_answer(theme_id)
    assert entries(app)
    reviewing.object_to(theme_id, "They said trains.", the("board_member"))
    storage.commit()
    assert not entries(app)
    assert not [each for each in mapped(app) if SLUG in each]
    assert app.test_client().get(CARDS[0]).status_code == 404


def test_every_page_of_the_map_opens_and_says_it_is_itself(app: Flask, visitor: Visitor) -> None:
    a_plan("calderdale")
    a_plan()
    an_answer()
    found = mapped(app)
    site = app.extensions["voice.settings"].public_url
    assert len(found) == len(set(found)) > 30
    for each in found:
        path = each.removeprefix(site)
        if "/cy" not in path and path.count("/") < 3 and not path.startswith(("/pl/", "/ro/", "/uk/", "/ur/")):
            page = app.test_client().get(path)
            assert page.status_code == 200, path
            canonical = BeautifulSoup(page.data, "html5lib").select_one("link[rel=canonical]")
            assert canonical is None or canonical["href"] == each
    first = ElementTree.fromstring(app.test_client().get("/sitemap.xml").data)[0]
    assert [each.get("hreflang") for each in first.findall(f"{{{LINKS}}}link")] == ["en", "cy", "pl", "ro", "uk", "ur"]


def test_a_card_is_as_large_as_shared_pages_are_shown_and_small_to_send(app: Flask) -> None:
    a_plan()
    an_answer()
    for path in CARDS:
        for front in ("", "/ur"):
            reply = app.test_client().get(front + path)
            assert reply.status_code == 200, path
            assert Image.open(BytesIO(reply.data)).size == (1200, 630)
            assert len(reply.data) < 60_000
            again = app.test_client().get(front + path, headers={"If-None-Match": reply.headers["ETag"]})
            assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/share/theme/nothing.png", "/share/priority/99.png", "/share/page/work.png", "/share/child/1.png"])
def test_there_is_no_card_of_what_is_not_public(app: Flask, path: str) -> None:
    a_plan()
    assert app.test_client().get(path).status_code == 404


def test_a_page_says_which_card_goes_with_it(app: Flask, visitor: Visitor) -> None:
    a_plan()
    an_answer()
    site = app.extensions["voice.settings"].public_url
    for path, card in (
        (f"/you-said-we-did/{SLUG}", CARDS[0]),
        ("/plan/1", CARDS[1]),
        ("/", CARDS[2]),
        (f"/ur/you-said-we-did/{SLUG}", f"/ur{CARDS[0]}"),
    ):
        page = BeautifulSoup(app.test_client().get(path).data, "html5lib")
        said = {each["property"]: each["content"] for each in page.select("meta[property^='og:']")}
        assert said["og:image"] == f"{site}{card}"
        assert said["og:url"] == f"{site}{path}"
        assert said["og:title"]
        assert said["og:description"]


def test_search_engines_are_told_where_the_map_is_and_what_is_not_theirs(app: Flask) -> None:
    words = app.test_client().get("/robots.txt").text.splitlines()
    assert f"Sitemap: {app.extensions['voice.settings'].public_url}/sitemap.xml" in words
    assert {"Disallow: /work", "Disallow: /board", "Disallow: /safeguarding", "Disallow: /your-receipt"} <= set(words)


def test_nothing_breaks_before_there_is_a_plan(app: Flask) -> None:
    assert not entries(app)
    assert plans.current_plan() is None
    assert any(each.endswith("/take-part") for each in mapped(app))
