"""Migrations, up and down, on both databases, with awkward rows in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from tests.peers import postgres_url
from tests.soaks import migrations as rig
from voice import storage
from voice.config import read_settings
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    environment = {"VOICE_DATA": str(tmp_path)}
    if request.param == "postgresql":
        environment["VOICE_DATABASE_URL"] = postgres_url(f"migrations_{tmp_path.name}")
    return create_app(read_settings(environment, testing=True))


AWKWARD = "‮ \N{ZERO WIDTH JOINER} 😀 <script> '\"; -- ڈر"


def test_up_down_and_up_again(fresh: Flask) -> None:
    with fresh.app_context():
        migrate.upgrade()
        assert migrate.current() == migrate.pinned_head()
        _put_awkward_rows_in()
        migrate.downgrade("base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        migrate.upgrade()
        assert migrate.current() == migrate.pinned_head()
        db.engine.dispose()


def test_the_record_can_only_be_added_to(fresh: Flask) -> None:
    with fresh.app_context():
        migrate.upgrade()
        _put_awkward_rows_in()
        for act in ("UPDATE audit_row SET what = 'nothing'", "DELETE FROM audit_row"):
            with pytest.raises(Exception, match="only added to"), db.engine.begin() as connection:
                connection.execute(text(act))
        db.engine.dispose()


def _put_awkward_rows_in() -> None:
    storage.session().rollback()
    with db.engine.begin() as connection:
        row = "INSERT INTO audit_row (at, what, about_kind, about_id, why) VALUES (CURRENT_TIMESTAMP, 'read', 'view', 'x', :why)"
        connection.execute(text(row), {"why": AWKWARD})


@pytest.fixture(scope="module", params=rig.KINDS)
def seed(request: pytest.FixtureRequest) -> Iterator[rig.Seeded]:
    """The first revision there was, with rows as awkward as any; ten thousand of them, and every revision, are `python -m tests.soaks.migrations`."""
    with rig.seeded(request.param, "0001", 700, random.Random(5)) as made:
        yield made


def test_awkward_rows_come_through_every_revision(seed: rig.Seeded) -> None:
    assert seed.count > 500
    assert not rig.walk(seed)


def test_killed_in_the_middle_it_runs_again(seed: rig.Seeded) -> None:
    _reached, _seconds, wrong = rig.kill_once(seed, random.Random(6), 0.3)
    assert not wrong


def test_machines_that_start_together_migrate_once(seed: rig.Seeded) -> None:
    with seed.copy() as environment:
        together = [rig.start(environment) for _ in range(2)]
        assert [each.wait(timeout=120) for each in together] == [0, 0]
        with rig.speaking(environment):
            assert migrate.current() == migrate.pinned_head()
            assert not rig.found_wrong(seed)
