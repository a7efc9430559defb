"""Those who wait to write on SQLite are called one after the other, and nobody who dies keeps the others waiting."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from tests import clients
from tests.making import the
from voice import asking, storage
from voice.config import read_settings
from voice.extensions import db
from voice.listening.queries import asked_to_send
from voice.storage import writers
from voice.storage.writers import Line, Writer
from voice.wiring import create_app

HOLDS = """
import sys, time
from pathlib import Path
from voice.storage.writers import Line
line = Line(Path(sys.argv[1]))
line.take()
print("mine", flush=True)
time.sleep(60)
"""


def test_whoever_dies_gives_the_turn_back(tmp_path: Path) -> None:
    file = tmp_path / "voice.db-line"
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(file)], stdout=subprocess.PIPE, text=True, cwd=clients.ROOT) as other:
        assert other.stdout
        assert other.stdout.readline() == "mine\n"
        line, came = Line(file), threading.Event()

        def wait() -> None:
            line.take()
            came.set()

        threading.Thread(target=wait, daemon=True).start()
        assert not came.wait(0.2)
        other.kill()
        assert came.wait(5)


def test_a_turn_that_does_not_come_is_as_a_database_that_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "WAIT", 0.05)
    line = Line(tmp_path / "voice.db-line")
    line.take()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        line.take()
    line.give()
    line.take()


def test_where_no_file_can_be_made_the_database_decides_alone(tmp_path: Path) -> None:
    line = Line(tmp_path / "nowhere" / "voice.db-line")
    line.take()
    line.give()


def test_the_turn_ends_with_the_transaction_however_it_ends(tmp_path: Path) -> None:
    one, other = (sqlite3.connect(tmp_path / "own.db", factory=Writer, isolation_level=None, check_same_thread=False) for _ in range(2))
    for end in (one.commit, one.rollback, one.close):
        one.take_turn()
        one.execute("BEGIN IMMEDIATE")
        end()
        began = time.monotonic()
        other.take_turn()
        other.execute("BEGIN IMMEDIATE")
        other.rollback()
        assert time.monotonic() - began < 1


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Flask]:
    """An application as people run it: under test nothing is remembered."""
    clients.prepare(tmp_path)
    app = create_app(read_settings({"VOICE_DATA": str(tmp_path)}))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_what_an_act_here_closes_is_closed_for_the_next_who_sends(real: Flask) -> None:
    """And until then nobody asks the database again."""
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _line, _cursor, statement, *_rest: statements.append(statement))
    found = asked_to_send(clients.OPEN)
    assert found
    assert found.closed is None
    assert statements
    statements.clear()
    assert asked_to_send(clients.OPEN) is found
    assert statements == []
    asking.close_on(found.activity.id, storage.today() - timedelta(days=1), the("officer"))
    storage.commit()
    again = asked_to_send(clients.OPEN)
    assert again
    assert again.closed == "over"
