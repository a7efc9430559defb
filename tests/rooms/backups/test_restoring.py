"""A backup comes back whole on an empty machine, and the dead do not rise."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select, text

from tests.making import a_picture, a_submission, a_theme, an_answer, the
from tests.peers import postgres_url
from voice import audit, keeping, reading, storage
from voice.backups import databases, make, prune
from voice.backups.making import fingerprint
from voice.backups.packing import unpack
from voice.command import voice
from voice.config import read_settings, settings
from voice.extensions import db
from voice.keeping.copies import ENDING, Header
from voice.keeping.models import Submission, View
from voice.retention import retention_of
from voice.storage import migrate
from voice.storage.files import files
from voice.wiring import create_app

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """`run("backup", …)`: the command, as a script calls it, on this installation or on another."""

    def call(*words: object, on: Flask | None = None) -> Result:
        with app.app_context():
            db.session.remove()
        return CliRunner().invoke(voice, [str(word) for word in words], obj=lambda: on or app, standalone_mode=True)

    return call


@pytest.fixture(autouse=True)
def _our_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which installation a command is for is said by each test."""
    monkeypatch.setattr(voice, "callback", None)


@pytest.fixture(autouse=True)
def _clean(app: Flask) -> Iterator[None]:
    settings().taken_back.unlink(missing_ok=True)
    yield
    settings().taken_back.unlink(missing_ok=True)


@pytest.fixture
def new_machine(app: Flask, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """`new_machine()`: an empty installation of the same kind, with the keys put back from where keys are kept."""
    made: list[Flask] = []

    def make_one(*, with_keys: bool = True) -> Flask:
        data = tmp_path / f"machine{len(made)}"
        data.mkdir()
        if with_keys:
            for key in ("receipt.key", "backup.key"):
                shutil.copy(settings().data / key, data / key)
        environment = {"VOICE_DATA": str(data)}
        if not settings().is_sqlite:
            environment["VOICE_DATABASE_URL"] = postgres_url(f"restored_{tmp_path.name}_{len(made)}")
        made.append(create_app(read_settings(environment, testing=True)))
        return made[-1]

    yield make_one
    for each in made:
        with each.app_context():
            db.session.remove()
            db.engine.dispose()


def everything() -> dict[str, list[str]]:
    """Every row of every table but those that note backups, leases and runs."""
    found = {}
    with db.engine.connect() as connection:
        for name, table in db.metadata.tables.items():
            if name not in ("backup_run", "retention_run", "lease"):
                found[name] = sorted(str(tuple(row)) for row in connection.execute(select(table)))
    return found


def test_every_row_comes_back_on_an_empty_machine(app: Flask, run: Run, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    kept = a_submission("Zażółć 😀 'quotes' \\ \t tabs and \n lines")
    an_answer(a_theme(heard=True))
    audit.seal()
    storage.commit()
    (settings().data / "more").mkdir(exist_ok=True)
    (settings().data / "more" / "notes.txt").write_bytes(b"beside")
    a_picture(kept.submission_id)
    before, pixels = everything(), {name: files().get(name) for name in files().names()}
    told = run("backup", tmp_path / "b")
    assert told.exit_code == 0, told.output
    there = new_machine()
    told = run("restore", tmp_path / "b", on=there)
    assert told.exit_code == 0, told.output
    assert "Taken back since, and again now: 0." in told.output
    assert "receipt.key" not in told.output
    with there.app_context():
        assert everything() == before
        assert keeping.find(kept.words)
        assert (settings().data / "more" / "notes.txt").read_bytes() == b"beside"
        assert {name: files().get(name) for name in files().names()} == pixels != {}
        assert audit.broken_seal() is None
        assert keeping.last_backups()["restore"].made_at <= storage.now()
        a_submission("It goes on.")
        audit.record(None, "new", "view", "x")
        assert audit.seal() > 0
        storage.commit()
        assert audit.broken_seal() is None
    shutil.rmtree(settings().data / "more")


def test_what_was_taken_back_since_does_not_rise(app: Flask, run: Run, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    before, since, stays = a_submission("Canary one."), a_submission("Canary two."), a_submission("It stays.")
    keeping.erase(before.submission_id)
    storage.commit()
    run("backup", tmp_path / "b")
    keeping.erase(since.submission_id)
    storage.commit()
    there = new_machine()
    told = run("restore", tmp_path / "b", "--tombstones", settings().taken_back, on=there)
    assert told.exit_code == 0, told.output
    assert "Taken back since, and again now: 1." in told.output
    with there.app_context():
        assert keeping.find(since.words) is None
        assert keeping.find(stays.words)
        assert keeping.risen() == 0
        assert list(storage.session().scalars(select(View.words))) == ["It stays."]
        assert len(keeping.journal.read(settings().taken_back)) == 2
        db.session.remove()
        if settings().is_sqlite:
            for file in settings().data.rglob("*"):
                assert file.is_dir() or b"Canary" not in file.read_bytes(), file


@pytest.mark.parametrize("ground", ["postgresql"], indirect=True)
def test_a_restore_takes_the_journals_of_several_nodes(app: Flask, run: Run, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    one, other, stays = a_submission("Canary one."), a_submission("Canary two."), a_submission("It stays.")
    storage.commit()
    run("backup", tmp_path / "b")
    journals = []
    for node, taken in enumerate((one, other)):
        keeping.erase(taken.submission_id)
        storage.commit()
        journals.append(settings().taken_back.rename(tmp_path / f"node-{node}.log"))  # each node wrote its own
    there = new_machine()
    told = run("restore", tmp_path / "b", *(word for file in journals for word in ("--tombstones", file)), on=there)
    assert told.exit_code == 0, told.output
    assert "Taken back since, and again now: 2." in told.output
    with there.app_context():
        assert [keeping.find(each.words) is None for each in (one, other, stays)] == [True, True, False]


def test_what_is_past_its_day_goes_when_an_old_backup_comes_back(app: Flask, run: Run, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    kept = a_submission("Long ago.", facts=keeping.Facts(received_on=storage.today() - timedelta(days=1500)))
    reading.clear(kept.view_ids, the("officer"))
    storage.commit()
    run("backup", tmp_path / "b")
    there = new_machine()
    assert run("restore", tmp_path / "b", on=there).exit_code == 0
    with there.app_context():
        assert set(keeping.overdue().values()) == {0}
        assert storage.session().scalars(select(Submission.id)).all() == []


def test_nothing_is_put_over_what_is_there(app: Flask, run: Run, tmp_path: Path) -> None:
    kept = a_submission()
    run("backup", tmp_path / "b")
    told = run("restore", tmp_path / "b")
    assert (told.exit_code, told.output.count("\n")) == (1, 1)
    assert "empty" in told.output
    assert keeping.find(kept.words)


def test_a_damaged_backup_and_a_wrong_key_put_nothing_back(app: Flask, run: Run, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    a_submission()
    run("backup", tmp_path / "b")
    there = new_machine()
    whole = (tmp_path / "b").read_bytes()
    (tmp_path / "cut").write_bytes(whole[:-1])
    (tmp_path / "other").write_bytes(b"a letter")
    (tmp_path / "key").write_bytes(os.urandom(32))
    for words in ((tmp_path / "cut",), (tmp_path / "other",), (tmp_path / "b", "--key", tmp_path / "key")):
        told = run("restore", *words, on=there)
        assert told.exit_code == 1
        assert re.match(r"Error: This (backup|is not)", told.output), told.output
    with there.app_context():
        assert databases.is_empty()


def test_without_the_receipt_key_it_says_so(app: Flask, run: Run, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    a_submission()
    run("backup", tmp_path / "b")
    there = new_machine(with_keys=False)
    told = run("restore", tmp_path / "b", on=there)
    assert "There is no key at" in told.output
    told = run("restore", tmp_path / "b", "--key", settings().backup_key, on=there)
    assert told.exit_code == 0
    assert "The receipt.key here is not the one" in told.output


def test_a_restore_is_tested_beside_what_is_there(app: Flask, run: Run, tmp_path: Path) -> None:
    kept, gone = a_submission("It stays."), a_submission("It goes.")
    run("backup", tmp_path / "b")
    keeping.erase(gone.submission_id)
    storage.commit()
    before, journal = everything(), settings().taken_back.read_bytes()
    told = run("restore", tmp_path / "b", "--test")
    assert told.exit_code == 0, told.output
    assert "again now: 1." in told.output
    assert everything() == before
    assert settings().taken_back.read_bytes() == journal
    assert set(keeping.last_backups()) == {"backup", "restore_test"}
    assert keeping.find(kept.words)
    assert not list(settings().data.glob("backup.tmp*"))
    if not settings().is_sqlite:
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM pg_database WHERE datname LIKE 'backup_tmp%'")).scalar_one() == 0


def test_no_key_is_in_a_backup_and_no_words_outside_the_seal(app: Flask, tmp_path: Path) -> None:
    a_submission("Canary words.")
    made = make(tmp_path)
    storage.commit()
    assert re.fullmatch(r"voice-\d{4}-\d\d-\d\d-\d{6}\.voice-backup", made.file.name)
    assert made.file.stat().st_mode & 0o077 == settings().backup_key.stat().st_mode & 0o077 == 0
    sealed = made.file.read_bytes()
    folder = tmp_path / "open"
    folder.mkdir()
    about = unpack(made.file, settings().backup_key.read_bytes(), folder)
    inside = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"Canary words." not in sealed
    assert b"Canary words." in inside
    for key in settings().data.glob("*.key"):
        assert key.read_bytes() not in inside
    assert about["receipts"] == fingerprint()
    assert not [file for file in folder.rglob("*") if ".key" in file.name or file.name == "taken-back.log"]


def test_a_backup_that_cannot_be_written_leaves_nothing(app: Flask, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("voice.backups.packing.Packing.add", full)
    told = run("backup", tmp_path / "b")
    assert told.output == "Error: It could not be written: No space left on device. No backup was made.\n"
    assert not (tmp_path / "b").exists()
    assert "backup" not in keeping.last_backups()
    assert not list(settings().data.glob("backup.tmp*"))


def test_old_backups_go_and_nothing_else(app: Flask, tmp_path: Path) -> None:
    new = make(tmp_path)
    storage.commit()
    (tmp_path / "letter.voice-backup").write_text("not ours")
    (tmp_path / "holiday.jpg").write_text("a picture")
    os.utime(new.file, (0, 0))  # a copy may have any date: what is inside counts
    assert prune(tmp_path, new.made_at + timedelta(days=35)) == []
    assert prune(tmp_path, new.made_at + timedelta(days=35, seconds=1)) == [new.file]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["holiday.jpg", "letter.voice-backup"]


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_the_worker_lets_old_backups_go_and_so_does_the_next_backup(app: Flask, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, there = retention_of().all()["backups"], tmp_path / "backups"
    assert rule.due(storage.today()) == 0, "no folder is named"
    assert "set VOICE_BACKUPS" in run("backup").output
    monkeypatch.setitem(app.extensions, "voice.settings", dataclasses.replace(settings(), backups=there))
    assert "there is no such folder" in run("backup").output
    there.mkdir()
    assert run("backup").exit_code == 0
    made = next(there.iterdir())
    on = storage.today() + timedelta(days=settings().keep.backups_days)
    assert rule.due(on - timedelta(days=1)) == 0
    assert rule.due(on + timedelta(days=1)) == 1
    assert rule.remove(on + timedelta(days=1), 40) == 1
    assert not made.exists()
    old = there / f"old{ENDING}"
    old.write_bytes(Header(storage.now() - timedelta(days=36), b"s" * 32).packed())
    assert "1 backup older than 35 days went." in run("backup", there).output
    assert not old.exists()


def test_a_backup_of_an_older_shape_comes_back_at_todays(app: Flask, new_machine: Callable[..., Flask], tmp_path: Path) -> None:
    old = new_machine(with_keys=False)
    with old.app_context():
        migrate.upgrade("0003")
        with db.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO tombstone (key_hash, receipt_hash, erased_on) VALUES (:k, :r, :d)"),
                {"k": "a" * 64, "r": "b" * 64, "d": datetime(2026, 1, 2, tzinfo=UTC).date()},
            )
        made = databases.write_out(_empty(tmp_path / "out"))
        assert made["shape"] == "0003"
        db.engine.dispose()
    there = new_machine(with_keys=False)
    with there.app_context():
        databases.read_in(tmp_path / "out", made)
        assert migrate.current() == migrate.pinned_head()
        assert storage.session().execute(text("SELECT why FROM tombstone")).scalar_one() == "taken_back"


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder
