"""What the database holds about actions and reports, and what is late: on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.making import a_member, a_plan, an_answer, the
from tests.rooms.delivering.making_doing import ago, own, own_measure, said, step, the_action
from voice import delivering, identity, plans, storage
from voice.delivering.doing import actions, due, reports, ties
from voice.delivering.doing.models import ActionOwner, ActionUpdate, MonitoringItem, MonitoringRound, QuarterReport
from voice.delivering.doing.rules import quarter_before, quarter_of
from voice.retention import retention_of


def _refused(work: Callable[[], object]) -> None:
    with pytest.raises(DBAPIError):
        work()
    storage.session().rollback()


def _standing(key: str = "early-help") -> delivering.ActionProgress:
    plan = plans.current_plan()
    assert plan
    return next(each for each in delivering.all_progress(plan.id) if each.facts.key == key)


def test_what_was_said_is_only_added_to_and_the_words_can_be_taken_down_once(app: Flask) -> None:
    own()
    update_id = said(words="We wrote the strategy with Mrs Somebody’s class.")
    for change in ("status = 'done', evidence = 'x'", "words = 'Other words'", "said_on = '2020-01-01'"):
        _refused(lambda change=change: storage.session().execute(text(f"UPDATE action_update SET {change}")))  # noqa: S608  # our own words
    _refused(lambda: storage.session().execute(text("DELETE FROM action_update")))
    actions.take_down(update_id, "It named a teacher.", the("officer"))
    storage.commit()
    last = delivering.history(the_action().id)[0]
    assert (last.words, last.status, last.taken_down_on) == (None, "on_the_way", storage.today())
    _refused(lambda: storage.session().execute(text("UPDATE action_update SET taken_down_why = 'another'")))
    actions.take_down(update_id, "Again", the("officer"))  # twice is once
    assert storage.session().get_one(ActionUpdate, update_id).taken_down_why == "It named a teacher."


def test_the_database_refuses_an_update_that_lacks_its_part(app: Flask) -> None:
    action_id, by = own().id, the("officer")
    for fields in ({"status": "stopped"}, {"status": "done"}, {"status": "on_the_way", "was_late": True}, {"status": "nearly"}):
        row = ActionUpdate(action_id=action_id, role="Head", organisation="Council", said_by=by, **fields)
        _refused(lambda row=row: (storage.session().add(row), storage.session().flush()))
    with pytest.raises(actions.Incomplete, match="evidence"):
        actions.say(action_id, actions.Said(status="done"), by)
    assert delivering.history(action_id) == []


def test_a_final_report_stays_as_it_is_and_a_second_is_refused(app: Flask) -> None:
    plan, quarter = _plan(), quarter_before(quarter_of(storage.today()))
    reports.ask_to_decide(plan, quarter, "Find the money for buses.\n\nSay who leads.", the("officer"))
    reports.make_final(plan, quarter, the("publisher"))
    storage.commit()
    frozen = reports.report(plan, quarter)
    assert frozen.decisions == ["Find the money for buses.", "Say who leads."]
    own(done_by=ago(200), since=250)
    said(days_ago=100)
    storage.commit()
    assert json.dumps(reports.report(plan, quarter).sheet) == json.dumps(frozen.sheet)
    with pytest.raises(reports.IsFinal):
        reports.ask_to_decide(plan, quarter, "Something else", the("officer"))
    with pytest.raises(reports.IsFinal):
        reports.make_final(plan, quarter, the("officer"))
    _refused(lambda: storage.session().execute(text("UPDATE quarter_report SET decide = 'x'")))
    _refused(lambda: storage.session().execute(text("DELETE FROM quarter_report")))
    row = QuarterReport(plan_id=plan.id, year=quarter.year, quarter=quarter.number, decide="", written_by=the("officer"))
    _refused(lambda: (storage.session().add(row), storage.session().flush()))


def _plan() -> plans.PlanFacts:
    a_plan()
    plan = plans.current_plan()
    assert plan
    return plan


def test_a_quarter_that_goes_on_is_not_made_final(app: Flask) -> None:
    quarter = quarter_of(storage.today())
    if storage.today() < quarter.last:
        with pytest.raises(reports.NotOver):
            reports.make_final(_plan(), quarter, the("officer"))


def test_progress_says_what_is_late_and_since_when(app: Flask) -> None:
    own(since=400, done_by=ago(10))
    said(days_ago=230, words="We wrote it.")
    step(due=ago(40))
    found = _standing()
    assert (found.status, found.words, found.said_on) == ("on_the_way", "We wrote it.", ago(230))
    assert found.behind_since == ago(40)
    assert found.is_silent
    assert found.late
    assert found.owner == delivering.OwnerFacts("Head of Early Help", "Herefordshire Council")
    said(days_ago=1, status="done")
    over = _standing()
    assert (over.status, over.late, over.word_due_on, over.evidence) == ("done", False, None, "The new office is open.")


def test_nobody_is_late_with_an_action_that_is_nobodys(app: Flask) -> None:
    a_plan()
    found = _standing()
    assert (found.status, found.owner, found.late, found.word_due_on, found.milestones) == (None, None, False, None, [])


def test_a_priority_has_its_own_actions_and_the_whole_plan_the_rest(app: Flask) -> None:
    plan = _plan()
    each = [delivering.progress(plan.id, priority_id) for priority_id in (None, *(one.id for one in plans.priorities(plan.id)))]
    assert sorted(one.facts.key for some in each for one in some) == sorted(one.facts.key for one in delivering.all_progress(plan.id))
    first = plans.priorities(plan.id)[0]
    assert {one.facts.priority_id for one in delivering.progress(plan.id, first.id)} == {first.id}


def test_steps_are_reached_or_dropped_once_and_those_of_another_action_are_left_alone(app: Flask) -> None:
    by, first, other = the("officer"), own(), own("dental-health")
    one, two = step(), step(words="The team is there")
    actions.reach(other.id, one, ago(1), by)
    actions.drop(other.id, two, "No", by)
    assert [each.reached_on for each in _standing().milestones] == [None, None]
    actions.say(first.id, actions.Said(status="on_the_way", reached=[one], reached_on=ago(3)), by)
    actions.drop(first.id, two, "The team came together without it.", by)
    actions.reach(first.id, two, ago(1), by)
    actions.drop(first.id, one, "No", by)
    storage.commit()
    assert [(each.words, each.reached_on) for each in _standing().milestones] == [("The strategy is written", ago(3))]


def test_an_action_carries_out_answers_that_everyone_can_read_and_no_other(app: Flask) -> None:
    plan, action, by = _plan(), own(), the("officer")
    public, draft, cant = an_answer(), an_answer(published=False), an_answer(state="cant")
    for each in (draft, cant):
        with pytest.raises(actions.CannotTie):
            actions.tie(action.id, each, by)
    actions.tie(action.id, public, by)
    actions.tie(action.id, public, by)
    storage.commit()
    assert [each.answer.id for each in ties.carried_out_by(action.id, plan.id)] == [public]
    assert [each.facts.key for each in delivering.actions_for([public, cant])[public]] == ["early-help"]
    actions.untie(action.id, public, by)
    storage.commit()
    assert delivering.actions_for([public]) == {}


def test_an_answer_that_is_gone_takes_its_tie_along(app: Flask) -> None:
    plan, action, public = _plan(), own(), an_answer()
    actions.tie(action.id, public, the("officer"))
    storage.commit()
    storage.session().execute(text("DELETE FROM answer"))
    storage.commit()
    assert ties.carried_out_by(action.id, plan.id) == []


def test_places_gather_their_actions_and_steps(app: Flask) -> None:
    a_plan("herefordshire-2011")
    plan = _current()
    first, second = delivering.all_progress(plan.id)[:2]
    towns = plans.places(plan.id)
    actions.put_in_places(first.facts.id, [towns[0].code, "nowhere"], the("officer"))
    actions.add_milestone(second.facts.id, "A place to meet", ago(-9), the("officer"), place=towns[0].code)
    storage.commit()
    assert [each.facts.key for each in delivering.actions_in(plan.id, towns[0].code)] == [first.facts.key, second.facts.key]
    assert delivering.actions_in(plan.id, towns[0].code)[0].places == [towns[0].name]
    assert delivering.actions_in(plan.id, towns[1].code) == []


def _current() -> plans.PlanFacts:
    plan = plans.current_plan()
    assert plan
    return plan


def test_only_those_who_answer_for_things_can_own_one(app: Flask) -> None:
    analyst, gone = a_member("analyst"), a_member("partner", email="gone@demo.example")
    identity.close_member(gone, None)
    action = the_action()
    for each in (analyst, gone):
        with pytest.raises(actions.NotAnOwner):
            actions.give_action(action.id, actions.Owning(role="Head", organisation="Council", member_id=each), the("officer"))
    with pytest.raises(actions.NobodyOwnsIt):
        actions.say(action.id, actions.Said(status="not_begun"), the("officer"))


def test_mine_has_what_is_due_first_and_nobody_elses(app: Flask) -> None:
    mine, other = own(since=200), a_member("partner", email="other@demo.example")
    own("dental-health", since=10)
    own("healthy-start", since=300, member_id=other)
    measure = own_measure(since=100)
    found = due.mine([storage.session().get_one(ActionOwner, mine.id).member_id or other])
    assert [each.facts.key for each in found.actions] == ["early-help", "dental-health"]
    assert [each.facts.id for each in found.measures] == [measure.id]
    assert found.waits == 2
    assert [each.facts.key for each in due.mine([other]).actions] == ["healthy-start"]


def test_a_day_that_passed_asks_for_a_word_once(app: Flask) -> None:
    own(since=30, done_by=ago(3))
    found = _standing()
    assert due.is_due(found)
    actions.say(found.facts.id, actions.Said(status="on_the_way", why="The builder went away."), the("officer"))
    storage.commit()
    assert _standing().late
    assert not due.is_due(_standing())


def test_rounds_go_with_the_record(app: Flask) -> None:
    action = own()
    row = MonitoringRound(member_id=a_member("partner"), asked_on=ago(365 * 3))
    storage.session().add(row)
    storage.session().flush()
    storage.session().add(MonitoringItem(round_id=row.id, action_id=action.id, due_on=row.asked_on))
    storage.commit()
    rule = retention_of(app).all()["asked"]
    assert rule.due(storage.today()) == 1
    assert rule.remove(storage.today(), 10) == 1
    storage.commit()
    assert storage.session().query(MonitoringItem).count() == 0
