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
    with _held(file) as journal:
        size = os.fstat(journal.fileno()).st_size
        cut_off = size and os.pread(journal.fileno(), 1, size - 1) != b"\n"  # by a failing disk: this line shall stand alone
        journal.write((b"\n" if cut_off else b"") + _line(taken))
        _to_disk(journal)
        _folder_to_disk(file.parent)


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
        with _held(file):
            left = [taken for taken in read(file) if taken.day >= before]
            anew = file.with_name(f"{file.name}.part")  # beside it: whenever this ends, one of the two is whole
            with os.fdopen(os.open(anew, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
                written.write(b"".join(map(_line, left)))
                _to_disk(written)
            anew.replace(file)
            _folder_to_disk(file.parent)
    return gone


@contextmanager
def _held(file: Path) -> Iterator[BinaryIO]:
    """The file, to add to, with every other process waiting."""
    while True:
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX)
            if _is_still(file, journal):
                yield journal
                return


def _is_still(file: Path, journal: BinaryIO) -> bool:
    """Whether this is the file of that name: while we waited another may have taken its place."""
    try:
        return os.path.samestat(os.fstat(journal.fileno()), file.stat())
    except FileNotFoundError:
        return False


def _line(taken: TakenBack) -> bytes:
    return f"{taken.day} {taken.key_hash} {taken.receipt_hash}\n".encode()


def _folder_to_disk(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _to_disk(journal: BinaryIO) -> None:
    journal.flush()
    os.fsync(journal.fileno())
