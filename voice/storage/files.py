"""The one door to files: pictures, rebuilt by us. A local folder, or an S3-compatible store (`VOICE_FILES_URL`).

Names are random and made by us: letters, digits, dots and dashes. A file is on disk when `put` returns; it is whole or not there at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from flask import Flask, current_app

from voice.config import Settings

NAME: Final = re.compile(r"[a-z0-9]{4}[a-z0-9.-]{0,96}")
UNFINISHED: Final = ".part"


class NoSuchFile(LookupError):
    """There is no file of this name."""


class StoreAway(RuntimeError):
    """The store did not do it: it is down, full, or refuses us."""


@dataclass(frozen=True)
class Held:
    """A file that is there."""

    name: str
    size: int  # bytes
    at: datetime


class Store(Protocol):
    """What every kind of store does. Each raises `StoreAway` when it cannot, and ValueError for a name that is none of ours."""

    def put(self, name: str, data: bytes) -> None:
        """Keep it; on disk when this returns. The same name again is the new content."""

    def get(self, name: str) -> bytes:
        """Raises NoSuchFile."""

    def delete(self, name: str) -> None:
        """Gone, also where it never was."""

    def held(self) -> Iterator[Held]:
        """Every file, in no order."""

    def names(self) -> Iterator[str]:
        """The name of every file, in no order."""


def install(app: Flask, told: Settings) -> None:
    app.extensions["voice.files"] = _store(told)


def files() -> Store:
    """The store of the running application."""
    found: Store = current_app.extensions["voice.files"]
    return found


def new_name() -> str:
    """120 random bits: nobody guesses one."""
    return secrets.token_hex(15)


class Folder:
    """Files in a folder of ours, spread over 256 folders by the first two letters of their names."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, data: bytes) -> None:
        to = self._path(name)
        unfinished = to.with_name(f"{name}.{secrets.token_hex(4)}{UNFINISHED}")
        try:
            _make_folder(to.parent)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(to)
            _to_disk(to.parent)
        except OSError as wrong:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise StoreAway(str(wrong.strerror)) from wrong

    def get(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise NoSuchFile(name) from None
        except OSError as wrong:
            raise StoreAway(str(wrong.strerror)) from wrong

    def delete(self, name: str) -> None:
        path = self._path(name)
        try:
            path.unlink()
            _to_disk(path.parent)
        except FileNotFoundError:
            return
        except OSError as wrong:
            raise StoreAway(str(wrong.strerror)) from wrong

    def held(self) -> Iterator[Held]:
        for path in self.root.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                found = path.stat()
                yield Held(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def names(self) -> Iterator[str]:
        return (each.name for each in self.held())

    def _path(self, name: str) -> Path:
        hold_name(name)
        return self.root / name[:2] / name


def _store(told: Settings) -> Store:
    if told.files_url is None:
        return Folder(told.data / "files")
    from voice.storage.buckets import Bucket  # most installations have none

    return Bucket(told.files_url)


def hold_name(name: str) -> None:
    """Raises ValueError: this is no name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError("This is no name of a file of ours.")


def _make_folder(folder: Path) -> None:
    """With what leads to it on disk, too: a file in a folder that nobody knows of is lost."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _to_disk(folder.parent)


def _to_disk(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
