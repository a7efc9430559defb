"""The machine learns from what officers confirm, forgets what is erased, and can be put back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from tests.reading import Visitor
from tests.rooms.understanding.said import a_view, an_activity, submission_of
from voice import keeping, plans, reading, storage, understanding
from voice.identity import add_member
from voice.understanding import learned, learning, refitting
from voice.understanding.fitting import Figures
from voice.understanding.hashing import PLACES
from voice.understanding.models import LearnedVersion, Sorting
from voice.understanding.opinions import method, plan_texts
from voice.understanding.together import TONES

only_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)  # the same statements as in the tests on both

OTTERS = ("the otters by the weir", "i saw otters", "save the otters", "otters are cute", "more otters please", "feed the otters")
HOUSES = ("my nan knits", "knitting with nan", "nan knits me socks", "i knit scarves", "knit club", "we knit blankets")


@pytest.fixture
def officer_id(app: Flask) -> uuid.UUID:
    return add_member("o@demo.example", "O", ("officer",), "a long walk by the river")


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process takes seconds; one test does."""

    def learn(texts, said, key):
        return refitting.learn_priorities(texts, said, key) if texts else refitting.learn_tone(said, key)

    monkeypatch.setattr(refitting, "learn_apart", learn)


Told = list[Sequence[refitting.Said]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What would be learned from, each time; nothing is."""
    kept: Told = []

    def learn(texts, said, key):
        kept.append(said)
        names = tuple(each.code for each in texts) or TONES
        width = len(names)
        head = learned.Head(names, (), (0.0,) * width, ((1.0,) if texts else (0.0, 0.0, 0.0, 1.0),) * width, 0.0, None)
        return learned.write(head, [1.0] * PLACES, [[0.0] * PLACES] * width), Figures(len(said), 0)

    monkeypatch.setattr(refitting, "learn_apart", learn)
    return kept


def codes() -> dict[str, uuid.UUID]:
    plan = plans.current_plan()
    assert plan
    return {each.code: each.id for each in plans.priorities(plan.id)}


def plan_id() -> uuid.UUID:
    plan = plans.current_plan()
    assert plan
    return plan.id


def confirmed(activity: uuid.UUID, by: uuid.UUID, texts: Sequence[str], *tags: str) -> list[uuid.UUID]:
    views = [a_view(activity, words) for words in texts]
    reading.clear(views, by)
    for view in views:
        understanding.confirm(view, [codes()[tag] for tag in tags], by)
    storage.commit()
    return views


def learn() -> int:
    made = learning.learn_if_due(plan_texts)
    storage.commit()
    return made


def first(words: str) -> str:
    return understanding.suggestions_for(plan_id(), words).best[0].priority


def score(words: str, code: str) -> float:
    return next(each.score for each in understanding.suggestions_for(plan_id(), words, 9).best if each.priority == code)


def versions(kind: str = "priorities") -> list[LearnedVersion]:
    return list(storage.session().scalars(select(LearnedVersion).where(LearnedVersion.kind == kind).order_by(LearnedVersion.number)))


@only_sqlite
def test_confirmed_tags_teach_and_erased_words_leave(app: Flask, officer_id: uuid.UUID, in_this_process: None) -> None:
    activity = an_activity()
    one, other = list(codes())[:2]
    confirmed(activity, officer_id, OTTERS[:4], one)
    assert learn() == 0, "four are too few"
    assert method(plan_id()) == "plan-words 1"
    confirmed(activity, officer_id, OTTERS[4:], one)
    knitting = confirmed(activity, officer_id, HOUSES, other)
    assert learn() == 1
    assert learn() == 0, "nothing new"
    assert method(plan_id()) == "plan-words 1 + learned 1 no. 1"
    assert (first("an otter"), first("she knits")) == (one, other)
    assert "otters" in understanding.suggestions_for(plan_id(), "otters!").best[0].because
    weights = versions()[0].weights
    assert b"otter" not in weights
    knew = score("she knits", other)
    for view in knitting:
        keeping.erase(submission_of(view))
    storage.commit()
    assert learn() == 1
    assert [each.lessons for each in versions()] == [6], "what had learned from erased words is gone"
    assert score("she knits", other) < knew, "and the new one does not know those words"


@only_sqlite
def test_none_of_these_and_tones_teach_and_what_nobody_may_see_does_not(app: Flask, officer_id: uuid.UUID, told: Told) -> None:
    activity = an_activity()
    one = next(iter(codes()))
    views = confirmed(activity, officer_id, OTTERS, one)
    confirmed(activity, officer_id, HOUSES)
    understanding.set_tone(views[0], "positive", "neutral", officer_id)
    for view in views[1:]:
        understanding.set_tone(view, "negative", None, officer_id)
        understanding.set_tone(view, "negative", None, officer_id)
    reading.put_back(views[1], officer_id)
    reading.withhold(views[1], "could_be_known", officer_id)
    reading.raise_concern(views[2], officer_id, "They sound afraid.")
    storage.commit()
    assert learn() == 2
    tags, tones = ({each.words: each.confirmed for each in said} for said in told)
    assert tags == {**{words: (one,) for at, words in enumerate(OTTERS) if at not in (1, 2)}, **dict.fromkeys(HOUSES, ())}
    assert tones == {words: ("negative" if at else "positive",) for at, words in enumerate(OTTERS) if at not in (1, 2)}


def test_a_version_that_a_person_does_not_want_is_put_back(app: Flask, officer_id: uuid.UUID, told: Told, signed_in: Callable[..., Visitor]) -> None:
    activity = an_activity()
    one, other = list(codes())[:2]
    confirmed(activity, officer_id, [*OTTERS, *(f"{each} too" for each in OTTERS)], one)
    learn()
    again = confirmed(activity, officer_id, [*HOUSES, *(f"{each} too" for each in HOUSES)], other)
    learn()
    assert [each.in_use for each in versions()] == [False, True]
    officer = signed_in("officer")
    page = officer.open("/work/learning")
    assert "Version 2 is in use." in page.words
    page = officer.press("Go back to the one before")
    assert "Version 1 is in use." in page.words
    assert method(plan_id()).endswith("no. 1")
    assert not page.soup.find(string="Go back to the one before")
    keeping.erase(submission_of(again[0]))
    storage.commit()
    assert not learning.can_go_back("priorities")


@only_sqlite
def test_the_page_says_how_often_the_choice_was_among_the_three(app: Flask, officer_id: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    activity = an_activity()
    officer = signed_in("officer")
    page = officer.open("/work/learning")
    assert "Too few views were sorted to say." in page.words
    assert "It has learned nothing yet" in page.words
    one, other = list(codes())[:2]
    views = [a_view(activity, f"{words} {n}") for words in OTTERS for n in range(2)]
    reading.clear(views, officer_id)
    for number, view in enumerate(views):
        suggested = [{"priority": one, "score": 1.0, "method": "x"}]
        understanding.confirm(view, [codes()[one if number % 4 else other]], officer_id, suggested)
    storage.commit()
    assert storage.session().scalars(select(Sorting.among).where(Sorting.view_id == views[0])).one() == 0
    page = officer.open("/work/learning")
    assert "8 in 10" in page.words
