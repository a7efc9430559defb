"""What was taken back, in a file apart from the database: whoever restores an older database takes it back again from here.

A line is a day and two keyed hashes; without `receipt.key` they lead to nothing. It is on the disk before the erasure is committed, so
that no restored database can bring back what a child was told is gone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class TakenBack:
    """One line."""

    day: date
    key_hash: str
    receipt_hash: str


def write(file: Path, taken: TakenBack) -> None:
    """Add a line and wait until it is on the disk."""
    is_new = not file.exists()
    with _held(file) as journal:
        journal.write(f"{taken.day} {taken.key_hash} {taken.receipt_hash}\n".encode())
        _to_disk(journal)
    if is_new:
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def read(file: Path) -> list[TakenBack]:
    """Every whole line; one that was cut off by a failing disk is left out, as its erasure was never committed."""
    if not file.exists():
        return []
    lines = [line.split() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    return [TakenBack(date.fromisoformat(parts[0]), parts[1], parts[2]) for parts in lines if len(parts) == 3 and len(parts[2]) == 64]


def older(file: Path, than: date) -> int:
    """How many lines are older."""
    return sum(taken.day < than for taken in read(file))


def prune(file: Path, before: date) -> int:
    """Let go of older lines. Returns how many went."""
    gone = older(file, before)
    if gone:
        with _held(file) as journal:
            left = [taken for taken in read(file) if taken.day >= before]
            journal.truncate(0)
            journal.write("".join(f"{each.day} {each.key_hash} {each.receipt_hash}\n" for each in left).encode())
            _to_disk(journal)
    return gone


@contextmanager
def _held(file: Path) -> Iterator[BinaryIO]:
    """The file, to add to, with every other process waiting."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        yield journal


def _to_disk(journal: BinaryIO) -> None:
    journal.flush()
    os.fsync(journal.fileno())
