"""Every page that young people, families and the public read, in every language we offer: whole, marked, and never a dead end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from tests.pages_of_the_house import CHILD
from tests.reading import Visitor, tidy
from voice.config import read_settings
from voice.extensions import db
from voice.storage import changes_of
from voice.web import catalogues, gathering
from voice.web.locale import LANGUAGES, day, with_words
from voice.wiring import create_app

OFFERED = with_words(LANGUAGES)


@pytest.fixture(scope="module")
def county(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = shutil.copytree(demo_folder, tmp_path_factory.mktemp("languages") / "data")
    app = create_app(read_settings({"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county"}, testing=True))
    yield app
    with app.app_context():
        db.engine.dispose()
    shutil.rmtree(folder)


@pytest.mark.parametrize("code", OFFERED)
def test_every_page_is_whole_in_every_language(county: Flask, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    monkeypatch.setattr(catalogues.Written, "_note", lambda _words, message: asked.add(message))
    prefix = "" if code == "en" else f"/{code}"
    for path in CHILD:
        page = Visitor(county.test_client()).open(prefix + path, 404 if path == "/nowhere-at-all" else 200)
        root = page.one("html")
        assert (root["lang"], root["dir"]) == (LANGUAGES[code].tag, LANGUAGES[code].direction)
        ways = page.soup.select("#languages [lang]")
        assert [each.get_text() for each in ways if each.name in ("a", "button")] == [LANGUAGES[each].name for each in OFFERED]
        assert page.one("#languages [aria-current]").get_text() == LANGUAGES[code].name
    listed = {catalogues.first_id(each) for each in gathering.pot("messages") if each.id}
    assert not asked - listed - {""}, "said on a page for all, and not in messages.pot (see voice/web/gathering.py)"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "15 January 2027"),
        ("easy", "15 January 2027"),
        ("cy", "15 Ionawr 2027"),
        ("pl", "15 stycznia 2027"),
        ("ro", "15 ianuarie 2027"),
        ("uk", "15 січня 2027"),
        ("ur", "15 جنوری 2027"),
    ],
)
def test_a_day_is_said_as_each_language_says_it(county: Flask, code: str, said: str) -> None:
    with county.test_request_context(environ_overrides={"voice.language": code}):
        assert day(date(2027, 1, 15)) == said


def test_safety_words_nobody_checked_have_the_english_beside_them(county: Flask) -> None:
    page = Visitor(county.test_client()).open("/cy/help-now")
    beside = page.soup.select("main .beside")
    assert len(beside) >= 6
    assert all((each["lang"], each["dir"]) == ("en", "ltr") for each in beside)
    assert "In danger? Call 999" in tidy(beside[1].get_text())
    assert len(page.soup.select("#help")) == 1
    for path in ("/help-now", "/easy/help-now", "/qps/help-now"):
        assert not Visitor(county.test_client()).open(path).soup.select(".beside")


def test_checked_safety_words_stand_alone(county: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues.Written, "is_checked", lambda _words, _message: True)
    changes_of(county).put_all()  # else the page that is kept would be sent
    assert not Visitor(county.test_client()).open("/cy/help-now").soup.select("main .beside")


def test_a_first_draft_is_called_one_and_english_is_not(county: Flask) -> None:
    assert "These words are a first draft." in str(Visitor(county.test_client()).open("/cy/plan").one(".draft"))
    assert not Visitor(county.test_client()).open("/plan").soup.select(".draft")
    page = Visitor(county.test_client()).open("/cy/accessibility")
    assert "Cymraeg" in page.words
    assert f"0 o {catalogues.tally('messages', 'cy').strings}" in page.words


def test_the_desk_speaks_english_until_it_has_words_of_its_own(county: Flask) -> None:
    assert county.test_client().get("/cy/work").headers["Location"] == "/cy/sign-in?next=/cy/work"
    with county.test_request_context("/cy/work", environ_overrides={"voice.language": "cy", "PATH_INFO": "/work"}):
        assert day(date(2027, 1, 15)) == "15 January 2027"
