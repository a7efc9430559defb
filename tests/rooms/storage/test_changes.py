"""What was written is seen by whoever keeps what was made of it: which statement touches which table, on both databases, and by when."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update

from tests.conftest import Ground
from tests.making import a_plan, an_activity, an_answer
from voice import storage
from voice.answering.models import Answer
from voice.asking.models import Activity
from voice.extensions import db
from voice.storage import Lease, board, changes_of, now
from voice.storage.board import ANY, Board
from voice.storage.changes import ADDED_TO, BLIND, SLOW, Marks, later, marks_for
from voice.storage.statements import told

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("statement", "added", "changed"),
    [
        ("SELECT theme.id FROM theme JOIN answer ON 1 = 1", NONE, NONE),
        ("SELECT plan.id FROM plan WHERE plan.id = 1 FOR UPDATE", NONE, NONE),
        ("WITH told AS (SELECT 1) SELECT * FROM plan", NONE, NONE),
        ("PRAGMA data_version", NONE, NONE),
        ('INSERT INTO "view" (id, words) VALUES (1, 2)', {"view"}, NONE),
        ("INSERT INTO theme (id) SELECT plan.id FROM plan", {"theme"}, NONE),
        ("INSERT INTO opening (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2", NONE, {"opening"}),
        ("INSERT INTO opening (id) VALUES (1) ON CONFLICT DO NOTHING", {"opening"}, NONE),
        ("INSERT OR REPLACE INTO opening (id) VALUES (1)", NONE, {"opening"}),
        ("UPDATE theme SET slug=? WHERE theme.id = ?", NONE, {"theme"}),
        ("  UPDATE ONLY theme SET slug=?", NONE, {"theme"}),
        ("DELETE FROM opening", NONE, {"opening"}),
        ("ALTER TABLE plan ADD COLUMN more TEXT", NONE, {"plan"}),
        ("WITH gone AS (DELETE FROM opening RETURNING id) SELECT * FROM gone", NONE, {"opening"}),
    ],
)
def test_a_statement_says_what_it_writes(app: Flask, statement: str, added: set[str], changed: set[str]) -> None:
    found = told(statement)
    assert found.added == added
    assert changed <= found.changed
    assert bool(changed) == bool(found.changed)


def test_what_goes_along_with_a_row_is_changed_with_it(app: Flask) -> None:
    gone = told("DELETE FROM submission WHERE submission.id = ?").changed
    assert {"submission", "view", "picture", "theme_view", "theme_quote", "reading"} <= gone
    assert "plan" not in gone
    assert "view" not in told("UPDATE submission SET id = ?").changed


def test_new_words_are_slow_and_words_that_go_are_not() -> None:
    assert marks_for(NONE, frozenset({"view"})) == {later("view")}
    assert marks_for(frozenset({"view"}), NONE) == {"view", later("view")}
    assert marks_for(frozenset({"tally"}), frozenset({"lease"})) == {later("tally"), later("lease")}
    assert marks_for(NONE, frozenset({"objection"})) == {"objection", later("objection")}


def test_slow_tables_are_ours(app: Flask) -> None:
    assert set(db.metadata.tables) >= SLOW | ADDED_TO


# --- the board


def test_two_who_look_at_one_board_see_the_same(tmp_path: Path) -> None:
    one, other = Board(tmp_path / "board"), Board(tmp_path / "board")
    assert one.shared
    before = other.seen()
    one.put({"theme"})
    assert other.seen() == one.seen() != before
    assert board.age(other.mark(ANY)) < 60
    assert other.mark(board.slot("plan")) == bytes(8)
    one.put_all()
    assert other.mark(board.slot("plan")) != bytes(8)


def test_where_no_file_can_be_made_each_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "board").mkdir()
    assert not Board(tmp_path / "board").shared


def test_many_who_write_at_once_hide_nothing_from_one_another(tmp_path: Path) -> None:
    one = Board(tmp_path / "board")
    seen: list[bytes] = []

    def write() -> None:
        for _ in range(300):
            one.put({"theme"})
            seen.append(one.mark(board.slot("theme")))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(seen)) > 300


# --- on a database


@pytest.fixture
def county(ground: Ground) -> Flask:
    """Committed, and outside of the application’s context, as between two requests."""
    with ground.app.app_context():
        a_plan()
        an_activity("open-now")
        db.session.remove()
    return ground.app


@contextmanager
def act(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        storage.commit()


def marks_of(app: Flask, read: Callable[[], object]) -> Marks:
    with app.app_context(), changes_of().watching() as watch:
        read()
    found = watch.marks()
    assert found
    return found


def titles() -> object:
    return storage.session().scalars(select(Activity.title)).all()


def changes_title() -> None:
    storage.session().scalars(select(Activity)).one().title = "Another"


def by_core() -> None:
    storage.session().execute(update(Activity).values(title="Another"))


def by_text() -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE activity SET title = 'Another'"))


def on_its_own() -> None:
    with storage.apart() as own:
        own.execute(update(Activity).values(title="Another"))


@pytest.mark.parametrize("write", [changes_title, by_core, by_text, on_its_own])
def test_however_it_is_written_it_is_seen_before_the_commit_returns(county: Flask, write: Callable[[], None]) -> None:
    changes = changes_of(county)
    marks = marks_of(county, titles)
    assert changes.still(marks)
    with act(county):
        write()
    assert not changes.still(marks)
    assert changes.still(marks_of(county, titles))


def test_what_was_not_written_after_all_changes_nothing(county: Flask) -> None:
    changes = changes_of(county)
    marks = marks_of(county, titles)
    with county.app_context():
        changes_title()
        storage.session().flush()
        storage.session().rollback()
    with act(county):
        storage.session().execute(update(Activity).where(Activity.slug == "no such").values(title="x"))
        storage.session().execute(delete(Lease))
        storage.session().execute(insert(Lease).values(job="j", holder="h", until=now()))
    assert changes.still(marks)


def test_an_answer_that_comes_is_seen_by_who_read_answers_alone(county: Flask) -> None:
    changes = changes_of(county)
    of_answers = marks_of(county, lambda: storage.session().scalars(select(Answer)).all())
    of_plans = marks_of(county, lambda: storage.session().execute(text("SELECT count(*) FROM plan")).scalar())
    with act(county):
        an_answer()
    assert not changes.still(of_answers)
    assert changes.still(of_plans)


def test_who_cannot_be_told_keeps_nothing_for_long(county: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = changes_of(county)
    marks = marks_of(county, titles)
    monkeypatch.setattr(changes.board, "shared", False)
    monkeypatch.setattr(changes, "ear", None)
    assert changes.still(marks)
    marks.made_at -= BLIND
    assert not changes.still(marks)


def test_slow_tables_are_seen_after_a_while(county: Flask) -> None:
    changes = changes_of(county)
    marks = marks_of(county, lambda: storage.session().scalars(select(Lease)).all())
    assert marks.good_for <= 60
    with act(county):
        storage.session().execute(insert(Lease).values(job="j", holder="h", until=now()))
    assert changes.still(marks)
    marks.made_at -= 1.9  # within what one who is not told may keep
    assert changes.still(marks)
    marks.made_at -= 10
    assert not changes.still(marks)


def test_what_follows_a_writing_closely_is_looked_at_again(county: Flask) -> None:
    with act(county):
        changes_title()
    assert marks_of(county, titles).good_for <= 10


def test_what_a_session_knew_before_is_no_ground_to_keep_anything(county: Flask) -> None:
    with county.app_context():
        known = storage.session().scalars(select(Activity)).one()
        with changes_of().watching() as watch:
            assert storage.session().get(Activity, known.id) is known
        assert watch.marks() is None


def test_what_is_remembered_stands_until_it_is_written(county: Flask) -> None:
    asked: list[int] = []

    def read() -> object:
        asked.append(1)
        return titles()

    def look() -> object:
        with county.app_context():
            return changes_of().remembered("titles", 60, read)

    assert look() == look()
    assert len(asked) == 1
    with act(county):
        changes_title()
    assert look() == ["Another"]
    assert len(asked) == 2


def test_triggers_write_nothing_that_must_be_seen_at_once(app: Flask, ground: Ground) -> None:
    """What a trigger writes no statement of ours names."""
    if ground.kind != "sqlite":
        pytest.skip("the triggers of both are made side by side, and SQLite tells their text")
    found = storage.session().execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars()
    written = {name for each in found for name in re.findall(r"BEGIN.*?(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", each, re.DOTALL)}
    assert written
    assert written <= SLOW


# --- PostgreSQL tells others


def test_another_process_is_told(county: Flask, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here another process is an application with a board of its own; two real ones are in tests/rooms/web/test_kept_apart.py."""
    if ground.kind != "postgresql":
        pytest.skip("one board for all")
    ear = changes_of(county).ear
    assert ear
    with county.app_context():
        other = type(ear)(db.engine)
    own = Board()
    other.hear(own)
    other.listen()
    wait_for(other.hears)
    before = own.seen()
    with act(county):
        changes_title()
    wait_for(lambda: own.mark(board.slot("activity")) != before[board.slot("activity") :][:8])
    assert own.mark(board.slot("plan")) == before[board.slot("plan") :][:8]
    monkeypatch.setattr("voice.storage.hearing.os.getpid", lambda: os.getppid())
    assert not other.hears(), "what came of this process has no ear yet"


def wait_for(what: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)
