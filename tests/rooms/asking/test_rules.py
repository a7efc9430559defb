"""What is asked next, what counts as an answer, and what it means: for any instrument and anything posted."""

from __future__ import annotations

import os
import unicodedata

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.asking.inventing import RUBBISH, instruments, posts
from tests.rooms.asking.test_instruments import SOUND
from voice.asking import (
    Answer,
    Refused,
    as_posted,
    canonical,
    clean,
    for_places,
    from_canonical,
    kept,
    load_instrument,
    meaning,
    next_question,
    previous_question,
    sentence,
    shown,
    step,
)
from voice.asking.expressions import evaluate
from voice.asking.forms import REFUSALS

EXAMPLES = int(os.environ.get("EXAMPLES", "30"))  # a run; each run tries others, and `make soak` tries 600
slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=EXAMPLES)


@pytest.fixture(scope="module")
def small():
    return load_instrument(yaml.safe_load(SOUND))


@st.composite
def answered(draw):
    """An instrument and somebody's answers to it, cleaned as posted."""
    instrument = draw(instruments())
    answers = {}
    for question in instrument.questions:
        answer = clean(question, draw(posts(question)))
        if isinstance(answer, Answer):
            answers[question.name] = answer
    return instrument, answers


# --- for any instrument


@slow
@given(st.data())
def test_whatever_is_posted_is_an_answer_or_kindly_refused(data):
    instrument = data.draw(instruments())
    for question in instrument.questions:
        found = clean(question, data.draw(RUBBISH | posts(question)))
        if isinstance(found, Refused):
            assert sentence(found)
        else:
            assert clean(question, as_posted(question, found)) == found
            assert from_canonical(canonical({question.name: found})).get(question.name, Answer()) == found
            assert set(found.codes) <= {choice.name for choice in question.choices + question.skips}


@slow
@given(answered())
def test_answers_come_back_from_their_bytes(both):
    instrument, answers = both
    told = kept(instrument, answers)
    assert from_canonical(canonical(told)) == told
    assert canonical(dict(reversed(told.items()))) == canonical(told)
    assert kept(instrument, told) == told


@slow
@given(answered())
def test_no_question_is_shown_whose_condition_is_false(both):
    instrument, answers = both
    told = kept(instrument, answers)
    values = {name: _held(instrument.question(name), answer) for name, answer in told.items()}
    for question in instrument.questions:
        holds = question.condition is None or evaluate(question.condition, values)
        assert (question in shown(instrument, answers)) is holds
    assert {name for name, _ in meaning(instrument, answers).views} <= {question.name for question in shown(instrument, answers)}


def _held(question, answer):
    if answer.is_skipped:
        return ""
    if question.type == "select_multiple":
        return answer.codes
    return answer.words or (answer.codes[0] if answer.codes else answer.number)


@slow
@given(answered())
def test_forward_and_back_is_the_same_way(both):
    instrument, answers = both
    way = []
    question = next_question(instrument, answers)
    while question is not None:
        way.append(question)
        question = next_question(instrument, answers, question.name)
    assert tuple(way) == tuple(each for each in shown(instrument, answers) if not each.is_picture)  # these are asked after all else
    back = []
    question = previous_question(instrument, answers)
    while question is not None:
        back.append(question)
        question = previous_question(instrument, answers, question.name)
    assert way == back[::-1]


@slow
@given(answered())
def test_the_number_of_questions_never_grows_on_the_way(both):
    instrument, answers = both
    so_far, totals, numbers = {}, [], []
    question = next_question(instrument, so_far)
    while question is not None:
        here = step(instrument, so_far, question.name)
        totals.append(here.total)
        numbers.append(here.number)
        so_far |= {question.name: answers[question.name]} if question.name in answers else {}
        question = next_question(instrument, so_far, question.name)
    assert totals == sorted(totals, reverse=True)
    assert numbers == sorted(numbers)
    assert all(number <= total for number, total in zip(numbers, totals, strict=True))


@given(st.text(st.characters(), max_size=60))
def test_words_are_kept_as_written_but_for_what_nobody_sees(text):
    question = load_instrument(yaml.safe_load(SOUND)).question("why")
    answer = clean(question, [text])
    assert isinstance(answer, Answer)
    assert unicodedata.is_normalized("NFC", answer.words)
    assert answer.words.encode() is not None
    assert not [sign for sign in answer.words if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs")]
    assert clean(question, [answer.words]) == answer


# --- one answer


@pytest.mark.parametrize(
    ("name", "raw", "answer"),
    [
        ("how", [], Answer()),
        ("how", [""], Answer()),
        ("how", ["walk", "bus", "walk"], Answer(codes=("bus", "walk"))),
        ("how", ["rather_not"], Answer(codes=("rather_not",))),
        ("age", ["8_10"], Answer(codes=("8_10",))),
        ("age", ["8_10", "8_10"], Answer(codes=("8_10",))),
        ("miles", ["7"], Answer(number=7)),
        ("miles", [" 07 "], Answer(number=7)),
        ("miles", ["۷"], Answer(number=7)),
        ("miles", ["", "dont_know"], Answer(codes=("dont_know",))),
        ("why", ["  its dark\r\nand cold\x00 "], Answer(words="its dark\nand cold")),
        ("why", ["dont_know"], Answer(words="dont_know")),
        ("why", ["", "dont_know"], Answer(codes=("dont_know",))),
        ("why", ["cafe\u0301"], Answer(words="café")),
        ("why", ["safe\u202eton"], Answer(words="safeton")),
        ("why", ["👩‍👧 می‌خواهم"], Answer(words="👩‍👧 می‌خواهم")),
        ("why", ["\ud83d"], Answer()),
        ("why", ["x" * 10_000], Answer(words="x" * 10_000)),
    ],
)
def test_what_is_taken(small, name, raw, answer):
    assert clean(small.question(name), raw) == answer


@pytest.mark.parametrize(
    ("name", "raw", "refused"),
    [
        ("how", ["helicopter"], Refused("unknown_choice")),
        ("how", ["Bus"], Refused("unknown_choice")),
        ("how", ["bus", "dont_know"], Refused("answer_and_skip")),
        ("age", ["8_10", "11_13"], Refused("one_only")),
        ("miles", ["far"], Refused("number")),
        ("miles", ["1.5"], Refused("number")),
        ("miles", ["²"], Refused("number")),
        ("miles", ["--7"], Refused("number")),
        ("miles", ["9" * 5000], Refused("number")),
        ("miles", ["51"], Refused("range", {"start": 0, "end": 50})),
        ("miles", ["-1"], Refused("range", {"start": 0, "end": 50})),
        ("miles", ["3", "dont_know"], Refused("answer_and_skip")),
        ("why", ["my words", "rather_not"], Refused("answer_and_skip")),
        ("why", ["", "maybe"], Refused("unknown_choice")),
        ("why", ["x" * 10_001], Refused("too_long", {"most": 10_000, "length": 10_001})),
        ("why", ["é" * 50_000], Refused("too_long", {"most": 10_000, "length": 50_000})),
    ],
)
def test_what_is_refused(small, name, raw, refused):
    assert clean(small.question(name), raw) == refused
    assert sentence(refused)


def test_every_refusal_has_a_sentence_with_its_figures_in_it():
    assert sentence(Refused("range", {"start": 0, "end": 50})) == "Type a number from 0 to 50."
    assert "%" not in "".join(sentence(Refused(key, {"start": 1, "end": 2, "most": 3, "length": 4})) for key in REFUSALS)


def test_a_short_answer_stays_on_one_line():
    data = yaml.safe_load(SOUND)
    data["questions"][2]["appearance"] = "line"
    assert clean(load_instrument(data).question("why"), ["one\ntwo\t three"]) == Answer(words="one two three")


# --- what it means


def test_what_followed_from_an_answer_taken_back_is_not_sent(small):
    answers = {"how": Answer(codes=("bus",)), "why": Answer(words="its far")}
    assert meaning(small, answers).views == (("why", "its far"),)
    changed = answers | {"how": Answer(codes=("walk",))}
    assert meaning(small, changed).views == ()
    assert list(kept(small, changed)) == ["how"]


def test_a_question_that_may_still_come_is_counted_until_it_cannot(small):
    assert step(small, {}, "how") == (1, 5)
    assert step(small, {"how": Answer(codes=("walk",))}, "how") == (1, 5)
    assert step(small, {"how": Answer(codes=("walk",))}, "miles") == (2, 4)
    assert step(small, {"how": Answer(codes=("bus",))}, "miles") == (2, 5)


def test_i_dont_know_is_no_answer_to_a_condition(small):
    data = yaml.safe_load(SOUND)
    data["questions"][2]["relevant"] = "${how} != ''"
    instrument = load_instrument(data)
    assert "why" not in [question.name for question in shown(instrument, {"how": Answer(codes=("dont_know",))})]
    assert "why" in [question.name for question in shown(instrument, {"how": Answer(codes=("bus",))})]


@pytest.mark.parametrize(("codes", "may"), [(("yes",), True), (("no",), False), (("dont_know",), False), (("rather_not",), False), ((), False)])
def test_only_a_plain_yes_lets_words_be_shown(small, codes, may):
    assert meaning(small, {"show": Answer(codes=codes)}).may_be_quoted is may


def test_coarse_facts_leave_out_what_was_not_said(small):
    assert meaning(small, {}).coarse == (None, None, "young_person")
    assert meaning(small, {"age": Answer(codes=("rather_not",))}).coarse.age_band is None
    assert meaning(small, {"age": Answer(codes=("8_10",))}).coarse.age_band == "8_10"


def with_a_place():
    data = yaml.safe_load(SOUND)
    data["questions"].insert(4, {"type": "select_one", "name": "at", "label": {"en": "Where?"}, "choices": "places", "role": "place"})
    return load_instrument(data)


def test_places_come_from_the_plan():
    places = {"ledbury": "Ledbury", "ross": "Ross-on-Wye"}
    instrument = for_places(with_a_place(), places)
    question = instrument.question("at")
    assert [(choice.name, choice.label["en"]) for choice in question.choices][:2] == list(places.items())
    assert question.choices[-1].name == "elsewhere"
    answer = clean(question, ["ross"])
    assert answer == clean(with_a_place().question("at"), ["ross"], places) == Answer(codes=("ross",))
    assert clean(question, ["london"]) == Refused("unknown_choice")
    assert meaning(instrument, {"at": answer}).coarse.place == "ross"


def test_a_plan_without_places_asks_for_none():
    assert "at" not in [question.name for question in for_places(with_a_place(), {}).questions]


@pytest.mark.parametrize("ask", [next_question, previous_question])
def test_nobody_is_after_a_question_that_is_not_there(small, ask):
    with pytest.raises(KeyError):
        ask(small, {}, "not_there")
