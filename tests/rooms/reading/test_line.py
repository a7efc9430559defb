"""What waits stands in a line that the database keeps: after anything that happens to a view it is what the rows themselves say."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import date

from flask import Flask
from sqlalchemy import delete, select

from tests.making import a_member
from tests.rooms.understanding.said import a_view, an_activity, submission_of
from voice import keeping, reading, safeguarding, storage, understanding
from voice.keeping.models import Submission, View
from voice.reading.models import InLine, Reading, SetAside
from voice.reading.rules import ASIDE, FIRST, HELD, REST, TO_SORT
from voice.safeguarding.models import Screening
from voice.storage import session
from voice.understanding.models import Sorting

WORDS = ("the bus never comes when it rains", "my step dad hits me when mum is at work", "学校里没有人会说我的语言", "more swings please")


def lanes() -> dict[uuid.UUID, tuple[int, date, uuid.UUID | None]]:
    session().expire_all()
    return {row.view_id: (row.lane, row.since, row.group_id) for row in session().scalars(select(InLine))}


def lanes_plainly() -> dict[uuid.UUID, tuple[int, date, uuid.UUID | None]]:
    """Where each view stands, from its rows alone."""
    session().expire_all()
    found = {}
    for view in session().scalars(select(View)):
        read, sorted_ = session().get(Reading, view.id), session().get(Sorting, view.id)
        if read and (read.decision == "withheld" or sorted_):
            continue
        judged = session().scalars(select(Screening).where(Screening.submission_id == view.submission_id)).first()
        aside = session().get(SetAside, view.submission_id)
        group = session().get_one(Submission, view.submission_id).group_id
        if judged and judged.is_concern and judged.closed_at is None:
            lane = HELD
        elif read:
            lane = TO_SORT
        elif judged is None or judged.read_first:
            lane = FIRST
        else:
            lane = ASIDE if aside and aside.is_real is not True else REST
        found[view.id] = (lane, read.read_on if read else view.received_on, group)
    return found


def put_aside(view_id: uuid.UUID) -> None:
    if session().get(SetAside, submission_of(view_id)) is None:
        session().add(SetAside(submission_id=submission_of(view_id), group_id=uuid.uuid4()))
        session().flush()


def forget_the_screen(view_id: uuid.UUID) -> None:
    session().execute(delete(Screening).where(Screening.submission_id == submission_of(view_id), Screening.is_concern.is_(False)))


def worry(view_id: uuid.UUID, officer: uuid.UUID) -> None:
    if session().scalars(select(Screening).where(Screening.submission_id == submission_of(view_id))).first():
        reading.raise_concern(view_id, officer, "They sound afraid.")


def sort(view_id: uuid.UUID, officer: uuid.UUID) -> None:
    if session().get(Reading, view_id) and session().get(Sorting, view_id) is None:
        session().add(Sorting(view_id=view_id, sorted_by=officer, suggested=[]))
        session().flush()


def acts(officer: uuid.UUID) -> list[Callable[[uuid.UUID], object]]:
    def judge(view_id: uuid.UUID, *, real: bool) -> None:
        row = session().get(SetAside, submission_of(view_id))
        if row:
            reading.judge(row.group_id, officer, real=real, reason="From one place within minutes.")

    return [
        lambda view: reading.clear([view], officer),
        lambda view: reading.redact(view, "the bus", "names_someone", officer),
        lambda view: reading.withhold(view, "not_readable", officer),
        lambda view: reading.put_back(view, officer),
        lambda view: worry(view, officer),
        lambda view: sort(view, officer),
        lambda view: understanding.unsort(view, officer),
        put_aside,
        lambda view: judge(view, real=True),
        lambda view: judge(view, real=False),
        forget_the_screen,
        lambda view: keeping.erase(submission_of(view)),
        lambda view: a_view(session().get_one(Submission, submission_of(view)).activity_id or uuid.uuid4(), WORDS[view.int % len(WORDS)]),
    ]


def test_whatever_happens_the_line_is_what_the_rows_say(app: Flask) -> None:
    officer, activity, chance = a_member("officer"), an_activity(), random.Random(4)
    views = [a_view(activity, words) for words in WORDS * 2]
    put_aside(views[0])
    reading.clear([views[3]], officer)
    assert {lane for lane, _since, _group in lanes().values()} == {HELD, FIRST, REST, ASIDE, TO_SORT}
    for _ in range(60):
        assert lanes() == lanes_plainly()
        chance.choice(acts(officer))(chance.choice(list(session().scalars(select(View.id).order_by(View.id)))))
        session().flush()


def test_what_a_lead_hands_on_waits_for_the_officer_again(app: Flask) -> None:
    lead, activity = a_member("safeguarding_lead"), an_activity()
    view = a_view(activity, WORDS[1])
    assert lanes()[view][0] == HELD
    row = session().scalars(select(Screening)).one()
    row.opened_at = row.closed_at = storage.now()
    row.opened_by = row.closed_by = row.second_by = lead
    row.outcome, row.outcome_reason = "no_further_action", "A game they play."
    session().flush()
    assert lanes() == lanes_plainly()
    assert [each.was_concern for each in reading.queue()] == [True]
    assert safeguarding.held_submissions() == []


def test_what_came_in_a_rush_and_is_not_alike_can_be_opened_to_be_judged(app: Flask) -> None:
    officer, activity = a_member("officer"), an_activity()
    views = [a_view(activity, words) for words in (WORDS[0], WORDS[3])]
    rush = uuid.uuid4()
    session().add_all([SetAside(submission_id=submission_of(each), group_id=rush) for each in views])
    session().flush()
    assert reading.queue(by=officer) == []
    assert reading.is_group(rush)
    assert [each.id for each in reading.waiting_again(reading.group_views(rush, officer), officer)] == sorted(views)
    assert not reading.is_group(uuid.uuid4())
