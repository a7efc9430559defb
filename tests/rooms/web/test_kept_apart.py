"""What one process writes the pages of another show: real servers, on both databases. Bar: two seconds; on one machine with SQLite, at once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.clients import Phone, serving
from tests.making import a_plan, a_theme, an_activity, an_answer, people_to_read, the
from tests.peers import postgres_url
from voice import reviewing, storage, understanding
from voice.asking.models import Activity
from voice.config import read_settings
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app

Tell = Callable[[str, object], None]
ANSWERS, FIRST = "/you-said-we-did", "/take-part/open-now"
BAR = 2.0  # seconds
WORDS = b"Nobody can swim here"


class County:
    """Somebody who writes in a process of their own, and two web processes that only show."""

    def __init__(self, kind: str, app: Flask, ports: list[int]) -> None:
        self.kind = kind
        self.app = app
        self.ports = ports

    def seen(self, path: str) -> Iterator[tuple[float, int, bytes]]:
        """When each was asked and what it shows; on lines of their own, so that both processes of one server are met."""
        for port in self.ports * 4:
            asked_at = time.monotonic()
            status, body, _ = Phone(port, keeps_line=False).ask("GET", path)
            yield asked_at, status, body

    def bodies(self, path: str) -> list[bytes]:
        return [body for _at, _status, body in self.seen(path)]

    def behind(self, path: str, is_told: Callable[[int, bytes], bool]) -> float:
        """How long after now somebody who asked was still shown what was before, in seconds."""
        begun, behind, all_told = time.monotonic(), 0.0, False
        while not all_told:
            all_told = True
            for asked_at, status, body in self.seen(path):
                if not is_told(status, body):
                    behind, all_told = asked_at - begun, False
            assert behind < 30, path
        return behind


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    folder = tmp_path_factory.mktemp(f"apart-{request.param}")
    own = {"VOICE_DATA": str(folder)} | ({"VOICE_DATABASE_URL": postgres_url(folder.name)} if request.param == "postgresql" else {})
    app = create_app(read_settings(own, testing=True))
    with app.app_context():
        migrate.upgrade()
        people_to_read()
        a_plan()
        an_activity("open-now", instrument="one-thing-i-would-change")
        db.engine.dispose()
    with ExitStack() as stack:
        if request.param == "sqlite":
            ports = [stack.enter_context(serving({**own, "VOICE_PROCESSES": "2"}, folder / "log")).port]
        else:  # two machines, each with a folder of its own
            ports = [
                stack.enter_context(serving({**own, "VOICE_DATA": str(each), "VOICE_PROCESSES": "1"}, each / "log")).port for each in _two(folder)
            ]
        yield County(request.param, app, ports)
    with app.app_context():
        db.engine.dispose()


def _two(folder: Path) -> list[Path]:
    return [folder, Path(shutil.copytree(folder, folder / "other"))]


def test_what_is_published_comes_and_what_is_withdrawn_goes(county: County, record_property: Tell) -> None:
    for _ in range(3):
        assert not any(WORDS in body for body in county.bodies(ANSWERS))
    with county.app.app_context():
        theme_id = a_theme("Nobody can swim here.", heard=True)
        an_answer(theme_id)
        found = understanding.theme(theme_id)
        assert found
    came = county.behind(ANSWERS, lambda _status, body: WORDS in body)
    own = f"{ANSWERS}/{found.slug}"
    assert all(WORDS in body for body in county.bodies(own))
    with county.app.app_context():
        reviewing.object_to(theme_id, "We never said this.", the("board_member"))
        storage.commit()
    went = county.behind(own, lambda status, _body: status == 404)
    gone = county.behind(ANSWERS, lambda _status, body: WORDS not in body)
    assert max(came, went, gone) < BAR
    record_property(
        "budget", f"pages, {county.kind}: an answer was behind by {came:.2f} s in other processes, its withdrawal by {went:.2f} s (bar {BAR} s)"
    )


def test_an_activity_that_closes_is_closed_everywhere(county: County) -> None:
    """For want of an assessment, as for want of people who read."""
    assert len(set(county.bodies(FIRST))) == 1
    was = county.bodies(FIRST)[0]
    with county.app.app_context():
        storage.session().scalars(select(Activity).where(Activity.slug == "open-now")).one().dpia = None
        storage.commit()
    assert county.behind(FIRST, lambda _status, body: body != was) < BAR
