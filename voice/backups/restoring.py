"""Putting a backup back. What was taken back since stays gone, and what is past its day goes, before anybody can look."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voice import audit, keeping
from voice.backups import databases
from voice.backups.making import fingerprint, note, scratch
from voice.backups.packing import PICTURES, unpack
from voice.config import settings
from voice.keeping.journal import TakenBack, read
from voice.storage.aside import began_in_this_database, restore_begins, restore_is_whole
from voice.storage.files import files


class NotRestored(Exception):
    """Nothing was put back, or it is not what it should be; the message says what to do."""


@dataclass(frozen=True)
class Restored:
    """A backup that is back, checked."""

    made_at: datetime
    rows: dict[str, int]  # as they came, before anything was taken back again
    taken_back: int  # submissions that were taken back since the backup, and again now
    receipts_work: bool  # whether the receipt key here is the one they were made with
    seconds: float


def restore(file: Path, key: bytes, tombstones: Sequence[Path] = ()) -> Restored:
    """Put a backup into this installation, which must be empty, or hold what a restore left that was broken off. `tombstones`: what was taken
    back, from wherever it was kept; that of `VOICE_TAKEN_BACK` is always read. Flushes; the caller commits, then carries out retention and
    scrubs, and then says `let_in()`: until then a mark stands in the data folder, and nobody is served (voice/storage/aside.py).

    Raises:
        NotRestored: there is something here already, it is of another kind of database, or a check failed.
        NotOpened, Broken: the backup is damaged or the key another one.
    """
    begun = time.perf_counter()
    goes_on = began_in_this_database(settings())  # one that was broken off: what it left is its own, and goes
    if not goes_on and not databases.is_empty():
        raise NotRestored("There is a database with rows in it. Restore into an empty data folder or an empty database.")
    taken = [line for each in (settings().taken_back, *tombstones) for line in read(each)]
    with scratch() as folder:
        about = unpack(file, key, folder)
        if (about["kind"] == "sqlite") != settings().is_sqlite:
            raise NotRestored(f"This is a backup of {about['kind']}. Set VOICE_DATABASE_URL to an empty database of that kind.")
        restore_begins(settings())
        if goes_on:
            databases.make_empty()
        databases.read_in(folder / "database", about)
        _files_back(folder / "files")
        _pictures_back(folder / PICTURES)
    databases.check()
    _hold(about)
    gone = take_back_again(taken)
    made_at = datetime.fromisoformat(about["made_at"])
    done = Restored(made_at, about["rows"], gone, about["receipts"] == fingerprint(), time.perf_counter() - begun)
    note("restore", made_at, file.stat().st_size, done.seconds)
    return done


def let_in() -> None:
    """The restore is whole: people may come in."""
    restore_is_whole(settings())


def take_back_again(taken: Sequence[TakenBack]) -> int:
    """The dead do not rise: everything in the journals goes again. Returns how many had come back.

    Raises:
        NotRestored: one of them is still there.
    """
    gone = keeping.take_back_again(taken)
    if keeping.risen():
        raise NotRestored("What was taken back is still there. Do not let anybody in; keep this folder and ask for help.")
    return gone


def _hold(about: dict[str, object]) -> None:
    """Whether every row came, and the record is whole."""
    found, told = databases.count_rows(), about["rows"]
    wrong = [name for name, count in told.items() if found.get(name) != count] if isinstance(told, dict) else ["?"]
    if wrong:
        raise NotRestored(f"Not every row came back: {', '.join(sorted(wrong))}.")
    broken = audit.broken_seal()
    if broken is not None:
        raise NotRestored(f"Seal {broken} of the record does not fit its rows.")


def _pictures_back(folder: Path) -> None:
    """Into the store this installation has, whatever kind the other had."""
    for file in sorted(folder.iterdir()) if folder.exists() else ():
        files().put(file.name, file.read_bytes())


def _files_back(folder: Path) -> None:
    for file in sorted(folder.rglob("*")) if folder.exists() else ():
        to = settings().data / file.relative_to(folder)
        if file.is_file():
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(file, to)
