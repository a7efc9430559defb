"""Hearing from PostgreSQL what other processes and machines wrote.

What is seen at once is told in the transaction itself (NOTIFY): it goes out when that is committed and never otherwise, so no kill loses it.
What may be seen soon (`changes.SLOW`) is gathered and told twice a second, for a transaction that tells waits for every other that does: a
submission must not.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Engine

from voice.storage.board import Board

log = logging.getLogger(__name__)
CHANNEL: Final = "voice_changes"
LONGEST: Final = 7000  # bytes of a note; PostgreSQL takes just under 8000
PAUSE: Final = 0.5  # seconds between two questions whether the line still stands, and before another is tried
DEAF: Final = 2.0  # seconds without an answer, and nobody relies on this ear
SLOWLY: Final = "~"  # ends the names of what may be seen soon
FAILED: Final = 3  # libpq: a transaction that can only be undone


class Ear:
    """One line of its own to the server for each process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._board = Board()
        self._process = 0
        self._heard_at = 0.0
        self._waiting: set[str] = set()
        self._lock = threading.Lock()

    def hear(self, board: Board) -> None:
        """Where to put what is heard."""
        self._board = board

    def hears(self) -> bool:
        return self._process == os.getpid() and time.monotonic() - self._heard_at < DEAF

    def listen(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                return
            self._process, self._heard_at = os.getpid(), 0.0
        threading.Thread(target=self._listen, name="voice-ear", daemon=True).start()

    def tell(self, connection: Connection, written: Iterable[str]) -> None:
        """Before a commit, in its transaction."""
        names = sorted(written)
        at_once = [each for each in names if not each.endswith(SLOWLY)]
        if not at_once:
            with self._lock:
                self._waiting.update(names)
        elif connection.connection.driver_connection.info.transaction_status != FAILED:  # type: ignore[union-attr]  # psycopg’s own
            connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, as_note(names)))

    def _listen(self) -> None:
        """Until the process ends: a server that is away for a while is asked again, and that it is away is said once."""
        said_for = -1.0
        while True:
            try:
                self._on_one_line()
            except Exception as broken:  # whatever is wrong with the line, what was made is not relied on until there is another
                if said_for != self._heard_at:
                    log.warning("changes of others are not heard: %s", type(broken).__name__)
                said_for = self._heard_at
            time.sleep(PAUSE)

    def _on_one_line(self) -> None:
        borrowed = self._engine.raw_connection()
        line: Any = borrowed.driver_connection
        borrowed.detach()  # not one of those that requests share
        with line:
            line.autocommit = True
            line.add_notify_handler(self._note)
            line.execute(f"LISTEN {CHANNEL}")
            self._board.put_all()  # what was told before is not known
            while True:
                self._heard_at = time.monotonic()
                select.select([line.fileno()], [], [], PAUSE)
                line.execute("SELECT 1")  # takes in what has come, and shows that the line stands
                self._tell_what_waits(line)

    def _note(self, note: Any) -> None:
        if note.payload:
            self._board.put(note.payload.split(","))
        else:
            self._board.put_all()

    def _tell_what_waits(self, line: Any) -> None:
        with self._lock:
            names, self._waiting = sorted(self._waiting), set()
        if names:
            line.execute("SELECT pg_notify(%s, %s)", (CHANNEL, as_note(names)))


def as_note(names: Iterable[str]) -> str:
    """Names with commas between; empty, which means anything, where they are too many for one note."""
    text = ",".join(names)
    return text if len(text) <= LONGEST else ""
