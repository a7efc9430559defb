"""The officer’s results: exact, cut by facts, read from tallies alone. On one database: what they read is tried on both in test_tallies."""

from __future__ import annotations

import random
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.making import a_priority, a_theme, an_activity, the
from tests.reading import Visitor
from voice import asking, counting, keeping, reading, storage, understanding
from voice.asking.models import Activity
from voice.counting.folding import FACTS
from voice.counting.results import overview, waves
from voice.counting.results.tallied import tallied
from voice.extensions import db

SignIn = Callable[..., Visitor]
SLUG = "my-week"
GOOD, BAD = ("very_good", "quite_good"), ("quite_bad", "very_bad")


pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def send(many: int, *, slug: str = SLUG, ages: Sequence[str] = ("11_13", "14_16"), good: float = 0.5, seed: int = 1, words: str = "") -> list[Any]:
    chance, found = random.Random(seed), []
    for number in range(many):
        answers: dict[str, Any] = {"life_here": [chance.choice(GOOD if chance.random() < good else BAD)], "matters_most": ["home", "friends"]}
        facts = keeping.Facts(age_band=ages[number % len(ages)], place=chance.choice(("ross", "leominster")), way_in="qr", speaker="young_person")
        said = [("would_change", words)] if words else []
        found.append(keeping.keep(str(uuid.uuid4()), activity_id=an_activity(slug), answers=answers, words=said, facts=facts))
    counting.catch_up()
    storage.commit()
    return found


def a_wave(number: int, many: int, good: float) -> uuid.UUID:
    slug = f"term-{number}"
    activity_id = an_activity(slug, opened_days_ago=400 - 100 * number, closes_in_days=None)
    row = storage.session().get_one(Activity, activity_id)
    row.series, row.wave = "term-1", number
    storage.commit()
    if many:
        send(many, slug=slug, good=good, seed=number)
    return activity_id


def facts_of(slug: str) -> asking.ActivityFacts:
    found = asking.activity(slug)
    assert found
    return found


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield told
    event.remove(db.engine, "before_cursor_execute", note)


def test_lines_are_exact_and_hide_what_is_too_small(app: Flask) -> None:
    send(40, ages=["11_13"] * 6 + ["14_16"] * 3 + ["17_19"])
    activity = facts_of(SLUG)
    whole = {(each.question, each.code): each for each in counting.exact_tables(activity) if not each.fact}
    assert whole["", ""].people == 40
    assert sum(whole["life_here", code].people or 0 for code in (*GOOD, *BAD)) == 40
    assert whole["matters_most", "home"].percent == 100
    by_age = {(each.value, each.question, each.code): each.people for each in counting.exact_tables(activity, ("age_band",))}
    assert by_age["11_13", "", ""] == 24
    assert by_age["17_19", "", ""] is None, "four people"
    assert by_age["14_16", "", ""] is None, "or the four could be worked out"
    assert by_age["14_16", "life_here", "very_good"] is None
    assert by_age["under_8", "", ""] is None, "nobody looks the same"
    with pytest.raises(ValueError, match="counted"):
        list(counting.exact_tables(activity, ("group",)))


def test_every_cut_is_the_sum_of_people_as_they_were_sent(app: Flask) -> None:
    send(120, ages=("11_13", "14_16", "11_13"))
    storage.session().rollback()
    sent = list(keeping.coded_of([an_activity()]))
    for at, fact in enumerate(FACTS[:3]):
        own = Counter(getattr(each, fact) for each in sent)
        found = tallied(an_activity(), (fact,))
        assert {who[0]: found.size(who) for who in found.groups() if who[0] is not None} == own, at
    pairs = tallied(an_activity(), ("place", "age_band"))
    assert {who: pairs.size(who) for who in pairs.groups() if None not in who} == Counter((each.place, each.age_band) for each in sent)
    faces = pairs.given(("ross", "11_13"), "life_here") or {}
    assert faces == Counter(each.answers["life_here"][0] for each in sent if (each.place, each.age_band) == ("ross", "11_13"))


def test_an_officer_reads_everyone_and_groups_beside_each_other(app: Flask, signed_in: SignIn) -> None:
    send(120)
    officer = signed_in("officer")
    page = officer.open("/work/results")
    assert "120 people" in page.words
    page = officer.open(f"/work/results/{SLUG}")
    assert "120 people took part" in page.words
    assert "QR code 120 (100 in 100)" in page.words, "how people were reached is said first"
    page = officer.open(f"/work/results/{SLUG}?by=age_band&and=")
    assert "60 people" in page.words
    assert page.soup.select("svg.stacked desc"), "a chart says in words what it shows"
    assert page.soup.select("details table.matrix td"), "and has its table behind it"
    page = officer.open(f"/work/results/{SLUG}?by=age_band&and=place&question=life_here")
    assert [each.get_text() for each in page.soup.select("h3")][:2] == ["11 to 13", "14 to 16"]
    officer.open(f"/work/results/{SLUG}?by=shoe_size", status=404)
    officer.open(f"/work/results/{SLUG}?by=age_band&question=nothing", status=404)


def test_of_nine_people_nothing_is_said(app: Flask, signed_in: SignIn) -> None:
    send(9)
    officer = signed_in("officer")
    assert "Too few to show" in officer.open("/work/results").words
    for cut in ("", "?by=age_band", "?by=age_band&and=place", "/waves"):
        page = officer.open(f"/work/results/{SLUG}{cut}")
        assert not page.soup.select("table")
        assert "9 people" not in page.words


def test_what_words_were_about(app: Flask, signed_in: SignIn) -> None:
    sent = send(12, words="The bus comes once a day.")
    views = [view for each in sent[:5] for view in each.view_ids]
    reading.clear(views, the("officer"))
    for view in views:
        understanding.confirm(view, [a_priority().id], the("officer"))
    a_theme("Buses stop too early for us.", views=views[:3])
    counting.catch_up()
    storage.commit()
    activity, found = facts_of(SLUG), tallied(an_activity())
    shown = overview.groups(activity, found)
    assert [each.cells[0].people for each in overview.ties(activity, found, shown, "priority")] == [5]
    page = signed_in("officer").open(f"/work/results/{SLUG}")
    assert [each.get_text() for each in page.soup.select(".bars a")] == ["Buses stop too early for us."]
    assert "nobody has sorted yet, are in none" in page.words
    page = signed_in("analyst").open(f"/work/results/{SLUG}")
    assert "Buses stop too early" not in page.words, "a theme is worded by what was written, and an analyst reads none of it"
    assert not page.soup.select("main a[href*='/work/themes'], main a[href*='/work/many']")


def test_pages_cost_the_same_however_many_there_are(app: Flask, signed_in: SignIn) -> None:
    analyst = signed_in("analyst")  # the bar of an officer’s desk says how many views wait, which is of views
    for number in (1, 2, 3):
        a_wave(number, 12, 0.5)
    paths = ("/work/results", "/work/results/term-1", "/work/results/term-1?by=age_band", "/work/results/term-1/waves")
    costs: list[list[int]] = []
    for _time in range(2):
        costs.append([])
        for path in paths:
            with counted_queries() as told:
                analyst.open(path)
            assert not [each for each in told if " submission" in each.lower().replace("\n", " ")], "read from tallies alone"
            costs[-1].append(len(told))
        a_wave(4, 30, 0.5)
        an_activity("another")
    assert costs[0] == costs[1]
    assert max(costs[1]) < 40


def test_waves_say_what_changed_in_words(app: Flask, signed_in: SignIn) -> None:
    for number, (many, good) in enumerate(((8, 0.5), (90, 0.2), (90, 0.8)), 1):
        a_wave(number, many, good)
    story = waves.story(facts_of("term-2"))
    assert story
    assert (story.before.activity.slug, story.now.activity.slug) == ("term-2", "term-3")
    assert story.waves[0].people is None, "eight people"
    verdicts = {course.code: course.change.verdict for _asked, course in story.clear}
    assert verdicts["very_bad"] == "fewer"
    older = waves.story(facts_of("term-2"), "term-1")
    assert older
    assert all(course.change.verdict == "few" for asked in older.asked for course in asked.courses), "nothing is said beside eight people"
    page = signed_in("officer").open("/work/results/term-2/waves")
    assert re.search(r"\d+ in 100?, (up|down) from \d+ in 100?", page.words)
    assert "Clearly fewer" in page.words
    charts = page.soup.select("svg.course-chart")
    assert charts
    assert all(each.select_one("title") and "likely between" in (each.select_one("desc") or each).get_text() for each in charts)
    assert signed_in("analyst").open("/work/results/term-2?by=wave").path.endswith("/waves")
