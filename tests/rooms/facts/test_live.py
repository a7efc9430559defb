"""What facts count: children in steps, staff as they are, what is past its day, the log."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.making import a_submission, people_to_read, the
from voice import audit, keeping, storage
from voice.facts import around, live
from voice.retention import Rule, retention_of


def test_one_child_more_or_none_changes_nothing(app: Flask) -> None:
    people_to_read()
    none = live.kept_now()
    a_submission()
    assert live.kept_now() == none
    assert {each["how_many"] for each in none} == {"fewer than 10"}
    for _ in range(9):
        a_submission()
    more = [each for each in live.kept_now() if each["how_many"] != "fewer than 10"]
    assert [(each["age_band"], each["how_many"]) for each in more] == [("11_13", "10 or more")]


def test_taking_back_is_said_in_steps_too(app: Flask) -> None:
    people_to_read()
    before = live.erasures()
    keeping.erase(a_submission().submission_id)
    storage.commit()
    assert live.erasures() == before
    assert len(before["by_month"]) >= 12


def test_rows_past_their_day_are_counted_and_there_are_none(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = live.past_their_day()
    assert (found["overdue"], found["risen_after_being_taken_back"], found["must_be"]) == (0, 0, 0)
    assert {each["rule"] for each in found["rules"]} >= {"answers", "receipts", "concerns", "contact details", "exports", "record"}
    late = {**retention_of(app).all(), "answers": Rule("late ones", lambda _on: 3, lambda _on, _most: 0)}
    monkeypatch.setattr(retention_of(app), "_rules", late)
    assert live.past_their_day()["overdue"] == 3


def test_reads_are_counted_by_role_and_the_record_is_whole(app: Flask) -> None:
    officer = the("officer")
    audit.read_raw(officer, "read raw", "view", ["a", "b", "c"])
    audit.seal()
    storage.commit()
    found = live.reads()
    assert found["by_role"]["read raw"] == {"officer": 3}
    assert (found["record_is_whole"], found["exports"]["asked"]) == (True, 0)


def test_worries_tell_no_name_and_no_exact_count(app: Flask) -> None:
    people_to_read()
    a_submission("my dad hits me and i am scared to go home")
    found = live.worries()
    assert found["flagged_this_year"] == "fewer than 10"
    assert found["people"] == {"leads_and_deputies": 2, "trained": 2, "with_a_second_factor": 2}
    assert (found["young_people_may_write"], found["last_passed_practice"]) == (True, storage.today().isoformat())


def test_hosts_are_named_without_who_signs_in_there(app: Flask) -> None:
    told = str(around.hosts(app.extensions["voice.settings"]))
    assert "password" not in told
    assert "@" not in told


def test_a_line_of_the_log_holds_no_address_no_browser_and_no_words(app: Flask) -> None:
    text = around.a_broken_page(app)
    assert "a page broke: RuntimeError" in text
    assert "builtins.RuntimeError" in text
    for never in (around.CANARY, "192.0.2.77"):
        assert never not in text


def test_figures_are_of_the_screen_that_runs(app: Flask) -> None:
    found = around.screen()
    assert found["figures"]["rows"]
    assert found["figures_are_of_this_screen"], "python -m tests.rooms.safeguarding.measure --write"
