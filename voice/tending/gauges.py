"""How everything stands now, as numbers for whoever runs the machine. Ages and states; no count of anything a child set in motion."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Final

from flask import current_app
from sqlalchemy import select, text

from voice import keeping, reading, safeguarding
from voice.config import settings
from voice.storage import Lease, now, session, today
from voice.storage.aside import closed_until, is_half_restored
from voice.storage.migrate import current, pinned_head
from voice.storage.session import reachable
from voice.workers import jobs_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gauge:
    """One number. `name` begins with voice_ and ends with its unit; `says` is for a reader who knows nothing of the program."""

    name: str
    says: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


Source = Callable[[], Iterator[Gauge]]


def gauges() -> list[Gauge]:
    """All there are; with the database away, those that need none. A source that breaks is left out, and said to be."""
    up = reachable()
    found = [Gauge("voice_database_up", "1 while the database answers", float(up))]
    for source in (*WITHOUT_DATABASE, *(WITH_DATABASE if up else ())):
        broken = 0.0
        session().rollback()  # each begins anew: none keeps the database from others for longer than it reads itself
        try:
            found += list(source())
        except Exception as wrong:  # one that breaks must not hide the others
            session().rollback()
            log.error("a gauge broke: %s", type(wrong).__name__)
            broken = 1.0
        found.append(Gauge("voice_gauge_broken", "1 where these numbers could not be had", broken, {"source": source.__name__.strip("_")}))
    return found


def _build() -> Iterator[Gauge]:
    labels = {"version": version("voice"), "revision": pinned_head(), "database": "sqlite" if settings().is_sqlite else "postgresql"}
    yield Gauge("voice_build_info", "Always 1; its labels say what runs here", 1.0, labels)


def _mending() -> Iterator[Gauge]:
    shut = closed_until(settings()) is not None or is_half_restored(settings())
    yield Gauge("voice_mending", "1 while people are kept out on purpose (voice mending), or by a restore that did not end", float(shut))


def _disks() -> Iterator[Gauge]:
    folders = {"data": settings().data, "backups": settings().backups}
    for name, folder in folders.items():
        if folder is not None and folder.is_dir():
            used, nodes = shutil.disk_usage(folder), os.statvfs(folder)
            yield Gauge("voice_disk_free_bytes", "Room left on the disk of this folder", used.free, {"folder": name})
            yield Gauge("voice_disk_free_ratio", "Room left, of all there is: 0 to 1", used.free / used.total, {"folder": name})
            if nodes.f_files:
                yield Gauge("voice_disk_inodes_free_ratio", "File entries left: 0 to 1", nodes.f_ffree / nodes.f_files, {"folder": name})


def _database() -> Iterator[Gauge]:
    yield Gauge("voice_database_at_head", "1 where the database has the shape this version expects", float(current() == pinned_head()))
    if settings().is_sqlite:
        file = Path(settings().database_url.removeprefix("sqlite:///"))
        yield Gauge("voice_database_bytes", "Size of the database", _size(file))
        yield Gauge("voice_database_wal_bytes", "Size of SQLite’s log, which is folded back now and then", _size(file.with_name(file.name + "-wal")))
        return
    ask = session().execute
    yield Gauge("voice_database_bytes", "Size of the database", float(ask(text("SELECT pg_database_size(current_database())")).scalar_one()))
    most, used = "SELECT current_setting('max_connections')::int", "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    yield Gauge("voice_database_connections_max", "Connections PostgreSQL lets in", float(ask(text(most)).scalar_one()))
    yield Gauge("voice_database_connections", "Connections PostgreSQL has now, of everyone", float(ask(text(used)).scalar_one()))


def _jobs() -> Iterator[Gauge]:
    leases = {each.job: each for each in session().scalars(select(Lease))}
    for job in jobs_of(current_app).all():
        lease, labels = leases.get(job.name), {"job_name": job.name}
        if lease is not None and lease.last_done is not None:
            yield Gauge("voice_job_age_seconds", "Since this work in the background was last done", _since(lease.last_done), labels)
        yield Gauge("voice_job_failing", "1 where it ended with an error the last time", float(bool(lease and lease.last_error)), labels)
        yield Gauge("voice_job_every_seconds", "How often it is to be done", job.every.total_seconds(), labels)


def _watch() -> Iterator[Gauge]:
    stopped = safeguarding.stopped()
    for part in dict.fromkeys((*safeguarding.WATCHED, *stopped)):
        yield Gauge("voice_stopped", "1 where a part that alerts of children at risk depend on has stopped", float(part in stopped), {"part": part})
    unsent = safeguarding.unsent_since()
    yield Gauge("voice_alert_unsent_seconds", "How long the oldest alert has waited to go to a safeguarding lead; 0: none waits", _since(unsent))


def _opening() -> Iterator[Gauge]:
    ready = safeguarding.ready_now()
    yield Gauge("voice_open", "1 while young people may be asked to write", float(ready.is_open))
    for each in ready.conditions:
        says = "0 met, 1 lapses soon, 2 has lapsed, 3 has closed the pages"
        yield Gauge("voice_condition", says, float(LEVELS.index(each.level)), {"condition": each.code})


def _reading() -> Iterator[Gauge]:
    since = reading.waits_since()
    days = (today() - since).days if since else 0
    yield Gauge("voice_unread_days", "How long the oldest view has waited to be read; 0: none, or since today", float(days))


def _backups() -> Iterator[Gauge]:
    made = keeping.last_backups()
    for kind, name in (("backup", "voice_backup_age_seconds"), ("restore_test", "voice_restore_test_age_seconds")):
        if kind in made:
            yield Gauge(name, "Since the last one", _since(made[kind].at))
        yield Gauge(name.replace("_age_seconds", "_ever"), "1 where there ever was one", float(kind in made))


def _retention() -> Iterator[Gauge]:
    runs = keeping.last_runs()
    for rule in keeping.retention_of().all():
        left = rule not in runs or runs[rule].overdue > 0 or now() - runs[rule].at > LATE
        yield Gauge("voice_retention_overdue", "1 where something is past its last day, or nobody looked", float(left), {"rule": rule})


def _size(file: Path) -> float:
    return float(file.stat().st_size) if file.exists() else 0.0


def _since(moment: datetime | None) -> float:
    return max(0.0, (now() - moment).total_seconds()) if moment else 0.0


LATE: Final = timedelta(days=2)
LEVELS: Final = ("met", "soon", "late", "closed")
WITHOUT_DATABASE: Final[tuple[Source, ...]] = (_build, _mending, _disks)
WITH_DATABASE: Final[tuple[Source, ...]] = (_database, _jobs, _watch, _opening, _reading, _backups, _retention)
