"""Counts that several processes keep at once, each in a small file of its own that all can read: `VOICE_DATA/metrics/*.counts`.

A file is a row of records, each a name of 56 bytes and a number of 8. Its process alone writes it; whoever reads adds up all files. A process that
died leaves its file, so that no count goes back; `voice serve` begins with none. In them are names from our code and numbers, nothing else.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import secrets
import struct
import threading
from collections import Counter
from pathlib import Path
from typing import Final

RECORD: Final = struct.Struct("<56sQ")
ROOM: Final = 512  # records in a file; names come from our code, so there are far fewer
ENDING: Final = ".counts"


class Counts:
    """The counts of one application; in each process that adds to them, its own file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._owner = 0
        self._file: mmap.mmap | None = None
        self._known: dict[str, tuple[int, int]] = {}  # name to place and number

    def add(self, name: str) -> None:
        """One more of it."""
        with self._lock:
            if self._owner != os.getpid():  # the first time, or after a fork
                self._open()
            place, number = self._known.get(name, (len(self._known), 0))
            if place < ROOM and self._file is not None:
                RECORD.pack_into(self._file, place * RECORD.size, name.encode()[:56], number + 1)
                self._known[name] = (place, number + 1)

    def all(self) -> Counter[str]:
        """Of every process together."""
        found: Counter[str] = Counter()
        for file in self.folder.glob(f"*{ENDING}"):
            with contextlib.suppress(OSError):
                found.update(_read(file.read_bytes()))
        return found

    def _open(self) -> None:
        self._owner, self._known, self._file = os.getpid(), {}, None
        with contextlib.suppress(OSError):  # a full disk: the work goes on uncounted
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"{self._owner}-{secrets.token_hex(4)}{ENDING}"
            with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as opened:
                os.posix_fallocate(opened.fileno(), 0, ROOM * RECORD.size)  # room that is not there would kill the process when it is written to
                self._file = mmap.mmap(opened.fileno(), ROOM * RECORD.size)


def begin_anew(folder: Path) -> None:
    """Forget what processes before this one counted."""
    for file in folder.glob(f"*{ENDING}"):
        file.unlink(missing_ok=True)


def _read(held: bytes) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, number in RECORD.iter_unpack(held[: len(held) // RECORD.size * RECORD.size]):
        if name.strip(b"\0"):
            found[name.rstrip(b"\0").decode("ascii", "replace")] += number
    return found
