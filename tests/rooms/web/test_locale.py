"""Languages, directions, days in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import gettext, ngettext, npgettext, pgettext

from tests.reading import Visitor
from voice.web import catalogues
from voice.web.locale import day, week, with_words


def test_the_prefix_stays_on_every_link_and_the_page_turns(furnished: Flask) -> None:
    page = Visitor(furnished.test_client()).open("/qps/parts")
    assert page.heading == "[Párts]"
    ours = [str(each["href"]) for each in page.soup.select("footer a[href^='/']:not([lang])")]
    assert ours
    assert all(each.startswith("/qps/") for each in ours)


def test_a_language_without_words_is_neither_shown_nor_served(furnished: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert with_words(["en", "ur", "qps"]) == ("en", "ur", "qps")
    page = Visitor(furnished.test_client()).open("/parts?page=2")
    assert [str(each["href"]) for each in page.soup.select(".langs a")] == ["/parts?page=2", "/ur/parts?page=2", "/qps/parts?page=2"]
    assert furnished.test_client().get("/pl/parts").status_code == 404
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    assert with_words(["en", "ur", "qps"]) == ("en", "qps")


def test_the_mirror_marks_every_way_of_saying(furnished: Flask) -> None:
    with furnished.test_request_context(environ_overrides={"voice.language": "qps"}):
        assert gettext("A word for %(name)s", name="Ada") == "[Á wórd fór Ada]"
        assert ngettext("%(num)s view", "%(num)s views", 2) == "[2 víéws]"
        assert pgettext("a verb", "Read") == "[Réád]"
        assert npgettext("a verb", "%(num)s go", "%(num)s goes", 3) == "[3 góés]"


def test_days_and_weeks_are_words(furnished: Flask) -> None:
    with furnished.test_request_context():
        assert day(date(2027, 1, 15)) == "15 January 2027"
        assert week(date(2026, 11, 15)) == "The week of 9 November 2026"


@pytest.mark.parametrize("path", ["/qpsx/parts", "/QPS/parts", "/en/parts"])
def test_only_a_whole_segment_is_a_language(furnished: Flask, path: str) -> None:
    assert furnished.test_client().get(path).status_code == 404
