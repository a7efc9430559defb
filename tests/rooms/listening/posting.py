"""What a submission's POST is measured with: a bare route to stand beside it, both under whichever server, and phones that cost little.

    python -m tests.rooms.listening.posting bare gthread     a Flask route that inserts ten rows and commits, and nothing else
    python -m tests.rooms.listening.posting ours granian     ours, under another server than the one we chose
    python -m tests.rooms.listening.posting load PORT CLIENTS SECONDS SEED

The folder, the database and the port come from the environment, as ours come (docs/settings.md).
"""

from __future__ import annotations

import json
import random
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from flask import Flask, Response, jsonify, request
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, create_engine, event, insert

from tests.clients import a_message
from voice.config import Settings, read_settings
from voice.serving import Server
from voice.storage.session import PRAGMAS
from voice.wiring import create_app

RECEIPT: Final = ("drum", "owl", "kite", "boat", "pear")
ROWS: Final = Table(
    "bare_answer",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("submission", String(36), nullable=False),
    Column("question", String(64), nullable=False),
    Column("answer", Text, nullable=False),
)


def bare_app(settings: Settings) -> Flask:
    """JSON in, ten rows in one transaction, JSON out; on the same database, with the same pragmas and the same pool as ours."""
    app = Flask("bare")
    engine = create_engine(settings.database_url, pool_pre_ping=not settings.is_sqlite)
    if settings.is_sqlite:
        _as_ours(engine)
    ROWS.metadata.create_all(engine)
    engine.dispose()

    @app.post("/api/v1/submissions")
    def send() -> tuple[Response, int]:
        message = request.get_json()
        rows = [{"submission": message["key"], "question": name, "answer": json.dumps(given)} for name, given in message["answers"].items()]
        rows.append({"submission": message["key"], "question": "wording", "answer": message["wording"]})
        with engine.begin() as connection:
            connection.execute(insert(ROWS), rows)
        return jsonify(receipt=RECEIPT), 201

    @app.get("/readyz")
    def ready() -> str:
        return "ready"

    return app


def _as_ours(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


class Bare(Server):
    """The bare route has no background work."""

    def load_config(self) -> None:
        super().load_config()
        for name in ("post_worker_init", "worker_exit"):
            self.cfg.set(name, self.cfg.settings[name].default)


def under_granian(which: str, settings: Settings) -> None:
    from granian import Granian  # measured, and in no lock of ours

    Granian(
        f"tests.rooms.listening.posting:made_{which}",
        factory=True,
        port=settings.port,
        interface="wsgi",  # type: ignore[arg-type]  # the name of it does
        workers=settings.processes,
        blocking_threads=settings.threads,
        log_enabled=False,
        websockets=False,
    ).serve()


def made_bare() -> Flask:
    return bare_app(read_settings())


def made_ours() -> Flask:
    return create_app(read_settings())


def serve(which: str, server: str) -> None:
    settings = read_settings()
    if server == "granian":
        under_granian(which, settings)
        return
    found = Bare(made_bare(), settings) if which == "bare" else Server(made_ours(), settings)
    found.cfg.set("worker_class", server)
    found.run()


# --- phones


@dataclass
class Told:
    """What came of one stretch of sending: seconds of each reply, and how many were no receipt."""

    seconds: float
    took: list[float] = field(default_factory=list)
    errors: int = 0


def _somebody() -> str:
    """An address of one home among very many: thousands from one place would be a rush, and be slowed."""
    return ".".join(("10", *(str(part) for part in random.randbytes(3))))


@dataclass
class Line:
    """One phone: it sends, waits for the reply, and sends the next, over one connection."""

    port: int
    begun: float = 0.0
    got: bytes = b""
    sock: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, body: bytes) -> None:
        head = (
            f"POST /api/v1/submissions HTTP/1.1\r\nHost: localhost:{self.port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        )
        self.got, self.begun = b"", time.perf_counter()
        came_from = f"Sec-Fetch-Site: same-origin\r\nAccept-Encoding: gzip, br\r\nX-Forwarded-For: {_somebody()}\r\n\r\n"
        self.sock.sendall((head + came_from).encode() + body)

    def is_whole(self) -> bool:
        """Whether the reply is there."""
        self.got += self.sock.recv(65536)
        head, found, body = self.got.partition(b"\r\n\r\n")
        return bool(found) and len(body) >= int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])

    @property
    def is_kept(self) -> bool:
        """Whether it was told that it is kept."""
        return self.got.startswith((b"HTTP/1.1 201", b"HTTP/1.0 201"))


def load(port: int, clients: int, seconds: float, seed: int) -> Told:
    """So many phones at once, for so long; each sends its next as soon as it has a reply. One thread for all, so that they cost little."""
    chance = random.Random(seed)
    bodies = [json.dumps(a_message(chance)).encode() for _ in range(int(seconds * 1800) + clients)]
    told, waiting = Told(seconds), selectors.DefaultSelector()
    begun = time.perf_counter()
    for _ in range(clients):
        line = Line(port)
        waiting.register(line.sock, selectors.EVENT_READ, line)
        line.send(bodies.pop())
    while waiting.get_map():
        for ready, _events in waiting.select(60):
            line = ready.data
            if line.is_whole():
                told.took.append(time.perf_counter() - line.begun)
                told.errors += not line.is_kept
                waiting.unregister(line.sock)
                if b"connection: close" in line.got[:400].lower():
                    line.sock.close()
                    line.connect()
                if time.perf_counter() < begun + seconds and bodies:
                    waiting.register(line.sock, selectors.EVENT_READ, line)
                    line.send(bodies.pop())
    told.seconds = time.perf_counter() - begun
    return told


def main(what: str, *rest: str) -> None:
    if what == "load":
        port, clients, seconds, seed = rest
        print(json.dumps(asdict(load(int(port), int(clients), float(seconds), int(seed)))))
    else:
        serve(what, *rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
