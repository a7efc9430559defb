"""Every page opens on PostgreSQL as on SQLite, in every state of what it is about; so tests of what pages say may run on SQLite alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import pacing
from tests.conftest import Ground
from tests.databases import ON_SQLITE_ALONE
from tests.matrix.decisions import Decision, ask, decisions, read
from tests.matrix.world import NOBODY, WHO, Members
from voice.extensions import db

ROOT = Path(__file__).resolve().parents[2]
PAGES = read()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Members]:
    ground = Ground("postgresql", tmp_path_factory.mktemp("every_page"))
    yield Members(ground.app)
    with ground.app.app_context():
        db.engine.dispose()


def let_in(county: Members, method: str) -> Iterator[tuple[Decision, str]]:
    """Each decision of this method, with a role that gets furthest by it."""
    for page, what in PAGES.items():
        for decision in decisions(page, what, county.objects):
            if decision.method == method:
                yield decision, min(WHO, key=lambda role: (decision.expected[role] in (403, 404), decision.expected[role]))


def test_every_page_opens_and_every_form_is_taken(county: Members) -> None:
    wrong = []
    for decision, role in let_in(county, "GET"):  # none changes anything, so all of them meet what was made
        status = ask(county, decision, role).status_code
        wrong += [f"{decision} as {role}: {status}"] if status != decision.expected[role] else []
    for decision, role in let_in(county, "POST"):  # what one changed the next may find gone, and says so
        status = ask(county, decision, role).status_code
        wrong += [f"{decision} as {role}: {status}"] if status >= 500 and status != decision.expected[role] else []
    assert not wrong, "\n".join(wrong)


def test_modules_on_sqlite_alone_are_there_and_need_no_other() -> None:
    for path, reason in ON_SQLITE_ALONE.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        assert "postgresql" not in text.lower(), f"{path} speaks of PostgreSQL: it needs both"
        assert len(reason) > 10, path


def test_modules_named_for_their_pace_are_there() -> None:
    for path in {*pacing.LONG, *pacing.APART}:
        assert (ROOT / path).is_file(), path


def test_nobody_is_among_those_who_ask(county: Members) -> None:
    roles = {role for method in ("GET", "POST") for _decision, role in let_in(county, method)}
    assert NOBODY in roles
    assert len(roles) >= 8
