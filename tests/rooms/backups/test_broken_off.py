"""A restore that is killed lets nobody in and runs again; a disk that fills up leaves no half backup; a backup made while people write is whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests import faults
from tests.clients import COMMAND, OPEN, ROOT, a_message
from tests.making import a_member, a_picture, a_plan, a_submission, an_activity, people_to_read
from tests.peers import postgres_url
from tests.rooms.backups.test_restoring import everything
from voice import keeping, storage
from voice.backups import make
from voice.command import voice
from voice.config import read_settings, settings
from voice.extensions import db
from voice.storage.aside import HALF_RESTORED
from voice.storage.files import files
from voice.wiring import create_app

Environment = dict[str, str]


@pytest.fixture
def machine(app: Flask, tmp_path: Path) -> Environment:
    """An empty one with the keys put back, spoken to by real processes."""
    data = tmp_path / "machine"
    data.mkdir()
    told = {"VOICE_DATA": str(data)}
    return told if settings().is_sqlite else {**told, "VOICE_DATABASE_URL": postgres_url(f"machine_{tmp_path.name}")}


def _keys_to(machine: Environment) -> None:
    for key in ("receipt.key", "backup.key"):
        shutil.copy(settings().data / key, Path(machine["VOICE_DATA"]) / key)


def _run(machine: Environment, *words: object) -> subprocess.Popen[str]:
    told = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **machine}
    command = [*COMMAND, *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_a_restore_that_was_killed_lets_nobody_in_and_runs_again(app: Flask, machine: Environment, tmp_path: Path) -> None:
    gone, stays = a_submission("Canary that was taken back."), a_submission("It stays.")
    a_picture(stays.submission_id)
    file = make(tmp_path).file
    storage.commit()
    keeping.erase(gone.submission_id)
    storage.commit()
    _keys_to(machine)
    words = ("restore", file, "--tombstones", settings().taken_back)
    mark = Path(machine["VOICE_DATA"]) / HALF_RESTORED
    killed = _run(machine, *words)
    while not mark.exists():
        assert killed.poll() is None, killed.stdout and killed.stdout.read()
        time.sleep(0.002)
    time.sleep(random.Random(str(tmp_path)).uniform(0, 0.3))
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert mark.exists()
    there = create_app(read_settings(machine, testing=True))
    for path, status in (("/", 503), ("/your-receipt", 503), ("/help-now", 200), ("/healthz", 200)):
        assert there.test_client().get(path).status_code == status, path
    with there.app_context():
        db.engine.dispose()
    told, _ = (refused := _run(machine, "serve", "--no-demo")).communicate(timeout=300)
    assert (refused.returncode, told.count("\n")) == (1, 1)
    assert "A restore did not come to its end" in told
    told, _ = (again := _run(machine, *words)).communicate(timeout=300)
    assert again.returncode == 0, told
    assert "Taken back since, and again now: 1." in told
    assert not mark.exists()
    with there.app_context():
        assert keeping.find(gone.words) is None
        assert keeping.find(stays.words)
        assert len(list(files().names())) > 0
        db.session.remove()
        db.engine.dispose()
    assert there.test_client().get("/your-receipt").status_code == 200


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_a_mark_of_another_database_takes_nothing_out(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has changed VOICE_DATABASE_URL since: what lies there is not the broken restore’s."""
    monkeypatch.setattr(voice, "callback", None)
    kept = a_submission()
    file = make(tmp_path).file
    storage.commit()
    mark = settings().data / HALF_RESTORED
    mark.write_text("another")
    try:
        told = CliRunner().invoke(voice, ["restore", str(file)], obj=lambda: app)
    finally:
        mark.unlink()
    assert "There is a database with rows in it" in told.output
    assert keeping.find(kept.words)


def test_a_disk_that_fills_up_leaves_no_half_backup(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not faults.can_mount():
        pytest.skip("a small disk of its own takes the right to mount one")
    monkeypatch.setattr(voice, "callback", None)
    a_submission("Canary words.")
    with faults.a_small_disk(tmp_path / "backups", 1) as disk:
        for index in range(2):
            (disk / "big").write_bytes(os.urandom(1024 * (1000 - 30 * index)))
            told = CliRunner().invoke(voice, ["backup", str(disk)], obj=lambda: app)
            assert (told.exit_code, told.output) == (1, "Error: It could not be written: No space left on device. No backup was made.\n")
            assert [each.name for each in disk.iterdir()] == ["big"]
    assert not list(settings().data.glob("backup.tmp*"))


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_a_full_data_disk_is_one_clear_line(app: Flask, tmp_path: Path) -> None:
    if not faults.can_mount():
        pytest.skip("a small disk of its own takes the right to mount one")
    with faults.a_small_disk(tmp_path / "data", 12) as disk:
        environment = {"VOICE_DATA": str(disk)}
        (made := _run(environment, "migrate")).communicate(timeout=300)
        assert made.returncode == 0
        (made := _run(environment, "backup", tmp_path / "first")).communicate(timeout=300)  # which makes the key
        assert made.returncode == 0
        with faults.full(disk):
            told, _ = (done := _run(environment, "backup", tmp_path / "b")).communicate(timeout=300)
        assert done.returncode == 1
        assert "Traceback" not in told
        assert told.startswith("Error: It could not be written: "), told
        assert told.count("\n") == 1
        assert not (tmp_path / "b").exists()


def test_a_backup_made_while_people_write_is_whole(
    app: Flask, machine: Environment, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    people_to_read()
    a_plan()
    an_activity(OPEN, instrument="getting-about-and-feeling-safe")
    a_member("officer")
    chance, ended, kept = random.Random(2), threading.Event(), list[str]()

    def write() -> None:
        while not ended.is_set():
            message = a_message(chance)
            if app.test_client().post("/api/v1/submissions", json=message).status_code == 201:
                kept.append(message["key"])
            time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    while len(kept) < 3:
        time.sleep(0.01)
    before = list(kept)
    file = make(tmp_path).file
    storage.commit()
    ended.set()
    writer.join()
    _keys_to(machine)
    told, _ = (done := _run(machine, "restore", file)).communicate(timeout=300)
    assert done.returncode == 0, told
    there = create_app(read_settings(machine, testing=True))
    with there.app_context():
        found = [key for key in kept if keeping.is_known(key)]
        db.session.remove()  # what it began, or the next who looks waits for it
        halves = [name for name, rows in everything().items() if name == "screening" and len(rows) != len(found)]
        db.session.remove()
        db.engine.dispose()
    assert set(before) <= set(found), "what was there when it began is in it"
    assert not halves
    record_property("budget", f"R8: {len(kept)} came while a backup was made, {len(found)} are in it, each whole")
