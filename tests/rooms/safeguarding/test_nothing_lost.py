"""A cry for help cannot be lost between being kept and being queued: whatever breaks, at whatever statement, both rows are there or neither is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from tests.rooms.listening.making import an_open_activity
from tests.rooms.listening.test_api import message, post
from voice import storage
from voice.extensions import db
from voice.keeping.models import Submission, View
from voice.safeguarding.models import Screening

FAULTS = 250  # in each database
MOMENTS = ("before it ran", "after it ran")
HITS_ME = "My dad hits me when mum is at work. Please do not tell him."


@dataclass
class Breaking:
    """Breaks at one statement or at the commit, once; counts them otherwise."""

    at: int | None = None
    moment: str = MOMENTS[0]
    seen: int = 0
    broke: bool = False
    statements: list[str] = field(default_factory=list)

    def reached(self, moment: str, what: str) -> None:
        if moment == MOMENTS[0]:
            self.seen += 1
            self.statements.append(what)
        if self.at == self.seen and self.moment == moment and not self.broke:
            self.broke = True
            raise OperationalError(what, None, ConnectionError("the test pulled the plug"))


@contextmanager
def breaking(at: int | None = None, moment: str = MOMENTS[0]) -> Iterator[Breaking]:
    told = Breaking(at, moment)

    def before(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.reached(MOMENTS[0], statement)

    def after(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.reached(MOMENTS[1], statement)

    commit = db.engine.dialect.do_commit

    def committing(connection: Any) -> None:
        try:
            told.reached(MOMENTS[0], "COMMIT")
            commit(connection)
            told.reached(MOMENTS[1], "COMMIT")
        except OperationalError as broken:  # this deep it is the driver that fails
            raise db.engine.dialect.loaded_dbapi.OperationalError(str(broken)) from broken

    listeners = (("before_cursor_execute", before), ("after_cursor_execute", after))
    for name, listener in listeners:
        event.listen(db.engine, name, listener)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.engine.dialect, "do_commit", committing)
        yield told
    for name, listener in listeners:
        event.remove(db.engine, name, listener)


def numbers() -> tuple[int, int, int, int]:
    """Submissions, views, rows that make a person look, and those of them that worry us."""
    storage.session().rollback()
    counted = [storage.session().scalar(select(func.count()).select_from(model)) or 0 for model in (Submission, View, Screening)]
    worrying = storage.session().scalar(select(func.count()).where(Screening.is_concern)) or 0
    storage.session().rollback()
    return counted[0], counted[1], counted[2], worrying


def alike(worrying: int) -> tuple[int, int, int, int]:
    """So many that worry us, each whole, beside the one that came first and worries nobody."""
    return worrying + 1, worrying + 1, worrying + 1, worrying


def test_whatever_breaks_between_keeping_and_queueing_no_concern_is_lost(app: Flask, record_property: Any) -> None:
    an_open_activity()
    storage.session().rollback()
    assert post(app, message()).status_code == 201  # the first of a day makes the day's salt too
    with breaking() as plain:
        assert post(app, message(answers={"change": {"words": HITS_ME}})).status_code == 201
    assert plain.statements[-1] == "COMMIT"
    assert sum("INSERT INTO screening" in each for each in plain.statements) == 1
    assert plain.statements.count("COMMIT") == 1, "more than one transaction"
    broken = 0
    for number in range(FAULTS):
        body = message(answers={"change": {"words": f"{HITS_ME} {number}"}})
        with breaking(number // 2 % plain.seen + 1, MOMENTS[number % 2]) as told:
            reply = post(app, body)
        broken += told.broke
        assert told.broke == (reply.status_code >= 500), (number, reply.status_code, told.statements[-1:])
        stands = told.statements[-1] == "COMMIT" and told.moment == MOMENTS[1]  # it was kept, and the power went before the reply
        assert numbers() == alike(number + 1 + stands), f"an orphan after “{told.statements[-1]}”"
        assert post(app, body).status_code == (200 if stands else 201), "what could not be kept is kept when it is sent again"
        assert numbers() == alike(number + 2)
    assert broken == FAULTS
    record_property("budget", f"R4 ({db.engine.dialect.name}): {broken} faults at {plain.seen} statements, 0 orphans, each kept when sent again")


@pytest.mark.parametrize("flagged", [True, False])
def test_a_reply_that_never_arrives_is_not_a_second_concern(app: Flask, flagged: bool) -> None:
    """The power goes right after the commit: it is there, the phone does not know, and sends it again."""
    an_open_activity()
    body = message(answers={"change": {"words": HITS_ME if flagged else "Later buses."}})
    first, again = post(app, body), post(app, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert numbers() == (1, 1, 1, int(flagged))
