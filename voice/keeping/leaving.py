"""Pictures' files that go: noted first, removed once their rows' end is committed, and looked after where we were killed in between.

The order matters. Removed before the commit, a killed process would leave a picture that nobody can see any more; so they go after it. And so that
a child's picture is not there for an hour when it is that moment we are killed in, a note of its name is left beside the database beforehand: the
worker removes within a minute what no row leads to. Should the note go with the power, `tidying` finds the files.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import select

from voice.config import settings
from voice.imaging import SIZES
from voice.keeping.picture_models import Picture
from voice.storage import once_committed, session
from voice.storage.files import StoreAway, files

log = logging.getLogger(__name__)
ENDING: Final = ".webp"
PATIENCE: Final = 30.0
"""Seconds a note is left to whoever wrote it."""


def named(file: str, size: str) -> str:
    """The name of one size’s file."""
    return f"{file}-{size}{ENDING}"


def remove_files(names: Sequence[str]) -> None:
    """All sizes of these, once the rows’ end is committed: a row that comes back finds its files."""
    for name in names:
        _folder().mkdir(mode=0o700, exist_ok=True)
        (_folder() / name).touch(mode=0o600)
    if names:
        once_committed(lambda: _remove(names))


def remove_now(name: str) -> None:
    """All sizes of one that no row ever led to."""
    for size in SIZES:
        files().delete(named(name, size))


def finish() -> int:
    """The worker’s job: how many pictures’ files it removed that a process which ended too early left."""
    old = time.time() - PATIENCE
    notes = [note for note in _folder().glob("*") if _written(note) < old]
    known = set(session().scalars(select(Picture.file).where(Picture.file.in_([note.name for note in notes]))))
    session().rollback()  # a store may be slow, and others want to write meanwhile
    for note in notes:
        if note.name in known:  # it was rolled back, and its picture stays
            note.unlink(missing_ok=True)
    left = [note.name for note in notes if note.name not in known]
    _remove(left)
    return len(left)


def _remove(names: Sequence[str]) -> None:
    """Where the store is down the note stays, and the worker tries again."""
    for name in names:
        try:
            remove_now(name)
            (_folder() / name).unlink(missing_ok=True)
        except StoreAway:
            log.warning("a file that nothing leads to any more could not be removed yet")


def _folder() -> Path:
    return settings().data / "files.due"


def _written(note: Path) -> float:
    """When (seconds); a note that is gone is as new as can be."""
    try:
        return note.stat().st_mtime
    except FileNotFoundError:
        return time.time()
