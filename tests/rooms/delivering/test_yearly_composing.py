"""Putting a review together, and what is shown of it: without a database."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.rooms.delivering.a_year import ACTIONS, ANSWERS, a_document
from voice.delivering.yearly import showing
from voice.delivering.yearly.composing import Edition, told_apart
from voice.delivering.yearly.documents import ActionLine, AnswerLine, Document, MeasureLine, ReadingLine, digest_of, packed, unpacked


def test_no_action_of_the_plan_can_be_left_out() -> None:
    found = a_document(Edition(2025, linking={"not_done": "", "done": "Look how much we did."}))
    shown = Counter(each.key for part in found.parts for each in (*part.done, *part.not_done))
    assert shown == Counter(each.key for some in ACTIONS.values() for each in some)
    assert {each.key for part in found.parts for each in part.done} == {"lights"}
    assert "not_done" in showing.parts_of(found)


def test_what_is_late_comes_first_then_what_was_stopped() -> None:
    actions = [ActionLine(status, status, status) for status in ("unsaid", "on_the_way", "not_begun", "stopped", "done")]
    late = ActionLine("late", "late", "on_the_way", late=True)
    done, rest = told_apart([*actions, late])
    assert [each.key for each in done] == ["done"]
    assert [each.key for each in rest] == ["late", "stopped", "not_begun", "unsaid", "on_the_way"]


def test_only_answers_of_the_year_stand_in_it() -> None:
    assert len(a_document().answers) == 3
    assert a_document(Edition(2024)).answers == ()


def test_a_document_is_kept_as_json_and_read_again_the_same() -> None:
    found = a_document()
    kept = json.loads(json.dumps(packed(found)))
    assert unpacked(kept) == found
    assert digest_of(kept) == digest_of(packed(found)) == digest_of(packed(unpacked(kept)))
    assert digest_of(packed(replace(found, place="Elsewhere"))) != digest_of(kept)


def test_what_an_older_or_newer_hand_wrote_can_be_read() -> None:
    kept = packed(a_document())
    kept["what_we_add_later"] = ["something"]
    del kept["four_fs"]
    del kept["parts"][0]["done"][0]["milestones"]
    found = unpacked(kept)
    assert found.four_fs is None
    assert found.parts[0].done[0].milestones == ()


def test_a_year_in_short_counts_what_grown_ups_did() -> None:
    found = showing.glance(a_document())
    assert [(each.code, each.amount) for each in found.actions] == [("done", 1), ("on_the_way", 2), ("not_begun", 1), ("stopped", 1), ("unsaid", 1)]
    assert (found.all_actions, found.late) == (6, 2)
    assert (found.fair, found.judged, found.waiting) == (1, 2, 1)
    assert (found.measures, found.met, found.nearer) == (2, 0, 1)
    assert (found.pledges, found.kept) == (1, 1)
    assert found.actions[-1].start + found.actions[-1].width == pytest.approx(100, abs=0.05)


def test_nothing_divides_into_nothing() -> None:
    empty = showing.glance(Document("Demo county", "A plan", 2025, date(2025, 12, 31)))
    assert (empty.actions, empty.all_actions, empty.answers) == ([], 0, [])


def test_a_chart_says_what_it_was_each_reading_and_what_we_want() -> None:
    found = showing.rows(a_document().parts[0].measures[0])
    assert [(each.kind, each.width) for each in found] == [("baseline", 58.0), ("reading", 61.0), ("reading", 66.0), ("target", 75.0)]
    assert found[2].release == "getting-about"


def test_a_chart_of_another_unit_is_as_wide_as_its_largest_value() -> None:
    measure = MeasureLine(
        "money", "Money", unit="money", baseline="£50", baseline_value=50.0, readings=(ReadingLine(date(2025, 1, 1), "£200", 200.0),)
    )
    assert [each.width for each in showing.rows(measure)] == [25.0, 100.0]


def test_what_is_no_number_has_no_bar() -> None:
    assert [each.width for each in showing.rows(MeasureLine("grade", "Rating", baseline="requires improvement", target="good"))] == [None, None]


def test_the_poster_does_not_hide_what_cannot_be_done() -> None:
    more = [replace(ANSWERS[0], slug=f"more-{number}", published_on=date(2025, 5, number + 1)) for number in range(5)]
    picked = showing.three_of([*more, *ANSWERS])
    assert [each.state for each in picked] == ["done", "doing", "cant"]
    assert len(showing.three_of(ANSWERS[:1])) == 1
    assert showing.three_of([]) == []


def test_only_what_grew_is_called_grown() -> None:
    found = a_document()
    assert [(tied.key, tied.before, tied.percent) for _release, tied in found.grown] == [("1", 25, 40)]
    alone = replace(found, releases=tuple(replace(each, compared_with=None) for each in found.releases))
    assert alone.grown == []


def test_answers_of_a_part_that_has_ended_are_not_lost() -> None:
    ended = replace(ANSWERS[0], priority="gone")
    found = replace(a_document(), answers=(ended, *ANSWERS[1:]))
    grouped = showing.by_priority(found)
    shown: list[AnswerLine] = [each for _part, some in grouped for each in some]
    assert sorted(each.slug for each in shown) == sorted(each.slug for each in ANSWERS)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("We did it. It took long!", ["We did it.", "It took long!"]),
        ("One line", ["One line"]),
        ("It costs £2.50 a day. Why?", ["It costs £2.50 a day.", "Why?"]),
        ("", []),
    ],
)
def test_one_idea_a_line(words: str, lines: list[str]) -> None:
    assert showing.sentences(words) == lines
