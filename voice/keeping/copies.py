"""Backups as files: how one is known, when it was made, and letting go of those that are too old. Making and opening them is `voice.backups`."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

from voice.config import settings
from voice.retention import Rule
from voice.storage import now

ENDING = ".voice-backup"
MAGIC = b"VOICEBK1"
HEADER = struct.Struct(">8sQ32s")  # what it is, when it was made (seconds since 1970), salt


class NotOpened(Exception):
    """This is no backup, it is not whole, or the key is another one; the message says which as far as can be known."""


@dataclass(frozen=True)
class Header:
    made_at: datetime
    salt: bytes

    def packed(self) -> bytes:
        return HEADER.pack(MAGIC, int(self.made_at.timestamp()), self.salt)


def read_header(file: BinaryIO) -> Header:
    """
    Raises:
        NotOpened: it is no backup of ours.
    """
    start = file.read(HEADER.size)
    if len(start) < HEADER.size or not start.startswith(MAGIC):
        raise NotOpened("This is not a backup of Voice.")
    _magic, seconds, salt = HEADER.unpack(start)
    try:
        return Header(datetime.fromtimestamp(seconds, UTC), salt)
    except (ValueError, OverflowError):
        raise NotOpened("This is not a backup of Voice.") from None


def too_old(folder: Path, on: datetime | None = None) -> list[Path]:
    """Backups of ours in this folder that are older than they may be, by what is inside: a copy may bear any date."""
    before = (on or now()) - timedelta(days=settings().keep.backups_days)
    return [file for file in sorted(folder.glob(f"*{ENDING}")) if _made_at(file, before) < before]


def prune(folder: Path, on: datetime | None = None) -> list[Path]:
    """Remove them. Returns which went."""
    gone = too_old(folder, on)
    for file in gone:
        file.unlink(missing_ok=True)
    return gone


def rule() -> Rule:
    """What the worker does in the folder of backups that the settings name; where they name none, or its disk is not there, nothing."""
    return Rule("Backups", lambda on: len(too_old(*where)) if (where := _where(on)) else 0, lambda on, _most: _prune(on))


def _prune(on: date) -> int:
    where = _where(on)
    return len(prune(*where)) if where else 0


def _where(on: date) -> tuple[Path, datetime] | None:
    """The folder, and this hour and minute of that day."""
    folder = settings().backups
    return (folder, datetime.combine(on, now().timetz())) if folder and folder.is_dir() else None


def _made_at(file: Path, otherwise: datetime) -> datetime:
    try:
        with file.open("rb") as source:
            return read_header(cast(BinaryIO, source)).made_at
    except NotOpened:
        return otherwise  # not ours: it stays
