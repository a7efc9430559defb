"""A question about priorities asks for those of the plan it is published for."""

from __future__ import annotations

import pytest

from voice.asking import Instrument, as_data, fitted, for_priorities, load_instrument, shipped_instruments


@pytest.fixture
def ranking() -> Instrument:
    return load_instrument(next(file for file in shipped_instruments() if file.stem == "what-matters-most"))


def codes(instrument: Instrument) -> list[str]:
    return [choice.name for choice in instrument.question("put_first").choices]


def test_the_pledges_we_have_words_for_keep_them_at_every_age(ranking: Instrument) -> None:
    ours = for_priorities(ranking, {"1": "Be safe", "2": "Be healthy in body and mind"})
    assert codes(ours) == ["1", "2"]
    first = fitted(ours, "younger").question("put_first").choices[0]
    assert first.label["en"] == "Be safe"
    assert first.label["ur"] != first.label["en"]
    assert first.picture


def test_another_plan_is_asked_in_its_own_words_and_under_its_own_codes(ranking: Instrument) -> None:
    theirs = for_priorities(ranking, {"A": "A warm home", "B.1": "Good food", "1": "Buses for all"})
    assert codes(theirs) == ["a", "b_1", "1"]
    assert [choice.label["en"] for choice in theirs.question("put_first").choices] == ["A warm home", "Good food", "Buses for all"]
    published = load_instrument(as_data(theirs), published=True)
    assert codes(published) == ["a", "b_1", "1"]
    assert codes(fitted(published, "middle")) == ["a", "b_1", "1"]


def test_a_plan_without_two_priorities_leaves_the_question_as_it_was_written(ranking: Instrument) -> None:
    assert for_priorities(ranking, {}) == ranking
    assert for_priorities(ranking, {"1": "All of it"}) == ranking


def test_other_questions_stay_as_they_are(ranking: Instrument) -> None:
    theirs = for_priorities(ranking, {"a": "A warm home", "b": "Good food"})
    changed = [one.name for one, before in zip(theirs.questions, ranking.questions, strict=True) if one != before]
    assert changed == ["put_first"]
