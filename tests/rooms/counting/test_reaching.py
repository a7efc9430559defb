"""How far words came is counted whatever becomes of them; the pages say who is missing and who was heard; figures of a population go in and out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.making import a_plan, a_theme, an_activity, an_answer, the
from tests.reading import Visitor
from voice import answering, asking, keeping, plans, reading, storage
from voice.answering.models import Answer
from voice.command import voice
from voice.counting.folding import Slice
from voice.counting.reaching import figures
from voice.counting.reaching.actions import put_in
from voice.counting.reaching.files import Line
from voice.counting.reaching.populations import BANDS, populations
from voice.counting.tally_rows import people_now
from voice.counting.workers import count_again, keep_up
from voice.reading.models import SetAside

SignedIn = Callable[..., Visitor]


def _send(activity: uuid.UUID, *, age: str = "11_13", place: str = "leominster", words: bool = True) -> uuid.UUID:
    said = [("would_change", f"The bus {uuid.uuid4()} is late.")] if words else []
    facts = keeping.Facts(age_band=age, place=place)
    return keeping.keep(str(uuid.uuid4()), activity_id=activity, answers={}, words=said, facts=facts).submission_id


def _view(submission_id: uuid.UUID) -> uuid.UUID:
    return keeping.views_of(submission_id)[0]


def _count() -> None:
    storage.commit()
    keep_up()
    assert count_again().differ == 0


def _heard(activity: uuid.UUID) -> dict[str, int]:
    """How many of 11 to 13 came to each step; all facts are counted beside it alike."""
    own = {(each.fact, each.other_fact, each.value, each.other_value): count for (each, _generation), count in people_now().items()}
    everyone = {value: count for (fact, _other, value, _at), count in own.items() if fact == "heard"}
    beside = {at: count for (fact, other, value, at), count in own.items() if (fact, other, value) == ("age_band", "heard", "11_13")}
    assert everyone == beside
    assert beside == {at: count for (fact, other, _value, at), count in own.items() if (fact, other) == ("way_in", "heard")}
    return everyone


def _aside(activity: uuid.UUID) -> int:
    return sum(count for (each, _generation), count in people_now().items() if each == Slice(activity, "aside"))


def test_how_far_words_came_is_counted_as_it_happens(app: Flask) -> None:
    activity, officer = an_activity(), the("officer")
    sent = [_send(activity) for _ in range(5)] + [_send(activity, words=False)]
    _count()
    assert _heard(activity) == {"words": 5}
    reading.clear([_view(each) for each in sent[:4]], officer)
    reading.withhold(_view(sent[4]), "names_someone", officer)
    theme = a_theme(views=[_view(each) for each in sent[:3]], heard=True)
    _count()
    assert _heard(activity) == {"words": 5, "read": 5, "withheld:names_someone": 1, "theme": 3}
    answer = an_answer(theme)
    _count()
    assert _heard(activity)["answered"] == 3
    storage.session().get_one(Answer, answer).published_on = None
    keeping.erase(sent[0])
    _count()
    assert _heard(activity) == {"words": 4, "read": 4, "withheld:names_someone": 1, "theme": 2}


def test_an_answer_to_two_themes_is_counted_at_both_once_it_is_public_there(app: Flask) -> None:
    activity, officer = an_activity(), the("officer")
    sent = [_send(activity) for _ in range(6)]
    reading.clear([_view(each) for each in sent], officer)
    first, second = (a_theme(views=[_view(each) for each in some], heard=True) for some in (sent[:3], sent[3:]))
    answer = an_answer(first)
    _count()
    answering.add_theme(answer, second, officer)
    _count()
    assert _heard(activity)["answered"] == 3, "what was public stays so; the other theme waits for the board"
    answering.send_to_board(answer, officer)
    answering.judge(answer, the("board_member"), "fair")
    answering.publish(answer, the("publisher"))
    _count()
    assert _heard(activity)["answered"] == 6


def test_who_is_set_aside_is_counted_apart_and_comes_back(app: Flask) -> None:
    activity = an_activity()
    sent = [_send(activity) for _ in range(3)]
    group = uuid.uuid4()
    storage.session().add(SetAside(submission_id=sent[0], group_id=group))
    _count()
    assert (_aside(activity), _heard(activity)) == (1, {"words": 2})
    storage.session().add(SetAside(submission_id=sent[1], group_id=group))
    _count()
    assert (_aside(activity), _heard(activity)) == (2, {"words": 1})
    keeping.erase(sent[0])
    reading.judge(group, the("officer"), real=True)
    _count()
    assert (_aside(activity), _heard(activity)) == (0, {"words": 2})


def test_figures_of_the_plan_stand_until_others_are_put_in(app: Flask) -> None:
    plan = a_plan("hertfordshire-2011")
    assert populations(plan).of("watford", "8_10") == 4094
    assert populations(plan).whole("8_10") == sum(populations(plan).of(each.code, "8_10") or 0 for each in plans.places(plan))
    assert [(each.year, each.words.partition(",")[0]) for each in populations(plan).sources] == [(2023, "Office for National Statistics")]
    put_in(plan, [Line("watford", "8_10", 5, "A count", 2026, None), Line("", "8_10", 50_000, "A count", 2026, None)], None)
    found = populations(plan)
    assert (found.of("watford", "8_10"), found.whole("8_10"), found.of("dacorum", "8_10")) == (5, 50_000, 6153)
    assert found.in_place("watford") == 5 + 10887 + 4240 + 4033 + 3175 + 6655


class _Here:
    """The application of the test, for a command."""

    @contextmanager
    def app_context(self) -> Iterator[None]:
        yield


def test_a_file_is_put_in_by_command_and_its_bad_lines_are_named(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.command._make_app", _Here)
    plan = a_plan("herefordshire-2011")
    file = tmp_path / "people.csv"
    file.write_text("place,age,people,source,year\nledbury,8_10,310,A census,2021\nBath,8_10,3,A census,2021\n", encoding="utf-8")
    done = CliRunner().invoke(voice, ["population", "import", str(file)])
    assert done.exit_code == 1
    assert "herefordshire-2011: 1 figures put in, 1 lines left out, 0 not filled in." in done.output
    assert "people.csv, line 3: “Bath” is none of the plan’s places." in done.output
    assert populations(plan).of("ledbury", "8_10") == 310
    lines = CliRunner().invoke(voice, ["population", "template"]).output.splitlines()
    assert len(lines) == 1 + (1 + len(plans.places(plan))) * len(BANDS)


def test_an_officer_puts_figures_in_and_takes_them_out(app: Flask, signed_in: SignedIn) -> None:
    plan, officer = a_plan("herefordshire-2011"), signed_in("officer")
    page = officer.open("/work/populations")
    assert "5,880" in page.words, "what came with the plan"
    said = officer.press(
        "Put them in", 400, pasted="place,age,people,source,year\nLedbury,8 to 10,310,A census,2021\nLedbury,11 to 13,x,A census,2021"
    )
    assert "Line 3" in said.words
    assert "“x” is not a whole number of people." in said.words
    assert populations(plan).of("ledbury", "8_10") == 310
    assert "Nothing was put in." in officer.press("Put them in", 400, pasted="hello").words
    officer.open("/work/populations")
    officer.press("Take out what was put in here")
    assert populations(plan).of("ledbury", "8_10") is None


def _crowd(activity: uuid.UUID) -> None:
    for age, place, people in (("8_10", "leominster", 12), ("11_13", "leominster", 30), ("8_10", "ledbury", 11), ("11_13", "ledbury", 14)):
        for number in range(people):
            _send(activity, age=age, place=place, words=number < 11)
    _count()


def test_the_pages_say_who_is_missing_and_who_was_heard(app: Flask, signed_in: SignedIn) -> None:
    plan, activity = a_plan("herefordshire-2011"), an_activity()
    towns = [Line(place, age, 1000, "A census", 2021, None) for place in ("leominster", "ledbury", "kington") for age in BANDS]
    put_in(plan, [*towns, *(Line("", age, 3000, "A census", 2021, None) for age in BANDS)], None)
    _crowd(activity)
    analyst = signed_in("analyst")
    assert "No group falls behind" in analyst.open("/work/not-heard").words, "nine of 1,000 would be as many as elsewhere"
    put_in(plan, [Line("kington", "11_13", 9000, "A census", 2021, None), Line("", "11_13", 11_000, "A census", 2021, None)], None)
    storage.commit()
    missing = analyst.open("/work/not-heard").words
    assert "We are furthest behind with 11 to 13 year olds in Kington: fewer than 2 in every 1,000" in missing
    assert "Ask them" not in missing, "an analyst asks nobody"
    assert "30 of 1,000" in missing
    page = analyst.open("/work/equality?of=my-week").words
    assert "67 people took part. 44 wrote in their own words." in page
    assert "Fewer than 10, or nobody" in page
    assert "Wilson" in page
    analyst.open("/work/equality?of=1999", 404)
    assert "We do not ask about disability" in analyst.open(f"/work/equality?of={storage.today().year}").words


def test_figures_of_several_activities_give_no_small_group_away(app: Flask) -> None:
    a_plan("herefordshire-2011")
    first, other = an_activity("one"), an_activity("two")
    for activity, people in ((first, 20), (other, 4)):
        for _ in range(people):
            _send(activity, words=False)
        for _ in range(30):
            _send(activity, age="8_10", place="ledbury", words=False)
    _count()

    plan = plans.current_plan()
    assert plan is not None
    cells = figures.cells_of(asking.activities(plan.id), plan.id)
    assert cells[("leominster", "11_13")].people == 20, "not 24, which would tell the four"
    assert cells[("ledbury", "8_10")].people in (30, 60)
