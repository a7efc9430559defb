"""Making a backup and reading it back."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from voice.backups import databases
from voice.backups.packing import ABOUT, PICTURES, packed, unpack
from voice.config import key_file, settings
from voice.keeping.copies import ENDING
from voice.keeping.models import BackupRun
from voice.storage import now, session
from voice.storage.aside import HALF_RESTORED, MENDING
from voice.storage.files import NoSuchFile, files

SCRATCH = "backup.tmp-"
LOCK = "backup.lock"
# Never in a backup: keys; the database and pictures (they come in their own ways); letters; what is in the making, or must be newer than a backup.
LEFT_OUT = (
    *("*.key", "*.key.*", "voice.db*", "files", "outbox", "taken-back.log", "scrub.due", "metrics", "changes.map"),
    *(LOCK, f"{SCRATCH}*", f"*{ENDING}*", f"{MENDING}*", HALF_RESTORED, "migrate.lock"),
)


@dataclass(frozen=True)
class Made:
    """A backup that was written and read back."""

    file: Path
    made_at: datetime
    size: int  # bytes
    rows: dict[str, int]
    seconds: float


def make(to: Path) -> Made:
    """Back up the database and the files beside it, sealed with `backup.key`. In a folder it is named by the moment. Read back before it
    gets its name, so that what bears the name is whole. Flushes the note of it; the caller commits.

    Raises:
        Broken: the database is damaged. OSError: the disk is full, or we may not write there.
    """
    begun, made_at = time.perf_counter(), now().replace(microsecond=0)
    key = key_file(settings().backup_key)
    file = to / f"voice-{made_at:%Y-%m-%d-%H%M%S}{ENDING}" if to.is_dir() else to
    unfinished = file.with_name(file.name + ".part")
    with _gone_unless_whole(unfinished), scratch() as folder:
        about = {"made_at": made_at.isoformat(), "receipts": fingerprint(), **databases.write_out(folder)}
        _write(unfinished, key, made_at, about, folder)
        unpack(unfinished, key)
        unfinished.replace(file)
    _to_disk(file.parent)
    made = Made(file, made_at, file.stat().st_size, cast(dict[str, int], about["rows"]), time.perf_counter() - begun)
    note("backup", made_at, made.size, made.seconds)
    return made


@contextmanager
def _gone_unless_whole(unfinished: Path) -> Iterator[None]:
    """What could not be finished does not fill the disk that was too full for it."""
    try:
        yield
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def note(kind: str, made_at: datetime, size: int, seconds: float) -> None:
    session().add(BackupRun(kind=kind, made_at=made_at, size=size, milliseconds=round(1000 * seconds)))
    session().flush()


def fingerprint() -> str:
    """Tells whether receipts of a backup will be found with the key that is here, and nothing else."""
    return hmac.new(settings().receipt_key, b"which key", hashlib.sha256).hexdigest()[:16]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the data folder’s own (encrypted) disk, for what is not sealed yet; what a broken run left there goes first."""
    with _alone(), beside(settings().data) as folder:
        yield folder


@contextmanager
def beside(data: Path) -> Iterator[Path]:
    """A folder there that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, so that what lies there is known to be left over."""
    data = settings().data
    with os.fdopen(os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in data.glob(f"{SCRATCH}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _write(file: Path, key: bytes, made_at: datetime, about: dict[str, object], folder: Path) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        with packed(cast(BinaryIO, out), key, made_at) as packing:
            packing.say(ABOUT, about)
            for part in sorted(folder.iterdir()):
                packing.add(f"database/{part.name}", part)
            for kept in _files():
                with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                    packing.add(f"files/{kept.relative_to(settings().data).as_posix()}", kept)
            for name in sorted(files().names()):
                with contextlib.suppress(NoSuchFile):  # taken back meanwhile
                    packing.put(f"{PICTURES}/{name}", files().get(name))
        out.flush()
        os.fsync(out.fileno())


def _files() -> Iterator[Path]:
    data = settings().data
    for file in sorted(data.rglob("*")):
        parts = file.relative_to(data).parts
        if file.is_file() and not file.is_symlink() and not any(Path(part).match(each) for part in parts for each in LEFT_OUT):
            yield file


def _to_disk(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    os.fsync(held)
    os.close(held)
