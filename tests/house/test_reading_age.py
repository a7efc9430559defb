"""Pages that young people read use short words and short sentences; what others wrote, and the words of a plan, are left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from tests.house.readability import grade, sentences, words
from tests.pages_of_the_house import CHILD
from voice.config import read_settings
from voice.extensions import db
from voice.wiring import create_app

BLOCKS = ("p", "li", "h1", "h2", "h3", "label", "legend", "summary", "button", "dt", "dd", "td", "th", "div", "figcaption")
HARDEST, LONGEST = 4.0, 20


@pytest.fixture(scope="module")
def reader(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = shutil.copytree(demo_folder, tmp_path_factory.mktemp("reading-age") / "data")
    app: Flask = create_app(read_settings({"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county"}, testing=True))
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()
    shutil.rmtree(folder)


def ours(markup: str) -> list[str]:
    """The lines of <main> that are our own words: not what young people said, not the plan's text, not what hides from readers."""
    main = BeautifulSoup(markup, "html5lib").main
    assert main
    for other in main.select("[data-said], [data-plan], svg, script, style, [hidden], select, textarea"):
        other.decompose()
    for line in main.find_all(["br", *BLOCKS]):
        assert isinstance(line, Tag)
        line.append("\n")
    return [" ".join(each.split()) for each in main.get_text().splitlines() if words(each)]


@pytest.mark.parametrize("path", CHILD)
def test_a_nine_year_old_can_read(reader: FlaskClient, path: str) -> None:
    lines = ours(reader.get(path).get_data(as_text=True))
    assert lines
    found = grade(lines)
    hard = sorted(lines, key=lambda each: grade([each]), reverse=True)[:4]
    assert found <= HARDEST, f"{path}: grade {found:.1f}; the hardest: {hard}"
    long = [each for line in lines for each in sentences(line) if len(words(each)) > LONGEST]
    assert not long, f"{path}: longer than {LONGEST} words: {long}"


def test_all_of_our_words_together_are_easy(reader: FlaskClient) -> None:
    lines = [line for path in CHILD for line in ours(reader.get(path).get_data(as_text=True))]
    assert grade(lines) <= HARDEST - 1
