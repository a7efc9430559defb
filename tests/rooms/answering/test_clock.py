"""What is late is counted in days, is seen by officers and by everyone, and is seen no more once it is answered; by a clock that tests move."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.making import a_plan, a_priority, a_submission, a_theme, a_view, an_activity, an_answer, the
from tests.reading import Visitor
from tests.rooms.safeguarding.clock import Simulated, simulated
from voice import answering, asking, counting, keeping, plans, reviewing, storage
from voice.answering.clock import activity_times, keep_clock
from voice.answering.fours import keep_quarter
from voice.answering.lateness import late
from voice.config import settings

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    found = simulated(app, monkeypatch, NOON)
    a_plan()
    yield found
    storage.session().rollback()


def days_pass(clock: Simulated, days: int) -> None:
    """And the worker does what is due at the end of them."""
    clock.set(clock.moment + days * DAY)
    work()


def work() -> None:
    counting.catch_up()
    keep_clock()
    storage.commit()


def three_say(slug: str = "my-week") -> list[uuid.UUID]:
    return [a_view(f"The bus is late, {number}.", activity=slug) for number in range(3)]


def the_plan() -> uuid.UUID:
    plan = plans.current_plan()
    assert plan
    return plan.id


def waiting() -> answering.StillWaiting:
    return answering.still_waiting(the_plan())


def test_a_closed_activity_is_late_from_the_day_after_the_one_we_named(clock: Simulated) -> None:
    an_activity(closes_in_days=3)
    three_say()
    for days, shown in ((3, False), (28, False), (1, True)):
        days_pass(clock, days)
        assert bool(waiting().activities) == shown, storage.today()
    found = waiting().activities[0]
    assert (found.since, found.due_on) == ((NOON + 3 * DAY).date(), (NOON + 31 * DAY).date())
    assert (found.days, found.late) == (29, 1)
    days_pass(clock, 100)
    assert (waiting().activities[0].days, waiting().activities[0].late) == (129, 101)


def test_an_answer_takes_it_off_at_once_and_the_first_day_is_kept(clock: Simulated) -> None:
    an_activity(closes_in_days=3)
    theme = a_theme(views=three_say(), heard=True)
    days_pass(clock, 40)
    assert [each.kind for each in late(the_plan())] == ["activity", "theme"]
    an_answer(theme)
    assert waiting().is_nothing, "before the worker did anything"
    answered = storage.today()
    days_pass(clock, 2)
    (found,) = activity_times(the_plan())
    assert found.answered_on == answered
    fast = answering.four_fs(the_plan()).fast
    assert fast
    assert (fast.median, fast.within, fast.of) == (37, 0, 1)


def test_what_it_was_worked_out_from_may_go(clock: Simulated) -> None:
    """When what was said is deleted in time, or taken back, an activity that was answered is not called late."""
    an_activity(closes_in_days=3)
    kept = [a_submission(f"The bus is late, {number}.") for number in range(3)]
    theme = a_theme(views=[each.view_ids[0] for each in kept], heard=True)
    days_pass(clock, 10)
    an_answer(theme)
    answered = storage.today()
    days_pass(clock, 1)
    for each in kept:
        keeping.erase(each.submission_id)
    days_pass(clock, 700)
    (found,) = activity_times(the_plan())
    assert found.answered_on == answered
    assert not waiting().activities


def test_an_activity_to_which_fewer_than_three_wrote_is_not_shown(clock: Simulated) -> None:
    an_activity(closes_in_days=3)
    three_say()
    an_activity("two-wrote", closes_in_days=3)
    for number in range(2):
        a_view(f"Hello {number}.", activity="two-wrote")
    days_pass(clock, 60)
    assert [each.slug for each in waiting().activities] == ["my-week"]
    for number in range(4):
        a_view(f"Late {number}.", activity="two-wrote")
    days_pass(clock, 1)
    assert [each.slug for each in waiting().activities] == ["my-week"], "what was seen when its day passed stays: nobody can watch one come"


def test_a_theme_that_was_heard_waits_from_that_day_on(clock: Simulated) -> None:
    an_activity(closes_in_days=30)
    a_theme(views=three_say(), heard=True)
    days_pass(clock, 12)
    (found,) = waiting().themes
    assert (found.days, found.late) == (12, 0)
    assert found.due_on == (NOON + 58 * DAY).date(), "28 days after the activity closes"
    days_pass(clock, 50)
    assert waiting().themes[0].late == 4


def test_in_what_never_closes_the_day_follows_from_the_week_three_said_it(clock: Simulated) -> None:
    an_activity("box", closes_in_days=None)
    views = [a_view("One.", activity="box")]
    days_pass(clock, 15)
    views += [a_view(f"More {number}.", activity="box") for number in range(2)]
    theme = a_theme(views=views, heard=True)
    days_pass(clock, 20)
    (found,) = waiting().themes
    assert found.due_on == (NOON + (14 + 6 + 28) * DAY).date(), "a Monday, its Sunday, and 28 days"
    an_answer(theme)
    days_pass(clock, 1)
    fast = answering.four_fs(the_plan()).fast
    assert fast
    assert (fast.median, fast.within, fast.of) == (15, 1, 1)


def test_nothing_the_board_objects_to_or_too_few_said(clock: Simulated) -> None:
    an_activity(closes_in_days=3)
    objected = a_theme(views=three_say(), heard=True)
    reviewing.object_to(objected, "That isn’t it.", the("board_member"))
    a_theme("Two said this.", views=[a_view("Two.") for _ in range(2)], heard=True)
    days_pass(clock, 40)
    assert not waiting().themes


def test_a_follow_up_is_late_from_the_day_after_the_one_we_named(clock: Simulated) -> None:
    an_activity(closes_in_days=None)
    theme = a_theme(views=three_say(), heard=True)
    an_answer(theme, follow_up_on=storage.today() + 60 * DAY)
    days_pass(clock, 60)
    assert not waiting().follow_ups
    days_pass(clock, 1)
    (found,) = waiting().follow_ups
    assert (found.late, found.since) == (1, NOON.date())
    followed = answering.four_fs(the_plan()).followed
    assert followed
    assert (followed.kept, followed.of) == (0, 1)


def test_nobody_is_told_a_later_day_than_the_settings_allow(clock: Simulated) -> None:
    activity_id = an_activity(closes_in_days=10)  # named 60 days from now
    told = asking.activity_by_id(activity_id)
    assert told
    assert told.reply_by == (NOON + (10 + settings().first_answer_days) * DAY).date()
    asking.close_on(activity_id, (NOON + 2 * DAY).date(), the("officer"))
    storage.commit()
    sooner = asking.activity_by_id(activity_id)
    assert sooner
    assert sooner.reply_by == (NOON + 30 * DAY).date()
    asking.close_on(activity_id, (NOON + 50 * DAY).date(), the("officer"))
    later = asking.activity_by_id(activity_id)
    assert later
    assert later.reply_by == sooner.reply_by, "what young people were told stays"


# --- how we listen


def many_say(how_many: int) -> list[keeping.Kept]:
    activity_id = an_activity("box", closes_in_days=None, opened_days_ago=40)
    words = [("would_change", "The bus is late.")]
    facts = keeping.Facts(age_band="11_13")
    return [keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={}, words=words, facts=facts) for _ in range(how_many)]


def test_the_share_of_those_who_have_an_answer_comes_once_a_quarter(clock: Simulated) -> None:
    kept = many_say(60)
    views = [each.view_ids[0] for each in kept]
    from_here = views[:20]
    storage.commit()
    theme = a_theme(views=from_here, heard=True)
    an_answer(theme)
    work()
    assert keep_quarter() == 1
    assert keep_quarter() == 0, "one try a quarter"
    storage.commit()
    shown = counting.how_we_listen()
    assert shown
    assert shown.answered_in_ten == 3
    second = a_theme("Another thing.", views=views[20:50], heard=True)
    an_answer(second)
    days_pass(clock, 20)
    assert counting.how_we_listen() == shown, "whatever happens until then"
    days_pass(clock, 20)
    assert keep_quarter() == 1
    later = counting.how_we_listen()
    assert later
    assert later.answered_in_ten == 8


def test_fewer_than_ten_move_nothing(clock: Simulated) -> None:
    kept = many_say(60)
    storage.commit()
    an_answer(a_theme(views=[each.view_ids[0] for each in kept[:28]], heard=True))
    work()
    keep_quarter()
    storage.commit()
    shown = counting.how_we_listen()
    assert shown
    assert shown.answered_in_ten == 5
    an_answer(a_theme("Another thing.", views=[each.view_ids[0] for each in kept[28:36]], heard=True))
    days_pass(clock, 40)
    assert keep_quarter() == 1
    again = counting.how_we_listen()
    assert again
    assert again.answered_in_ten == 5, "36 of 60 would be 6 in 10"


def test_whether_we_listened_is_asked_apart_from_whether_it_helped(clock: Simulated) -> None:
    kept = many_say(40)
    storage.commit()
    answer_id = an_answer(a_theme(views=[each.view_ids[0] for each in kept], heard=True))
    for number, each in enumerate(kept):
        answering.say(answer_id, each.submission_id, "listened", "yes" if number < 30 else "not_really")
        answering.say(answer_id, each.submission_id, "helped", "not_really" if number < 25 else "yes")
    answering.say(answer_id, kept[0].submission_id, "helped", "yes")  # they changed it
    work()
    keep_quarter()
    storage.commit()
    shown = counting.how_we_listen()
    assert shown
    listened, helped = (shown.picked[each] for each in answering.QUESTIONS)
    for row, true in ((listened, {"yes": 30, "not_really": 10}), (helped, {"yes": 16, "not_really": 24})):
        assert row.of % 5 == 0
        for said, people in true.items():
            figure = row.people[said]
            assert figure is None or (figure % 5 == 0 and abs(figure - people) <= 5)
        assert row.people["not_sure"] is None, "nobody and too few look the same"
    keeping.erase(kept[0].submission_id)
    storage.commit()
    assert answering.said_of(answer_id, kept[0].submission_id) == {}


def test_what_the_board_says_and_what_answers_say_is_counted_as_it_is(clock: Simulated) -> None:
    an_activity("box", closes_in_days=None)
    an_answer(a_theme(views=three_say("box"), heard=True), verdict="fair", words="We put lights at the stop. They are on.")
    an_answer(a_theme("Two.", views=three_say("box"), heard=True), state="cant", verdict=None)
    an_answer(a_theme("Three.", views=three_say("box"), heard=True), verdict="not_yet")
    found = answering.four_fs(the_plan())
    assert found.verdicts == {"fair": 1, "not_yet": 1, "not_answered": 0, "not_judged": 1}
    assert found.full
    assert (found.full.of, found.full.changed, found.full.why_not) == (3, 2, 1)
    assert found.friendly
    assert found.friendly.of == 3
    assert found.friendly.age <= 10


# --- pages


def test_everyone_reads_what_waits(clock: Simulated, visitor: Visitor) -> None:
    an_activity(closes_in_days=3)
    a_theme(views=three_say(), heard=True)
    days_pass(clock, 40)
    page = visitor.open("/still-waiting")
    assert "37 days" in page.words
    assert "9 days late" in page.words
    assert "We said we would answer by 2 April 2026." in page.words
    assert "How we listen" in visitor.open("/you-said-we-did").words
    told = visitor.open("/how-we-listen").words
    assert "Half of you wait more than this" in told
    assert "Too soon" in told


def test_pages_without_a_plan_and_with_nothing(app: Flask, visitor: Visitor) -> None:
    for path in ("/still-waiting", "/how-we-listen"):
        assert visitor.open(path).status == 200
    a_priority()
    assert "Nothing waits today." in visitor.open("/still-waiting").words
    assert "Too soon" in visitor.open("/how-we-listen").words
