"""Every layout, read as a careful reader reads it, in each direction; and what the first page of a survey weighs."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from tests.reading import Visitor
from tests.rooms.web.conftest import ROOT, Roles
from voice.web.symbols import SYMBOLS


@pytest.mark.parametrize("prefix", ["", "/qps"])
@pytest.mark.parametrize("path", ["/child", "/board", "/desk", "/parts", "/no-such-page"])
def test_every_layout_reads_well(furnished: Flask, roles: Roles, path: str, prefix: str) -> None:
    roles.held = frozenset({"officer"})
    page = Visitor(furnished.test_client()).open(prefix + path, 404 if path == "/no-such-page" else 200)
    assert page.soup.html
    assert page.soup.html["dir"] == ("rtl" if prefix else "ltr")
    assert page.one("a.skip")["href"] == "#main"
    assert page.one("main#main")


def test_help_and_the_way_out_stand_on_every_page_of_a_young_person(furnished: Flask) -> None:
    for path, status in (("/child", 200), ("/no-such-page", 404), ("/broken", 500), ("/no-database", 503), ("/too-many", 429)):
        page = Visitor(furnished.test_client()).open(path, status)
        assert {"tel:999", "tel:08001111"} <= {str(each["href"]) for each in page.soup.select("a[href^='tel:']")}, path
        leave = page.one("a.leave")
        assert leave["href"] == "https://www.bbc.co.uk/weather"
        assert leave["rel"] == ["noreferrer"]


def test_a_survey_page_has_no_menu_and_two_small_stylesheets(furnished: Flask) -> None:
    page = Visitor(furnished.test_client()).open("/child")
    assert not page.soup.select("header nav")
    assert [str(each["href"]).rsplit("/", 1)[1] for each in page.soup.select("link[rel=stylesheet]")] == ["tokens.css", "base.css"]


def test_a_page_carries_only_the_pictures_it_uses(furnished: Flask) -> None:
    page = Visitor(furnished.test_client()).open("/child")
    carried = {str(each["id"]) for each in page.soup.select("symbol")}
    assert carried == {str(each["href"])[1:] for each in page.soup.select("use")}
    assert {"f-1", "f-5", "i-help", "i-leave"} <= carried
    assert len(carried) < len(SYMBOLS) / 2


def test_a_question_page_and_its_styles_weigh_little(furnished: Flask) -> None:
    client = furnished.test_client()
    page = Visitor(client).open("/child")
    styles = [client.get(str(each["href"]), headers={"Accept-Encoding": "gzip"}).data for each in page.soup.select("link[rel=stylesheet]")]
    assert len(gzip.compress(page.raw)) + sum(map(len, styles)) <= 9_000  # of 14 kB: scripts and longer questions need the rest


def test_a_part_that_is_not_there_is_refused(furnished: Flask) -> None:
    with furnished.test_request_context(), pytest.raises(KeyError, match="i-unicorn"):
        furnished.jinja_env.from_string("{{ icon('unicorn') }}").render()


def test_a_wrong_field_says_what_to_do_and_the_summary_leads_to_it(furnished: Flask) -> None:
    page = Visitor(furnished.test_client()).open("/parts")
    wrong = page.one("#place")
    assert wrong["aria-invalid"] == "true"
    assert wrong["aria-describedby"] == "place-hint place-why"
    assert "at most 20 letters" in page.one(".errors a[href='#place']").get_text()


def test_pictures_carry_no_name_that_another_may_carry_too() -> None:
    """Five of the receipt’s pictures stand on one page, beside the icons."""
    drawings = [*(drawing for _box, drawing in SYMBOLS.values()), (ROOT / "voice/keeping/pictures.json").read_text(encoding="utf-8")]
    assert not [each for each in drawings if " id=" in each]
