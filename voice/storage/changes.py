"""What was written, told to every process: so that what was made once may be shown again until something it was made of is written.

Nobody has to remember to tell. Every statement passes here: what is read is noted by whoever watches (`watching`), what is written is put on
the board when its transaction ends. So a page depends on exactly the tables it read, and no list of them can go out of date.

When a change is seen:
- by the process that wrote: before its `commit` returns;
- by others on the same machine (SQLite): in the same moment, for the board is one memory;
- by other processes and machines (PostgreSQL): when the server tells them of it (`hearing`), some milliseconds after the commit;
- by who cannot be told, or has not been heard from: after BLIND seconds, for it keeps nothing longer.
Tables in SLOW are written all the time, by every submission and by the worker: what reads one may be SOON seconds behind it. Rows that are
changed or taken out are never slow where a child's words or a picture may stand (ADDED_TO).
A process that is killed in the one moment between its commit and the telling leaves what was made then standing for SETTLES seconds at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, event

from voice.config import Settings
from voice.extensions import db
from voice.storage.base import today
from voice.storage.board import ANY, MARK, Board, age, slot
from voice.storage.hearing import Ear
from voice.storage.statements import told
from voice.storage.watching import Reads, note, watched, watching

T = TypeVar("T")
FILE: Final = "changes.map"
WRITTEN: Final = "voice.written"  # in a connection's own notes

BLIND: Final = 2.0  # seconds, and so the next four
SOON: Final = 10.0
SETTLES: Final = 10.0
LONG: Final = 600.0
"""Nothing is kept longer: whoever writes into the database past the product sees it then."""
BY_THE_CLOCK: Final = 60.0
"""What asked for more than the day, or reads a table of SLOW."""

SLOW: Final = frozenset(
    (
        *(
            "arrival",
            "audit_row",
            "audit_seal",
            "beat",
            "counted",
            "counted_words",
            "day_salt",
            "fingerprint",
            "fingerprint_band",
            "in_line",
            "lease",
        ),
        *("news_count", "retention_run", "sender_mark", "sign_in_try", "spent_challenge", "tally", "tally_people", "tally_slice"),
        *("uncounted", "uncounted_words", "wrong_guess"),
    )
)
"""Tables of the machine's own: counts on their way to a release, leases, records."""
ADDED_TO: Final = frozenset(("picture", "pledge", "screening", "submission", "tone", "view"))
"""A new row changes no page before a person has read it; a row that is changed or goes is seen at once."""


def later(table: str) -> str:
    """The name under which slow writing of a table is marked."""
    return f"{table}~"


def marks_for(changed: frozenset[str], added: frozenset[str]) -> set[str]:
    """What to put on the board for rows changed in these tables and rows added to those."""
    slow = (changed & SLOW) | (added & (SLOW | ADDED_TO))
    at_once = (changed - SLOW) | (added - SLOW - ADDED_TO)
    return {*at_once, *map(later, at_once | slow)}


@dataclass(slots=True)
class Marks:
    """What something was made of, as the board was just before, and the day it was. `soon`: may be behind for SOON seconds."""

    at_once: tuple[tuple[int, bytes], ...]
    soon: tuple[tuple[int, bytes], ...]
    any: bytes
    good_for: float  # seconds
    made_at: float = field(default_factory=time.monotonic)
    day: date = field(default_factory=today)


class Changes:
    """The board of one application, and what is remembered by it."""

    def __init__(self, board: Board, ear: Ear | None) -> None:
        self.board = board
        self.ear = ear
        self._remembered: dict[str, tuple[Marks, Reads, Any]] = {}

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        """Note what is read inside; `marks` of it is good once it is over."""
        watch = Watch(self.board.seen(), is_clean=_nothing_read_yet())
        with watching() as watch.reads:
            yield watch

    def still(self, marks: Marks) -> bool:
        """Whether nothing it was made of was written since, on the same day."""
        old = time.monotonic() - marks.made_at
        if old > marks.good_for or (old > BLIND and not self._are_told()) or marks.day != today():
            return False
        newest = self.board.mark(ANY)
        if newest == marks.any:
            return True
        if any(self.board.mark(at) != mark for at, mark in marks.at_once):
            return False
        if any(self.board.mark(at) != mark for at, mark in marks.soon):
            return old <= SOON
        marks.any = newest
        return True

    def remembered(self, name: str, seconds: float, read: Callable[[], T]) -> T:
        """What `read` gives, or what it gave these seconds ago at most where nothing it read was written since. What is not there is not
        remembered: made-up names must not fill this memory."""
        known = self._remembered.get(name)
        if known and self.still(known[0]):
            note(known[1])
            value: T = known[2]
            return value
        with self.watching() as watch:
            found = read()
        marks = watch.marks(seconds)
        if found and marks:
            self._remembered[name] = marks, watch.reads, found
        return found

    def put(self, names: set[str]) -> None:
        """Tell this process and, where they look at the same board, the others of this machine."""
        self.board.put(names)

    def put_all(self) -> None:
        """The database is another one than before: nothing made of it stands."""
        self.board.put_all()

    def listen(self) -> None:
        """Begin to hear what others write, where that takes somebody who listens; once in each process."""
        if self.ear:
            self.ear.listen()

    def _are_told(self) -> bool:
        return self.board.shared or (self.ear is not None and self.ear.hears())


class Watch:
    """What was read in a while. `is_clean`: nothing was read by the same session before, so that all it knows it read in this while."""

    def __init__(self, before: bytes, *, is_clean: bool) -> None:
        self.before = before
        self.is_clean = is_clean
        self.reads = Reads()

    def marks(self, seconds: float = LONG) -> Marks | None:
        """None: what was made cannot be kept, for nobody knows all it was made of."""
        if not self.is_clean:
            return None
        return marks_of(self.before, self.reads, seconds)


def marks_of(before: bytes, reads: Reads, seconds: float) -> Marks:
    """The marks of what was read, from the board as it was before."""
    at_once, soon = _found(before, reads.tables), _found(before, map(later, reads.tables & (SLOW | ADDED_TO)))
    good_for = min(seconds, BY_THE_CLOCK if reads.clock or soon else LONG)
    if any(age(mark) < SETTLES for _, mark in at_once):
        good_for = min(good_for, SETTLES)
    return Marks(at_once, soon, before[ANY : ANY + MARK], good_for)


def _found(board: bytes, names: Iterable[str]) -> tuple[tuple[int, bytes], ...]:
    return tuple((at, board[at : at + MARK]) for at in sorted(map(slot, names)))


def _nothing_read_yet() -> bool:
    """What a session has read it may give again without a statement."""
    if not db.session.registry.has():
        return True
    session = db.session()
    return not (session.in_transaction() or session.identity_map or session.new)


# --- in the path of every statement


def install(app: Flask, told_of: Settings) -> None:
    """After the engine is there."""
    engine = db.engine
    ear = None if told_of.is_sqlite else Ear(engine)
    changes = Changes(Board(told_of.data / FILE if told_of.is_sqlite else None), ear)
    if ear:
        ear.hear(changes.board)
    app.extensions["voice.changes"] = changes
    _note_statements(engine)
    _tell_of_transactions(engine, changes)


def changes_of(app: Flask | None = None) -> Changes:
    found: Changes = (app or current_app).extensions["voice.changes"]
    return found


def _note_statements(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def asked(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        found = watched()
        if found is not None:
            found.tables |= told(statement).read

    @event.listens_for(engine, "after_cursor_execute")
    def done(connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
        what = told(statement)
        if (what.added or what.changed) and not (what.counts and cursor.rowcount == 0):
            connection.info.setdefault(WRITTEN, set()).update(marks_for(what.changed, what.added))


def _tell_of_transactions(engine: Engine, changes: Changes) -> None:
    """Twice: just before the commit, so that a process that dies in it leaves nothing that looks settled; and when it is over, for what is read
    until then is still as it was. A connection that is given back, or begins anew, has ended its transaction."""

    @event.listens_for(engine, "commit")
    def about_to_commit(connection: Connection) -> None:
        written = connection.info.get(WRITTEN)
        if written:
            changes.put(written)
            if changes.ear:
                changes.ear.tell(connection, written)

    @event.listens_for(engine, "rollback")
    def undone(connection: Connection) -> None:
        connection.info.pop(WRITTEN, None)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        over(connection.info)

    @event.listens_for(engine, "checkin")
    def given_back(_connection: Any, record: Any) -> None:
        over(record.info)

    def over(notes: dict[Any, Any]) -> None:
        written = notes.pop(WRITTEN, None)
        if written:
            changes.put(written)
