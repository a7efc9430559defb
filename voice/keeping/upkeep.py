"""The rules of this room, and of the ground below it that has no room of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from voice import audit
from voice.config import settings
from voice.keeping import copies, journal
from voice.keeping.ending import submission_rules
from voice.keeping.models import BackupRun, RetentionRun, Tombstone
from voice.keeping.picture_ending import picture_rules
from voice.retention import Retention, Rule, months_before, rows_past
from voice.storage import Lease, today

MANY = 100_000  # letters
LEASE_DAYS = 7  # a job of ours runs every hour at least; one that has not run for a week is no more


def add_rules(rules: Retention) -> None:
    for name, rule in {**picture_rules(), **submission_rules()}.items():
        rules.add(name, rule)
    rules.add("tombstones", rows_past("That something was taken back", Tombstone, lambda on: Tombstone.erased_on < _tombstones_before(on)))
    rules.add("journal", Rule("That something was taken back, apart from the database", _old_lines, lambda on, _most: _prune_lines(on)))
    rules.add("backups", copies.rule())
    rules.add("letters", Rule("Letters in the outbox", lambda on: len(list(_old_letters(on))), _remove_letters))
    rules.add("record", Rule("The record of who did what", _old_record, _prune_record))
    rules.add("leases", rows_past("Jobs that are no more", Lease, lambda on: Lease.until < _moment(on - timedelta(days=LEASE_DAYS))))
    rules.add("runs", rows_past("What retention did", RetentionRun, lambda on: RetentionRun.at < _months(on, settings().keep.record_months)))
    rules.add("backup runs", rows_past("When backups were made", BackupRun, lambda on: BackupRun.at < _months(on, settings().keep.record_months)))


def tidy_own_disk() -> None:
    """What lies on the disk of this node alone, past its day: where several machines share the work, the rules are carried out on one of them.
    Each looks after its own when it starts."""
    _prune_lines(today())
    _remove_letters(today(), MANY)


def _moment(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time(), UTC)


def _months(on: date, months: int) -> datetime:
    """What happened before this moment is over."""
    return _moment(months_before(on, months) + timedelta(days=1))


def _tombstones_before(on: date) -> date:
    return months_before(on, settings().keep.tombstones_months)


def _old_lines(on: date) -> int:
    return journal.older(settings().taken_back, _tombstones_before(on))


def _prune_lines(on: date) -> int:
    return journal.prune(settings().taken_back, _tombstones_before(on))


def _old_letters(on: date) -> Iterator[Path]:
    before = _moment(on - timedelta(days=settings().keep.letters_days)).timestamp()
    for letter in (settings().data / "outbox").glob("*.eml"):
        if letter.stat().st_mtime < before:
            yield letter


def _remove_letters(on: date, most: int) -> int:
    found = list(_old_letters(on))[:most]
    for letter in found:
        letter.unlink(missing_ok=True)
    return len(found)


def _old_record(on: date) -> int:
    return sum(link.last_row - link.first_row + 1 for link in audit.due_for_pruning(*_record_before(on)))


def _prune_record(on: date, most: int) -> int:
    return audit.prune(*_record_before(on), most)


def _record_before(on: date) -> tuple[datetime, datetime]:
    return _months(on, settings().keep.reads_months), _months(on, settings().keep.record_months)
