"""Two files in the data folder that keep people out for a while: one that someone put there on purpose (`voice mending on`), and one that stands
from the first row a restore puts in until its last check. Files, so that they hold with the database down."""

from __future__ import annotations

import contextlib
import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from voice.config import Settings
from voice.storage.base import now

MENDING: Final = "mending"
HALF_RESTORED: Final = "restore.unfinished"
LONGEST: Final = timedelta(days=1)
"""Nobody stays shut out for longer because somebody forgot: from then on the file means nothing."""


def close_until(told: Settings, moment: datetime) -> None:
    """Keep people out until then. Raises OSError where the folder cannot be written."""
    unfinished = told.data / f"{MENDING}.part"
    unfinished.write_text(moment.isoformat())
    unfinished.replace(told.data / MENDING)


def open_again(told: Settings) -> bool:
    """Let people in. Whether they were kept out."""
    was = closed_until(told) is not None
    (told.data / MENDING).unlink(missing_ok=True)
    return was


def closed_until(told: Settings) -> datetime | None:
    """Until when people are kept out on purpose; None where they are not. A file that cannot be read keeps nobody out."""
    try:
        until = datetime.fromisoformat((told.data / MENDING).read_text().strip())
        return until if now() < until <= now() + LONGEST else None
    except (OSError, ValueError, TypeError):  # not there; not ours; a time without its zone
        return None


def is_half_restored(told: Settings) -> bool:
    """Whether a restore began and did not come to its end: what children took back may stand in the database again."""
    return (told.data / HALF_RESTORED).exists()


def began_in_this_database(told: Settings) -> bool:
    """Whether that restore was into the database that is spoken to now: only then is what lies there its own."""
    try:
        return (told.data / HALF_RESTORED).read_text() == _which(told)
    except FileNotFoundError:
        return False


def restore_begins(told: Settings) -> None:
    """On the disk when this returns."""
    with os.fdopen(os.open(told.data / HALF_RESTORED, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as mark:
        mark.write(_which(told).encode())
        mark.flush()
        os.fsync(mark.fileno())
    _to_disk(told.data)


def restore_is_whole(told: Settings) -> None:
    with contextlib.suppress(FileNotFoundError):
        (told.data / HALF_RESTORED).unlink()
    _to_disk(told.data)


def _which(told: Settings) -> str:
    return hashlib.sha256(told.database_url.encode()).hexdigest()


def _to_disk(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
