"""Taken back means gone: a canary in every text that hangs on a submission, looked for in every byte we keep (bar P7)."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import a_theme, a_view, an_answer, the
from tests.peers import postgres_url
from tests.reading import Visitor
from tests.rooms.keeping.hanging import KEEPS_IDS, fill, hanging
from tests.rooms.listening.making import an_open_activity, to_check
from voice import audit, counting, imaging, keeping, reading, safeguarding, storage, understanding
from voice.backups import databases, make, restore
from voice.config import read_settings, settings
from voice.extensions import db
from voice.keeping.models import Submission, View
from voice.keeping.workers import carry_out
from voice.reviewing.models import ThemeProposal
from voice.wiring import create_app
from voice.workers import run_due

CANARY = "zebrafinchcanary"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Everything any part of the house says, from the finest level up."""
    file = tmp_path / "everything.log"
    handler = logging.FileHandler(file)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield file
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The process’s folder for what is passing."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _own_journal(app: Flask) -> Iterator[None]:
    yield
    settings().taken_back.unlink(missing_ok=True)


def sent_from_a_phone(visitor: Visitor) -> tuple[uuid.UUID, tuple[str, ...]]:
    """A child’s journey with a canary in each text; the submission, and the receipt as the child has it."""
    an_open_activity()
    page = to_check(visitor, travel=["bus"], bus=f"The {CANARY} bus is late", change=f"More lights and benches, {CANARY}")
    assert CANARY in page.words
    page = visitor.press("Send it")
    submission_id = storage.session().scalars(select(Submission.id)).one()
    pixels = dict.fromkeys(imaging.SIZES, f"pixels of {CANARY}".encode())
    keeping.keep_picture(submission_id, "picture", imaging.Clean(pixels, 8, 8, 1), kind="photo", alt=f"A {CANARY} on a bench")
    storage.commit()
    words = words_on(page.words)
    assert keeping.find(words)
    return submission_id, words


def words_on(text: str) -> tuple[str, ...]:
    """The five receipt words, one after the other on the page."""
    known, found = set(keeping.receipts.WORDS), list[str]()
    for word in text.lower().replace(",", " ").replace(".", " ").split():
        found = [*found, word] if word in known else found if word.isdigit() else []
        if len(found) == 5:
            return tuple(found)
    raise AssertionError(f"no receipt on this page: {text[:400]}")


def worked_on(submission_id: uuid.UUID) -> set[str]:
    """What staff do with it, and a canary in every text of every table that hangs on it."""
    officer = the("officer")
    theme_id = a_theme(views=[*keeping.views_of(submission_id), a_view(), a_view()], heard=True)
    an_answer(theme_id)
    understanding.merge(a_theme("It is dark there", views=[a_view()]), theme_id, officer)
    storage.session().add(ThemeProposal(theme_id=theme_id, words="They want lights", proposed_by=the("board_member")))
    view_id = keeping.views_of(submission_id)[0]
    reading.open_raw([view_id], officer)
    reading.redact(view_id, f"{CANARY} shown", reading.REASONS[0], officer)
    plan = understanding.theme(theme_id)
    assert plan
    for words in keeping.raw_views([view_id]):
        understanding.suggestions_for(plan.plan_id, words.words)
    storage.commit()
    return fill(submission_id, view_id, CANARY)


def files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (file for file in sorted(folder.rglob("*")) if file.is_file())


def hits(*folders: Path) -> list[str]:
    """Files with a canary in them."""
    return [str(file) for file in files(*folders) if CANARY.encode() in file.read_bytes().lower()]


def table_hits(*wanted: str) -> list[str]:
    """Tables with one of these anywhere in a row, as the database itself would print it."""
    storage.session().rollback()  # it holds the one lock
    with db.engine.connect() as connection:
        rows = {name: [str(tuple(row)) for row in connection.execute(select(table))] for name, table in db.metadata.tables.items()}
    return [name for name, found in rows.items() if any(each in row.lower() for row in found for each in wanted)]


def database_hits(folder: Path) -> list[str]:
    """The database written out, as for a backup, and every byte of it looked at."""
    folder.mkdir()
    databases.write_out(folder)
    return hits(folder)


def test_taken_back_is_gone_from_every_byte(
    app: Flask, visitor: Visitor, log: Path, temp: Path, tmp_path: Path, record_property: Callable[..., None]
) -> None:
    ours = settings()
    submission_id, words = sent_from_a_phone(visitor)
    tables = worked_on(submission_id)
    data, view_ids = settings().data, keeping.views_of(submission_id)
    assert set(table_hits(CANARY)) >= {"view", "reading", "sorting"}
    there_before = hits(data)
    assert sum("/files/" in each for each in there_before) == len(imaging.SIZES), "before, it is there to be found"
    assert any("voice.db" in each for each in there_before) is settings().is_sqlite
    backup = make(tmp_path)
    storage.commit()
    figures = [counting.how_many_said(each.id) for each in understanding.themes_of_views(view_ids)]

    begun = time.perf_counter()
    response = visitor.client.post("/your-receipt/take-back", data={"word": list(words), "sure": "yes"}, headers={"Origin": "http://localhost"})
    took = time.perf_counter() - begun
    assert response.status_code == 200
    assert b"We have taken your answer out." in response.data

    assert table_hits(CANARY) == []
    ids = [form for each in (submission_id, *view_ids) for form in (each.hex, str(each))]
    assert set(table_hits(*ids)) <= KEEPS_IDS
    db.session.remove()
    assert hits(data, temp) == []
    assert hits(log.parent) == [], "the log, or a folder beside it"
    assert database_hits(tmp_path / "dump") == []
    assert figures
    there = elsewhere(tmp_path)
    with there.app_context():
        restore(backup.file, (data / "backup.key").read_bytes(), [ours.taken_back])
        storage.commit()
        carry_out()
        storage.scrub()
        assert table_hits(CANARY) == []
        db.session.remove()
        assert hits(settings().data) == []
        assert database_hits(tmp_path / "dump of it") == []
        db.engine.dispose()
    kind = db.engine.dialect.name
    record_property(
        "budget", f"taken back ({kind}): {len(tables) + 2} tables, 0 hits in tables, files, log, temp and restored backup, {took:.2f} s <= 60 s"
    )
    assert took < 60


def elsewhere(tmp_path: Path) -> Flask:
    """An empty installation of the same kind with the same keys."""
    data = tmp_path / "machine"
    data.mkdir()
    shutil.copy(settings().data / "receipt.key", data / "receipt.key")
    environment = {"VOICE_DATA": str(data)}
    if not settings().is_sqlite:
        environment["VOICE_DATABASE_URL"] = postgres_url(f"canary_{tmp_path.name}")
    return create_app(read_settings(environment, testing=True))


def test_every_table_that_holds_a_submission_is_in_the_canary(app: Flask) -> None:
    names = {table.name for table in hanging()}
    assert names >= {"screening", "reading", "sorting", "tag", "tone", "theme_view", "sender_mark", "pledge"}
    assert "tombstone" not in names


def test_words_that_worried_us_stay_with_the_lead_and_nowhere_else(app: Flask) -> None:
    activity_id = an_open_activity()
    words = f"my dad hits me every night, {CANARY}"
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={}, words=[("change", words)], facts=keeping.Facts())
    safeguarding.screen_submission(kept.submission_id, [words])
    storage.commit()
    keeping.erase(kept.submission_id)
    storage.commit()
    assert table_hits(CANARY) == ["screening"]
    assert storage.scrub()


def test_somebody_who_reads_long_does_not_keep_words_in_the_log(app: Flask) -> None:
    """A reader holds the log while words are taken back; the worker empties it as soon as they are done."""
    if not settings().is_sqlite:
        assert storage.scrub()
        return
    submission_id = reading_long(app)
    wal = settings().data / "voice.db-wal"
    assert CANARY.encode() in wal.read_bytes()
    assert (settings().data / "scrub.due").exists()
    run_due(app, "a worker")
    assert hits(settings().data) == []
    assert not (settings().data / "scrub.due").exists()
    assert keeping.sent(submission_id) is None


def reading_long(app: Flask) -> uuid.UUID:
    """Take words back while another connection is in the middle of reading."""
    activity_id = an_open_activity()
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={}, words=[("change", CANARY)], facts=keeping.Facts())
    storage.commit()
    reads, done = threading.Event(), threading.Event()

    def read() -> None:
        with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            raw = connection.connection.cursor()
            raw.execute("BEGIN")
            raw.execute("SELECT count(*) FROM view").fetchone()
            reads.set()
            done.wait(20)
            raw.execute("ROLLBACK")

    reader = threading.Thread(target=read)
    reader.start()
    reads.wait(20)
    keeping.erase(kept.submission_id)
    storage.commit()
    assert not storage.scrub()
    done.set()
    reader.join()
    return kept.submission_id


def test_the_record_of_taking_back_holds_ids_alone(app: Flask) -> None:
    view_id = a_view(CANARY)
    submission_id = storage.session().get_one(View, view_id).submission_id
    keeping.erase(submission_id)
    storage.commit()
    assert [each.what for each in audit.about("submission", submission_id)] == ["taken back"]
    assert table_hits(CANARY) == []
