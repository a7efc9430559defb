"""`voice doctor` on real installations: what it finds on each database, at each peer, and what it ends with."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import Ground
from tests.making import people_to_read
from tests.peers import a_bucket_server, directory_server, mail_server
from tests.rooms.keeping.scanner import a_scanner
from voice import backups, keeping, storage
from voice.command import voice
from voice.config import Directory, Settings, read_settings
from voice.doctoring import Finding, database, examine, examining, machine, peers, work
from voice.extensions import db
from voice.storage import Lease, commit, files, migrate, now, session
from voice.wiring import create_app
from voice.workers import jobs_of

Told = Callable[..., None]


@pytest.fixture
def told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Other settings for the length of a test."""

    def tell(**more: object) -> None:
        before: Settings = app.extensions["voice.settings"]
        monkeypatch.setitem(app.extensions, "voice.settings", dataclasses.replace(before, **more))  # type: ignore[arg-type]  # fields by name

    return tell


def _one(findings: Iterator[Finding], start: str = "") -> Finding:
    return next(each for each in findings if each.about.startswith(start))


def test_nothing_breaks_the_doctor_on_either_database(app: Flask) -> None:
    found = [finding for _group, finding in examine(thorough=True)]
    assert not [each for each in found if "could not be looked at" in each.found]
    assert len(found) > 20
    assert _one(iter(found), "the shape").level == "ok"
    assert _one(iter(found), "the store of pictures").level == "ok"
    assert not list((app.extensions["voice.settings"].data / "files").glob("*/*.probe"))


@pytest.mark.parametrize("ground", ["postgresql"], indirect=True)
def test_a_postgres_that_forgets_is_found(app: Flask) -> None:
    """That of the tests does: it holds nothing that must survive."""
    found = {each.about: each for each in database.postgres()}
    assert found["PostgreSQL keeps what it said it keeps"].level == "broken"
    assert "SET fsync = on" in found["PostgreSQL keeps what it said it keeps"].do
    assert found["the log of PostgreSQL holds no words"].level == "broken"  # as it is delivered
    assert found["our clock and that of the database"].level == "ok"
    assert found["connections to PostgreSQL"].level == "ok"


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_a_damaged_database_is_found(app: Flask, ground: Ground) -> None:
    assert _one(database.whole(thorough=False)).level == "ok"
    assert _one(database.sqlite()).level == "ok"
    db.session.remove()
    db.engine.dispose()
    file = ground.folder / "voice.db"
    held = bytearray(file.read_bytes())
    held[20 * 4096 : 24 * 4096] = os.urandom(4 * 4096)
    file.write_bytes(held)
    damaged = [finding for _group, finding in examine() if finding.about == "the database is whole" or "whole" in finding.about]
    assert [each.level for each in damaged] == ["broken"]
    db.session.remove()
    db.engine.dispose()


def test_with_the_database_away_the_rest_is_looked_at(tmp_path: Path) -> None:
    """Nobody listens there."""
    away = {"VOICE_DATA": str(tmp_path), "VOICE_DATABASE_URL": "postgresql://voice@127.0.0.1:9/voice"}
    with create_app(read_settings(away, testing=True)).app_context():
        found = {finding.about: finding for _group, finding in examine()}
        db.session.remove()
    assert found["the database"].level == "broken"
    assert "systemctl status postgresql" in found["the database"].do
    assert found["room on the disk of data"].found
    assert "the shape of the database" not in found
    assert not [each for each in found.values() if "could not be looked at" in each.found]


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_folder_keys_and_place(app: Flask, told: Told, tmp_path: Path) -> None:
    data: Path = app.extensions["voice.settings"].data
    assert _one(machine.keys(), "keys").level == "ok"
    (data / "news.key").chmod(0o644)
    assert "news.key" in _one(machine.keys(), "keys").found
    (data / "news.key").chmod(0o600)
    told(backups=tmp_path)
    assert _one(machine.keys(), "keys apart").level == "ok"
    (tmp_path / "copy-of-backup.key").touch()
    assert _one(machine.keys(), "keys apart").level == "broken"
    assert _one(machine.keys_of_the_database()).level == "ok"
    told(receipt_key=b"x" * 32)
    migrate_marks()
    told(receipt_key=b"y" * 32)
    assert _one(machine.keys_of_the_database()).level == "broken"


def migrate_marks() -> None:
    from voice.storage import keyring

    keyring.hold()


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_backups_are_opened_and_counted(app: Flask, told: Told, tmp_path: Path) -> None:
    assert _one(machine.backups()).level == "look"
    told(backups=tmp_path / "gone")
    assert _one(machine.backups()).level == "broken"
    told(backups=tmp_path, backup_key=tmp_path.parent / "backup.key")
    assert _one(machine.kept(), "the last backup").level == "broken"
    session().rollback()  # as the doctor does after each look
    backups.make(tmp_path)
    commit()
    assert _one(machine.kept(), "the last backup").level == "ok"
    assert _one(machine.backups(), "the newest").level == "ok"
    assert _one(machine.kept(), "what was taken back").level == "ok"
    (tmp_path.parent / "backup.key").write_bytes(b"z" * 32)
    assert _one(machine.backups(), "the newest").level == "broken"


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_peers_that_answer_and_peers_that_do_not(app: Flask, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as (address, box):
        told(smtp_url=address)
        assert _one(peers.mail()).level == "ok"
        assert not box.letters
    assert _one(peers.mail()).level == "broken"
    with a_scanner() as scanner:
        told(scanner=scanner.address)
        assert _one(peers.scanner()).level == "ok"
    assert _one(peers.scanner()).level == "broken"
    with directory_server({}) as issuer:
        told(directory=Directory(issuer=issuer, client_id="voice", client_secret="s", name="n"))
        assert _one(peers.sign_in()).level == "ok"
    told(directory=Directory(issuer="http://localhost:9", client_id="voice", client_secret="s", name="n"))
    assert _one(peers.sign_in()).level == "broken"
    told(broker_url="redis://127.0.0.1:9/0")
    assert _one(peers.teller()).level == "look"


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_a_store_that_is_away_and_one_of_buckets(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")
    monkeypatch.setitem(app.extensions, "voice.files", files.Folder(tmp_path / "files"))
    assert _one(peers.store()).level == "broken"
    with a_bucket_server() as host:
        from voice.storage.buckets import Bucket

        monkeypatch.setitem(app.extensions, "voice.files", Bucket(f"s3+http://id:secret@{host}/voice"))
        assert _one(peers.store()).level == "ok"
        monkeypatch.setitem(app.extensions, "voice.files", Bucket(f"s3+http://id:secret@{host}/nowhere"))
        assert _one(peers.store()).level == "broken"


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_the_watch_and_the_work(app: Flask) -> None:
    """Bar R12: what the watch says stands here too, with what to do."""
    stopped = {each.about: each for each in work.watch()}
    assert stopped["the watch: the work in the background"].level == "broken"
    for job in jobs_of(app).all():
        session().add(Lease(job=job.name, holder="one", until=now(), last_done=now()))
    session().flush()
    assert _one(work.watch()).level == "ok"
    assert _one(work.jobs()).level == "ok"
    one = session().get_one(Lease, "alert the leads")
    one.last_error = "OperationalError"
    late = session().get_one(Lease, "watch the watch")
    late.last_done = now() - timedelta(hours=2)
    session().flush()
    assert {each.about for each in work.jobs()} == {"work in the background: alert the leads", "work in the background: watch the watch"}
    assert "the watch: alerts to the safeguarding leads" in {each.about for each in work.watch()}


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_whether_young_people_may_write(app: Flask) -> None:
    closed = _one(work.opening())
    assert closed.level == "broken"
    assert "two named safeguarding leads" in closed.found
    people_to_read()
    assert _one(work.opening()).level in ("ok", "look")


def test_everything_the_watch_can_name_has_something_to_do() -> None:
    from voice.safeguarding import WATCHED

    assert set(work.DO) == set(WATCHED)


# --- the command


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str, **environment: str) -> Result:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(voice, ["doctor", *arguments], obj=create_app)


def test_it_makes_no_folder_and_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, VOICE_DATA=str(tmp_path / "not-there"))
    assert done.exit_code == 2
    assert "is not there" in done.output
    assert not (tmp_path / "not-there").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be told not to be root")
def test_root_is_sent_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chown(tmp_path, 65534, 65534)
    done = _run(monkeypatch, VOICE_DATA=str(tmp_path))
    assert done.exit_code == 2
    assert "Run this as whoever runs Voice" in done.output
    assert not list(tmp_path.iterdir())


def test_a_wrong_setting_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = _run(monkeypatch, "--json", VOICE_DATA=str(tmp_path), VOICE_LOGS="xml")
    told = json.loads(done.output)
    assert (done.exit_code, told["worst"]) == (2, 2)
    assert "VOICE_LOGS" in told["findings"][0]["found"]


def test_what_it_prints_and_ends_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(read_settings({"VOICE_DATA": str(tmp_path)}, testing=True))
    with app.app_context():
        migrate.upgrade()
        assert keeping.last_backups() == {}
        db.session.remove()
        db.engine.dispose()
    plain = _run(monkeypatch, VOICE_DATA=str(tmp_path))
    assert plain.exit_code == 2
    assert "! the last backup: there never was one\n    -> " in plain.output
    assert plain.output.rstrip().endswith("broken.")
    quiet = _run(monkeypatch, "--quiet", "--json", VOICE_DATA=str(tmp_path))
    told = json.loads(quiet.output)
    assert told["worst"] == 2
    assert {each["level"] for each in told["findings"]} == {"look", "broken"}
    assert all(each["do"] for each in told["findings"])


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_while_it_looks_others_can_write(app: Flask) -> None:
    def slow() -> Iterator[Finding]:
        session().scalar(select(func.count()).select_from(Lease))
        with storage.apart() as own:  # as a child who sends just now
            own.add(Lease(job="another", holder="one", until=now()))
        yield Finding("writing meanwhile", "ok", "went through")

    examining.also(app, examining.Check("work", slow, needs_database=True))
    try:
        assert [finding.found for _, finding in examine() if finding.about == "writing meanwhile"] == ["went through"]
    finally:
        app.extensions["voice.doctor"].clear()
