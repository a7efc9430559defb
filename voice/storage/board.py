"""A board on which every process sees at once that a table was written: one mark for each name, new with each writing.

On one machine with SQLite the board is a file that all processes have in their memory: to look costs no call of the system, and what one
process writes the others see in the same moment. Elsewhere it is this process's own, and others' marks are brought to it (`hearing`).
"""

from __future__ import annotations

import mmap
import os
import time
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

MARK: Final = 8  # bytes
SLOTS: Final = 8192
"""So many that two names rarely share one; where they do, the one is thought written with the other."""
SIZE: Final = MARK * SLOTS
ANY: Final = 0


def slot(name: str) -> int:
    """Where the mark of this name begins; the same in every version of the product."""
    return MARK * (1 + zlib.crc32(name.encode()) % (SLOTS - 1))


class Board:
    """`shared`: whether other processes of this machine look at the same."""

    def __init__(self, file: Path | None = None) -> None:
        found = _mapped(file) if file else None
        self.shared = found is not None
        self._marks: mmap.mmap | bytearray = found if found is not None else bytearray(SIZE)

    def seen(self) -> bytes:
        """All marks as they are now."""
        return bytes(self._marks[:SIZE])

    def mark(self, at: int) -> bytes:
        return bytes(self._marks[at : at + MARK])

    def put(self, names: Iterable[str]) -> None:
        """Each of these was written. The mark of all comes last: who sees that one unchanged has seen nothing new anywhere.

        A mark is the moment (nanoseconds since this machine started): no two writings have the same, so that none hides another.
        """
        for at in (*map(slot, names), ANY):
            self._marks[at : at + MARK] = time.monotonic_ns().to_bytes(MARK, "little")

    def put_all(self) -> None:
        """Nobody knows what was written: it may be anything."""
        self._marks[:SIZE] = time.monotonic_ns().to_bytes(MARK, "little") * SLOTS

    def close(self) -> None:
        """Let go of the file; nobody looks at this board any more."""
        if isinstance(self._marks, mmap.mmap):
            self._marks.close()


def age(mark: bytes) -> float:
    """Seconds since it was put; a large number where it was put before this machine last started, or never."""
    return abs(time.monotonic_ns() - int.from_bytes(mark, "little")) / 1e9


def _mapped(file: Path) -> mmap.mmap | None:
    """None where the folder takes no file: a full disk, or one that is only read."""
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        os.posix_fallocate(handle, 0, SIZE)  # all of it now: a disk that fills up later must not end a process that looks
        return mmap.mmap(handle, SIZE)
    except (OSError, ValueError):
        return None
    finally:
        os.close(handle)
