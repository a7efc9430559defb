"""What is left where a process ends, or the power goes, in the middle: keys, the journal of what was taken back, files of pictures (R1, R11, P7)."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from tests.making import a_picture, a_submission, clean_picture
from voice import keeping, storage
from voice.config import key_file, read_settings, settings
from voice.imaging import SIZES
from voice.keeping import journal, leaving
from voice.keeping.journal import TakenBack
from voice.keeping.leaving import named
from voice.storage.files import files

ONE, TWO, THREE = (TakenBack(date(2026, month, 1), str(month) * 64, str(month) * 64) for month in (1, 2, 3))


@pytest.fixture(autouse=True)
def _no_notes(app: Flask) -> None:
    """What other tests rolled back has left its notes."""
    shutil.rmtree(settings().data / "files.due", ignore_errors=True)


def all_sizes(*names: str) -> set[str]:
    return {named(name, size) for name in names for size in SIZES}


def kept(colour: str = "teal") -> keeping.KeptPicture:
    picture_id = a_picture(a_submission(f"In {colour}.").submission_id, colour=colour)
    return keeping.pictures([picture_id])[picture_id]


@pytest.mark.parametrize("act", [lambda one: keeping.erase(one.submission_id), lambda one: keeping.replace_picture(one.id, clean_picture("red"))])
def test_a_picture_whose_end_is_not_committed_keeps_its_files(app: Flask, act: Callable[[keeping.KeptPicture], None]) -> None:
    one = kept()
    act(one)
    assert all_sizes(one.file) <= set(files().names())
    storage.session().rollback()
    storage.commit()
    assert keeping.picture_named(one.file)
    assert all_sizes(one.file) <= set(files().names())


def test_where_a_savepoint_is_rolled_back_nothing_goes(app: Flask) -> None:
    one = kept()
    with storage.session().begin_nested() as savepoint:
        leaving.remove_files([one.file])
        savepoint.rollback()
    storage.commit()
    assert all_sizes(one.file) == set(files().names())


def test_what_was_committed_and_not_done_is_done_by_the_worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, stays = kept(), kept("gold")
    with monkeypatch.context() as killed:  # the process ends between the commit and what comes after it
        killed.setattr(leaving, "once_committed", lambda work: None)
        keeping.erase(gone.submission_id or pytest.fail("it came with nothing"))
        storage.commit()
        keeping.replace_picture(stays.id, clean_picture("red"))
        storage.session().rollback()
    assert all_sizes(gone.file, stays.file) <= set(files().names())
    assert leaving.finish() == 0  # they may still be at it
    for note in (settings().data / "files.due").iterdir():
        os.utime(note, (time.time() - 60,) * 2)
    assert leaving.finish() == 1
    left = set(files().names())
    assert all_sizes(stays.file) <= left
    assert not all_sizes(gone.file) & left
    assert not list((settings().data / "files.due").iterdir())


def test_a_line_that_was_cut_off_takes_no_other_with_it(tmp_path: Path) -> None:
    file = tmp_path / "taken-back.log"
    journal.write(file, ONE)
    file.write_bytes(file.read_bytes() + b"2026-02-01 2222")
    journal.write(file, TWO)
    journal.write(file, THREE)
    assert journal.read(file) == [ONE, TWO, THREE]


def test_letting_go_of_old_lines_never_leaves_fewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "taken-back.log"
    for each in (ONE, TWO, THREE):
        journal.write(file, each)

    def power_goes(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(journal.os, "fsync", power_goes)
        with pytest.raises(KeyboardInterrupt):
            journal.prune(file, TWO.day)
    assert journal.read(file) == [ONE, TWO, THREE]
    assert journal.prune(file, TWO.day) == 1
    assert journal.read(file) == [TWO, THREE]
    journal.write(file, ONE)
    assert journal.read(file) == [TWO, THREE, ONE]


def test_a_key_is_on_the_disk_under_its_name_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    key = key_file(tmp_path / "receipt.key")
    assert synced[0].startswith("receipt.key.")
    assert synced[1:] == [tmp_path.name]
    assert key_file(tmp_path / "receipt.key") == key
    assert [each.name for each in tmp_path.iterdir()] == ["receipt.key"]


def test_what_a_killed_start_left_of_a_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "phone.key.0123abcd.part").write_bytes(b"half")
    assert len(read_settings({"VOICE_DATA": str(tmp_path)}).phone_keys) == 1
