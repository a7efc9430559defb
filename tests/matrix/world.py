"""A small county with one of everything in every state it can be in, and a member for every role."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from tests.making import member_visitor
from tests.matrix.objects import Values, objects
from tests.matrix.rotas import rotas
from voice.extensions import db
from voice.identity.rules import ROLES
from voice.storage import changes_of, now, scrub

NOBODY = "nobody"
WHO = (NOBODY, *ROLES)
# What a page that only shows may write: who read raw words; and what a form may that was not right: that somebody tried.
WRITTEN_BY_READING = {"audit_row", "sqlite_sequence", "sign_in_try", "wrong_guess", "day_salt"}
RENEWED = 20  # seconds; within NOTED_EVERY, so that no page renews the cookie by itself
Row = tuple[object, ...]


@dataclass
class Changes:
    """Tables that are not as they were, each with how many of its rows are new or other."""

    tables: dict[str, int] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """How many acts or readings were recorded."""
        return self.tables.get("audit_row", 0)

    @property
    def beside_the_record(self) -> set[str]:
        return set(self.tables) - WRITTEN_BY_READING


class Members:
    """The application, its objects by kind and state, and a client for every role."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._used: dict[str, tuple[int, str]] = {}
        with app.app_context():
            self.objects: Mapping[str, Mapping[str, Values]] = {**objects(app), **rotas()}
            self.raw = uuid.uuid4().hex
            self.cookies = {role: self._sign_in(role) for role in ROLES}
            scrub()
            db.engine.dispose()

    def _sign_in(self, role: str) -> str:
        client = member_visitor(self.app, (role,), f"{role}@matrix.example").client
        with client.session_transaction() as kept:
            kept["csrf_token"] = self.raw
        return _cookie(client)

    def client(self, role: str) -> FlaskClient:
        """A browser of its own for each request, so that one who signs out is in again for the next."""
        client = self.app.test_client()
        if role != NOBODY:
            client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self._renewed(role))
        return client

    def _renewed(self, role: str) -> str:
        """Its cookie, as if it had been used a short while ago: all of it takes longer than a session may stand still."""
        at, cookie = self._used.get(role, (0, ""))
        if int(now().timestamp()) - at > RENEWED:
            client = self.app.test_client()
            client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookies[role])
            at = int(now().timestamp())
            with client.session_transaction() as kept:
                kept["seen"] = kept["proved"] = at
            cookie = _cookie(client)
            self._used[role] = at, cookie
        return cookie

    def token(self) -> str:
        """The token a form of ours would carry, for every member."""
        return URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(self.raw)


class World(Members):
    """On SQLite: whatever a request changes is put back."""

    def __init__(self, app: Flask, folder: Path) -> None:
        super().__init__(app)
        self.folder = folder
        shutil.copy(self.file, self.spare)
        shutil.copytree(self.folder / "files", self.folder / "files.spare", dirs_exist_ok=True)

    @property
    def file(self) -> Path:
        return self.folder / "voice.db"

    @property
    def spare(self) -> Path:
        return self.folder / "voice.spare.db"

    @contextmanager
    def untouched(self) -> Iterator[Changes]:
        """Whatever is changed inside is told, once it is over, and put back."""
        changes = Changes()
        with closing(sqlite3.connect(self.file)) as watcher:
            before = _version(watcher)
            yield changes
            changed = _version(watcher) != before
        if changed:  # once the watcher is gone: the last to leave folds its log into the file
            changes.tables = _differences(_rows(self.spare), _rows(self.file))
            self.put_back()

    def put_back(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for tail in ("-wal", "-shm"):
            Path(f"{self.file}{tail}").unlink(missing_ok=True)
        shutil.copy(self.spare, self.file)
        changes_of(self.app).put_all()  # the product did not see it
        for file in (self.folder / "files.spare").rglob("*.webp"):
            there = self.folder / "files" / file.relative_to(self.folder / "files.spare")
            if not there.exists():
                shutil.copy(file, there)


def _cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie(client.application.config["SESSION_COOKIE_NAME"])
    assert cookie
    return str(cookie.value)


def _rows(file: Path) -> dict[str, set[Row]]:
    with closing(sqlite3.connect(file)) as own:
        names = [name for (name,) in own.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: set(own.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608  # names of our own tables


def _differences(before: Mapping[str, set[Row]], after: Mapping[str, set[Row]]) -> dict[str, int]:
    return {name: len(after[name] ^ before[name]) for name in after if after[name] != before[name]}


def _version(watcher: sqlite3.Connection) -> int:
    """A number that changes when anyone else commits."""
    found: int = watcher.execute("PRAGMA data_version").fetchone()[0]
    return found
