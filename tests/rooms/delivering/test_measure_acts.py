"""Readings as they are kept: never overwritten, counted once, frozen where a release gave them. On both databases where these hold to it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.making import a_plan, the
from tests.rooms.counting.results.test_pages import GOOD, SLUG, facts_of, send
from voice import counting, delivering, plans, storage
from voice.audit.models import AuditRow
from voice.counting.published import charts
from voice.delivering.measuring.actions import Given, NotTaken, Said, enter, say_numbers, say_unit, take_from_releases, take_out, tell_story
from voice.delivering.measuring.importing import import_readings
from voice.delivering.measuring.models import Measured
from voice.plans import MeasureFacts

ON_SQLITE = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def a_measure(key: str = "early-years-gap", slug: str = "herefordshire-2011") -> MeasureFacts:
    plan_id = a_plan(slug)
    plans.make_current(slug)
    storage.commit()
    return next(each.facts for each in delivering.all_measure_stories(plan_id) if each.facts.key == key)


def story(measure: MeasureFacts, *, inside: bool = False) -> delivering.MeasureStory:
    found = delivering.measure_story(measure.id, inside=inside)
    assert found
    return found


def values(measure: MeasureFacts, *, inside: bool = False) -> list[float]:
    return [each.value for each in story(measure, inside=inside).readings]


def rows() -> int:
    return storage.session().scalar(select(func.count()).select_from(Measured)) or 0


def test_what_is_put_right_is_another_row(app: Flask) -> None:
    measure, officer = a_measure(), the("officer")
    first = enter(measure, Given("2023/24", 31.5, out_of=400), officer)
    again = enter(measure, Given("2023/24", 31.5, out_of=400), officer)
    other = enter(measure, Given("2023-24", 30.5, out_of=400), officer)
    storage.commit()
    assert (first.became, again.became, other.became) == ("new", "same", "corrected")
    assert (values(measure), rows()) == ([30.5], 2)
    take_out(other.reading_id, "It was of another county.", officer)
    storage.commit()
    assert (values(measure), rows()) == ([], 3)
    assert enter(measure, Given("2023/24", 31.5, out_of=400), officer).became == "new"
    storage.commit()
    assert (values(measure), rows()) == ([31.5], 4)
    with pytest.raises(NotTaken, match="gone"):
        tell_story(first.reading_id, "Too late.", officer)


def test_the_database_lets_nobody_change_one_nor_keep_two(app: Flask) -> None:
    measure, officer = a_measure(), the("officer")
    taken = enter(measure, Given("2024", 31, out_of=400), officer)
    storage.commit()
    for act in ("UPDATE measured SET value = 99", "DELETE FROM measured"):
        with pytest.raises(Exception, match="measured is only added to"):
            storage.session().execute(text(act))
        storage.session().rollback()
    old = storage.session().get_one(Measured, taken.reading_id)
    for wrong in (
        {"number": 1, "supersedes_id": None},
        {"number": 2, "supersedes_id": None},
        {"number": 2, "supersedes_id": old.id, "source": "guessed"},
        {"number": 2, "supersedes_id": old.id, "source": "release"},
        {"number": 2, "supersedes_id": old.id, "value": float("inf")},
        {"number": 2, "supersedes_id": old.id, "out_of": 0},
        {"number": 1, "supersedes_id": None, "slot": "2030", "value": None},
    ):
        given = {
            "measure_id": measure.id,
            "slot": "2024",
            "period": "2024",
            "on_day": old.on_day,
            "value": 30.0,
            "is_public": True,
            "source": "entered",
        }
        storage.session().add(Measured(**(given | wrong)))
        with pytest.raises(IntegrityError):
            storage.session().flush()
        storage.session().rollback()


@ON_SQLITE
def test_what_cannot_be_is_refused(app: Flask) -> None:
    measure, officer = a_measure(), the("officer")
    for given, why in (
        (Given("2024", 101), "percent"),
        (Given("2024", -1), "minus"),
        (Given("soon", 30), "period"),
        (Given("2099", 30), "future"),
        (Given("2024", 30, out_of=0), "out_of"),
    ):
        with pytest.raises(NotTaken, match=why):
            enter(measure, given, officer)
    unread = a_measure("coming-into-care")
    with pytest.raises(NotTaken, match="unit"):
        enter(unread, Given("2024", 30), officer)
    say_unit(unread, "count", None, officer)
    with pytest.raises(NotTaken, match="count"):
        enter(unread, Given("2024", 30.5), officer)


@ON_SQLITE
def test_about_few_it_stays_inside_and_nothing_tells_it(app: Flask) -> None:
    measure, officer = a_measure("edge-of-care-families"), the("officer")
    for place, value in (("", 60), ("hereford", 20), ("leominster", 12), ("ross-on-wye", 9), ("ledbury", 8), ("bromyard", 8), ("kington", 3)):
        enter(measure, Given("2024", value, place), officer)
    storage.commit()
    public = {each.place: each.value for each in story(measure).readings}
    assert "kington" not in public
    assert "bromyard" not in public, "60 less all the others would be the three"
    assert public[None] == 60
    assert len(story(measure, inside=True).readings) == 7
    say_numbers(measure, Said(of_people=False), officer)
    storage.commit()
    assert len(story(measure).readings) == 7, "it counts no people: a small figure points at nobody"


@ON_SQLITE
def test_numbers_said_by_hand_leave_the_printed_words(app: Flask) -> None:
    measure, officer = a_measure("coming-into-care"), the("officer")
    say_numbers(measure, Said(unit="rate", per=10_000, baseline=61, target=54.5, months=12, owner_id=the("answer_owner")), officer)
    enter(measure, Given("2024/25", 58, out_of=35_000, story="More help came early."), officer)
    storage.commit()
    found = story(measure)
    assert found.facts.target == "the average of similar areas"
    assert (found.baseline, found.target, found.standing, found.numbers.months) == (61, 54.5, "nearer", 12)
    assert found.readings[0].said == "58 in every 10,000"
    assert delivering.owned_by(the("answer_owner")) == {measure.id}
    told = storage.session().scalars(select(AuditRow.why).where(AuditRow.what == "numbers of a measure said")).all()
    assert told == ["unit rate, per 10000, of_people True, baseline 61, target 54.5, months 12"]


def _bars(codes: Sequence[str]) -> int:
    """What the page of the release says of these answers, added up of its bars."""
    release = counting.current_release(facts_of(SLUG).id)
    assert release
    chart = next(each for each in charts(release, "everyone", "en") if each.name == "life_here").charts[0]
    return counting.percent(sum(each.people or 0 for each in chart.bars if each.code in codes), chart.of or 1) or 0


def _publish() -> uuid.UUID:
    release_id = counting.begin_release(facts_of(SLUG).id, the("publisher"))
    counting.publish_release(release_id, the("publisher"))
    storage.commit()
    return release_id


def test_a_reading_comes_with_its_release_and_stays(app: Flask) -> None:
    measure = a_measure("feeling-safer-and-helped", "herefordshire-pledges")
    send(60, good=0.7)
    counting.link_measure(measure.id, facts_of(SLUG).id, "life_here", list(GOOD), "life here is good", the("officer"))
    storage.commit()
    assert values(measure) == []
    _publish()
    first = story(measure).readings
    assert [(each.source, each.value) for each in first] == [("release", float(_bars(GOOD)))]
    assert first[0].release
    assert (first[0].release.slug, first[0].release.words) == (SLUG, "life here is good")
    send(60, good=0.1, seed=2)
    _publish()
    both = story(measure).readings
    assert len(both) == 2
    assert both[0] == first[0], "what was published stays"
    assert both[1].value == _bars(GOOD) != first[0].value
    assert take_from_releases() == 0, "each is taken once"
    with pytest.raises(NotTaken, match="release"):
        take_out(both[1].id, "no", the("officer"))
    tell_story(both[1].id, "Many more answered.", the("officer"))
    assert [(each.value, each.story) for each in story(measure).readings] == [(first[0].value, None), (both[1].value, "Many more answered.")]


@ON_SQLITE
def test_a_measure_tied_late_or_anew(app: Flask) -> None:
    measure = a_measure("feeling-safer-and-helped", "herefordshire-pledges")
    send(60, good=0.7)
    _publish()
    for codes in (GOOD, GOOD[:1]):
        counting.link_measure(measure.id, facts_of(SLUG).id, "life_here", list(codes), "life here is good", the("officer"))
        storage.commit()
        assert values(measure) == [float(_bars(codes))], "one line joins what was asked alike alone"
    assert rows() == 2


FILE = """measure;when;value;out_of;source
early-years-gap;2023;31 %;400;School census
early-years-gap;2024;30,5;400;School census
child-poverty;2024;1,234;;HMRC
breastfeeding-6-8-weeks;2024;55%;;NHS England
obesity-reception;2024;£5;;
""".encode("cp1252")


@ON_SQLITE
def test_the_same_file_again_adds_nothing(app: Flask) -> None:
    measure = a_measure()
    plan = plans.current_plan()
    assert plan
    done = import_readings(plan.id, FILE, the("officer"))
    storage.commit()
    assert (done.new, done.corrected, done.same, done.inside) == (3, 0, 0, 1)
    assert [(each.number, each.why) for each in done.bad] == [(4, "percent"), (6, "sign")]
    before = rows()
    again = import_readings(plan.id, FILE, the("officer"))
    storage.commit()
    assert (again.new, again.corrected, again.same, rows()) == (0, 0, 3, before)
    other = import_readings(plan.id, FILE.replace(b"30,5", b"29.9"), None)
    storage.commit()
    assert (other.new, other.corrected, other.same, rows()) == (0, 1, 2, before + 1)
    assert values(measure) == [31, 29.9]
    assert {each.source for each in story(measure).readings} == {"imported"}
