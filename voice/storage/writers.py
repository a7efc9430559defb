"""On SQLite one may write at a time. Those who wait stand in a line here, and each is called as soon as it is their turn.

SQLite’s own way is to look again after 1, 2, 5, 10 ... 100 thousandths of a second: where many send at once most of the time passes asleep, and
whoever came first may be the last. The threads of a process wait for a lock of that process, and the first of each process for a lock on a file
beside the database, which the system hands on, and takes back from whoever dies. Nothing depends on it but the order: SQLite’s own lock still
decides who may write, also for programs that know of no line.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

WAIT: Final = 8.0
"""Seconds somebody waits for those of their own process; then it is as when SQLite is busy."""


class Line:
    """The line before one database."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._own = threading.Lock()
        self._opened: tuple[int, int] | None = None  # process and descriptor: a lock on a file that was open before a fork is shared

    def take(self) -> None:
        """Wait for one’s turn.

        Raises:
            sqlite3.OperationalError: it did not come in time.
        """
        if not self._own.acquire(timeout=WAIT):
            raise sqlite3.OperationalError("database is locked")
        with suppress(OSError):  # a full disk, a folder that may not be written: then the database says what is to be said
            fcntl.flock(self._descriptor(), fcntl.LOCK_EX)

    def give(self) -> None:
        """It is the next one’s turn."""
        if self._opened is not None:
            fcntl.flock(self._opened[1], fcntl.LOCK_UN)
        self._own.release()

    def close(self) -> None:
        """Let go of the file; whoever comes next opens it again."""
        with self._own:
            if self._opened is not None and self._opened[0] == os.getpid():
                os.close(self._opened[1])
            self._opened = None

    def _descriptor(self) -> int:
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        return self._opened[1]


class Writer(sqlite3.Connection):
    """A connection that stands in line before it writes."""

    def __init__(self, database: str, *told: Any, **more: Any) -> None:
        super().__init__(database, *told, **more)
        self._line = line_of(database)
        self._has_turn = False

    def take_turn(self) -> None:
        if not self._has_turn:
            self._line.take()
            self._has_turn = True

    def commit(self) -> None:
        """Where it fails, the transaction is open still, and the turn stays with it."""
        super().commit()
        self._give_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._give_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._line.give()


_lines: dict[str, Line] = {}
_making = threading.Lock()


def line_of(database: str) -> Line:
    """The one line of this process before this database."""
    with _making:
        return _lines.setdefault(database, Line(Path(f"{database}-line")))


def lines() -> tuple[Line, ...]:
    """Every line of this process."""
    return tuple(_lines.values())
