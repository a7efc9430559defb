"""Every figure in a review is the figure of the page it is from: on the demo, which has something in every part."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from voice import plans, storage
from voice.config import read_settings
from voice.delivering.yearly import queries
from voice.delivering.yearly.documents import Document
from voice.extensions import db
from voice.wiring import create_app

Read = Callable[[str], str]


@pytest.fixture(scope="module")
def county(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = shutil.copytree(demo_folder, tmp_path_factory.mktemp("figures") / "data")
    app = create_app(read_settings({"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county"}, testing=True))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def held(county: Flask) -> Document:
    plan = plans.current_plan()
    assert plan
    return queries.document_of(queries.frozen(plan.id)[0].id)


@pytest.fixture(scope="module")
def read(county: Flask) -> Read:
    client = county.test_client()

    def words(path: str) -> str:
        reply = client.get(path)
        assert reply.status_code == 200, path
        main = BeautifulSoup(reply.get_data(as_text=True), "html5lib").main
        assert main
        return re.sub(r"\s+", " ", main.get_text(" "))

    return words


def test_numbers_of_people_are_those_of_their_release(held: Document, read: Read) -> None:
    assert held.releases
    for each in held.releases:
        page = read(f"/what-we-heard/{each.slug}")
        assert f"About {each.everyone} people took part." in page
        for tied in each.about:
            assert re.search(rf"{re.escape(tied.label)} {tied.percent} about {tied.people}\b", page), tied


def test_readings_are_those_of_the_measures_page(held: Document, read: Read) -> None:
    told = [(part.code, each) for part in held.parts for each in part.measures if each.readings]
    assert told
    for code, each in told:
        page = read(f"/plan/{code}/measures/{each.key}" if code else f"/plan/measures/{each.key}")
        assert each.readings[-1].said in page, each.key


def test_pledges_and_what_waits_are_those_of_their_pages(held: Document, read: Read) -> None:
    for part in held.parts:
        page = read(f"/plan/{part.code}") if part.code else ""
        for each in part.pledges:
            assert each.words in page
    waiting = read("/still-waiting")
    for one in held.waiting:
        assert one.you_said in waiting


def test_how_well_we_answer_is_what_its_page_says(held: Document, read: Read) -> None:
    page, found = read("/how-we-listen"), held.four_fs
    assert found
    for figure in (found.days, found.age, found.changed, found.why_not):
        assert figure is None or re.search(rf"\b{figure}\b", page), figure


def test_every_part_shows_what_is_held(held: Document, read: Read) -> None:
    page = read(f"/review/{storage.today().year - 1}")
    actions = [each.words for part in held.parts for each in (*part.done, *part.not_done)]
    said = (
        [each.you_said for each in held.answers] + [each.words for each in held.asks] + [each.words for part in held.parts for each in part.pledges]
    )
    for each in [*actions, *said, *(one.you_said for one in held.waiting)]:
        assert " ".join(each.split()) in page, each
    for part in held.parts:
        for measure in part.measures:
            assert all(one.said in page for one in measure.readings), measure.key
