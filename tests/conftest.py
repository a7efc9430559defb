"""Fixtures: an application on each database, a visitor who reads pages, members who sign in."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import text
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests import pacing
from tests.databases import ON_SQLITE_ALONE
from tests.demo import the_demo
from tests.making import member_visitor
from tests.peers import postgres_url
from tests.reading import Visitor
from voice.config import read_settings
from voice.extensions import db
from voice.identity import actions
from voice.storage import changes_of, migrate
from voice.wiring import create_app

MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30  # bytes  # the kernel's own folder in memory, on Linux
A_FULL_RUN = 200  # reports; who runs a few tests sees what is slow


def pytest_configure(config: pytest.Config) -> None:
    """Databases of tests lie in memory where there is room for them: no test lives on, so none needs to wait for a disk at each commit. Modules
    begin in the order that `pacing` gives them."""
    config.option.loadscopereorder = False
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


class Ground:
    """One migrated database and the application on it, put back to empty after each test."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        environment = {"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county"}
        if kind == "postgresql":
            environment["VOICE_DATABASE_URL"] = postgres_url(folder.name)
        self.settings = read_settings(environment, testing=True)
        self.app = create_app(self.settings)
        self.app.config["TESTING"] = True
        with self.app.app_context():
            migrate.upgrade()
            db.engine.dispose()
        if kind == "sqlite":
            shutil.copy(folder / "voice.db", folder / "empty.db")

    def _put_back(self) -> None:
        """A new file, not the old one written over: a connection that a test left open would share its log with those of the next test, and take
        it away when it is closed."""
        if db.engine.pool.checkedout():  # type: ignore[attr-defined]  # the pool of files has it
            gc.collect()
        db.engine.dispose()
        for tail in ("-wal", "-shm"):
            (self.folder / f"voice.db{tail}").unlink(missing_ok=True)
        fresh = self.folder / "fresh.db"
        shutil.copy(self.folder / "empty.db", fresh)
        fresh.replace(self.folder / "voice.db")
        changes_of().put_all()  # the product did not see it

    def make_empty(self) -> None:
        with self.app.app_context():
            db.session.remove()
            if self.kind == "sqlite":
                self._put_back()
            else:
                _empty_postgresql()
        for each in ("outbox", "files"):
            shutil.rmtree(self.folder / each, ignore_errors=True)


MANY = 500  # rows; beyond them what DELETE leaves behind would slow down the tests that follow


def _empty_postgresql() -> None:
    """Take out what a test put in. TRUNCATE makes new files for all of a hundred tables, which is most of what a small test would cost, so it is
    kept for tests that put much in; else the few tables that hold something are emptied row by row, past the triggers that keep records whole."""
    names = list(db.metadata.tables)
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        holds = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)  # noqa: S608  # names of our own tables
        filled = connection.execute(text(holds)).scalars().all()
        if sum(connection.execute(text(f'DELETE FROM "{name}"')).rowcount for name in filled) > MANY:  # noqa: S608  # as above
            connection.execute(text("TRUNCATE " + ", ".join(f'"{name}"' for name in names) + " CASCADE"))
        connection.execute(text("SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences"))


@pytest.fixture(scope="session", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    """Passphrases cost a tenth of a second each on purpose. Here the same argon2 works with little memory, but where its cost is what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ground]]:
    made: dict[str, Ground] = {}
    yield made
    for ground in made.values():
        with ground.app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, loaded once; every house is a copy of it."""
    return the_demo(tmp_path_factory)


@pytest.fixture(params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, grounds: dict[str, Ground], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    kind: str = request.param
    if kind not in grounds:
        grounds[kind] = Ground(kind, tmp_path_factory.mktemp(kind))
    yield grounds[kind]
    grounds[kind].make_empty()


@pytest.fixture
def app(ground: Ground) -> Iterator[Flask]:
    """The application, inside its context; the database is empty at the start."""
    with ground.app.app_context():
        yield ground.app
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Someone from outside."""
    return Visitor(app.test_client())


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., Visitor]:
    """`signed_in("officer", ...)`: a visitor who holds these roles and has signed in as a person would."""

    def sign_in(*roles: str, email: str | None = None) -> Visitor:
        return member_visitor(app, roles, email or f"{'-'.join(roles)}@demo.example")

    return sign_in


@pytest.hookimpl(trylast=True)  # after the order was drawn by chance
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = pacing.in_order([each for each in items if not _on_one_too_many(each)])


def _on_one_too_many(item: pytest.Item) -> bool:
    on = getattr(item, "callspec", None)
    return on is not None and on.params.get("ground") == "postgresql" and pacing.module_of(item.nodeid) in ON_SQLITE_ALONE


class ByScope(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return pacing.scope_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByScope | None:
    return ByScope(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured is told even where all is well, and what took longest."""
    took = [each for how in ("", "passed", "failed", "xfailed", "error") for each in terminalreporter.getreports(how)]
    if len(took) > A_FULL_RUN:
        terminalreporter.section("slowest modules")
        for line in pacing.slowest(took):
            terminalreporter.line(line)
    ended = [each for how in ("passed", "failed", "xfailed") for each in terminalreporter.getreports(how)]
    told = [(name, line) for each in ended for name, line in each.user_properties]
    lines = sorted({str(line) for name, line in told if name == "budget"})
    if lines:
        terminalreporter.section("budgets")
        for line in lines:
            terminalreporter.line(line)
