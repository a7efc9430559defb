"""Reading: what the queue holds, and what officers do to it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import a_member
from tests.rooms.understanding.said import a_view, an_activity, submission_of
from voice import audit, keeping, reading, safeguarding, storage

BUS = "the bus never comes when it rains"
WORRYING = "my step dad hits me when mum is at work"


@pytest.fixture
def activity(app: Flask) -> uuid.UUID:
    return an_activity()


@pytest.fixture
def officer(app: Flask) -> uuid.UUID:
    return a_member("officer")


def test_the_oldest_view_is_read_first_and_what_the_machine_could_not_judge_before_it(activity: uuid.UUID) -> None:
    newer = a_view(activity, BUS)
    older = a_view(activity, "more swings please", received_on=storage.today() - timedelta(days=9))
    unknown = a_view(activity, "学校里没有人会说我的语言")
    assert reading.next_to_read() == [unknown, older, newer]


def test_the_queue_goes_on_after_the_last_view_of_a_page_even_where_it_was_read(activity: uuid.UUID, officer: uuid.UUID) -> None:
    days = [storage.today() - timedelta(days=n) for n in (5, 4, 3, 2, 1)]
    views = [a_view(activity, f"{BUS} again", received_on=day) for day in days]
    unknown = a_view(activity, "学校里没有人会说我的语言")
    assert [each.id for each in reading.queue(3)] == [unknown, *views[:2]]
    reading.clear([views[1]], officer)
    assert [each.id for each in reading.queue(3, after=views[1])] == views[2:5]
    assert [each.id for each in reading.queue(3, after=unknown)] == [views[0], *views[2:4]]
    assert reading.queue(3, after=views[4]) == []


def test_what_a_lead_holds_is_in_no_list_no_search_and_cannot_be_opened(activity: uuid.UUID, officer: uuid.UUID) -> None:
    held, free = a_view(activity, WORRYING), a_view(activity, "my step dad takes me to football")
    assert reading.next_to_read() == [free]
    assert reading.how_many_wait() == 1
    assert reading.search("step dad") == [free]
    assert [raw.id for raw in reading.open_raw([held, free], officer)] == [free]
    assert reading.standing(held) is None
    assert reading.take_up([held, free]) == [free]


def test_a_raised_concern_takes_the_view_away_even_after_it_was_cleared(activity: uuid.UUID, officer: uuid.UUID) -> None:
    view = a_view(activity, BUS)
    reading.clear([view], officer)
    assert view in reading.shown([view])
    reading.raise_concern(view, officer, "It sounds as if they walk home alone at night.")
    assert not reading.shown([view])
    assert reading.standing(view) is None
    assert safeguarding.waiting() == 1


def test_two_officers_never_decide_on_the_same_view(activity: uuid.UUID, officer: uuid.UUID) -> None:
    view = a_view(activity, BUS)
    assert reading.take_up([view, view]) == [view]
    reading.clear([view], officer)
    assert reading.take_up([view]) == []


def test_a_view_that_was_taken_back_is_gone_from_the_queue(activity: uuid.UUID) -> None:
    view = a_view(activity, BUS)
    keeping.erase(submission_of(view))
    storage.commit()
    assert reading.next_to_read() == []
    assert reading.how_many_wait() == 0
    assert reading.take_up([view]) == []


def test_every_raw_reading_is_on_record_and_the_record_holds_no_words(activity: uuid.UUID, officer: uuid.UUID) -> None:
    view = a_view(activity, BUS)
    reading.open_raw([view], officer)
    entries = audit.about("view", view)
    assert [(each.who, each.what) for each in entries] == [(officer, "read raw")]
    assert all(BUS not in str(each) for each in entries)


def test_the_number_that_waits_agrees_with_the_queue(activity: uuid.UUID, officer: uuid.UUID) -> None:
    views = [a_view(activity, f"{BUS} {n}") for n in range(4)]
    a_view(activity, WORRYING)
    reading.clear(views[:1], officer)
    reading.raise_concern(views[0], officer, "A worry about the way home.")
    assert reading.how_many_wait() == len(reading.queue()) == 3


def test_nothing_is_left_where_only_gaps_are() -> None:
    assert reading.says_nothing("[…] … !")
    assert not reading.says_nothing("[…] is late")
