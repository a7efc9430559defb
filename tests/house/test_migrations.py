"""Migrations, up and down, on both databases, with awkward rows in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from tests.peers import postgres_url
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
