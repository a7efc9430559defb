"""Every instrument we ship is sound, short and easy for a ten-year-old."""

from __future__ import annotations

import re
from statistics import mean

import pytest

from tests.house.readability import grade, sentence_lengths
from voice.asking import load_instrument, shipped_instruments
from voice.asking.forms import REFUSALS
from voice.asking.building import shared_choices

FILES = shipped_instruments()
BANNED = re.compile(
    r"secret|confidential|anonym|promise|keep you safe|\breport|victim|are you sure|please note|unfortunately|stakeholder", re.IGNORECASE
)
# What a title or an address must not tell somebody who looks at the screen.
TELLING = re.compile(r"abus|bully|hurt|harm|hit\b|danger|drug|alcohol|mental|suicid|sex|violen|neglect|police|worr", re.IGNORECASE)
every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def prose(instrument):
    """Title, introduction, questions and hints: what is read as sentences."""
    yield instrument.title["en"]
    yield instrument.intro["en"]
    for question in instrument.questions:
        yield question.label["en"]
        yield question.hint.get("en", "")


def choice_labels(instrument):
    return [choice.label["en"] for question in instrument.questions for choice in question.choices + question.skips]


def test_there_are_some():
    assert {file.stem for file in FILES} >= {
        "youth-opinion-sheet",
        "getting-about-and-feeling-safe",
        "family-survey",
        "county-voice-audit",
        "one-thing-i-would-change",
    }
    assert {load_instrument(file).kind for file in FILES} >= {"opinion_sheet", "survey", "family_sheet", "audit", "feedback_box"}


@every
def test_it_is_sound_and_named_after_its_file(file):
    assert load_instrument(file).name == file.stem


@every
def test_it_is_short(file):
    asked = [question for question in load_instrument(file).questions if question.is_asked]
    assert 1 <= len(asked) <= 12


@every
def test_it_reads_easily(file):
    instrument = load_instrument(file)
    sentences, everything = list(prose(instrument)), [*prose(instrument), *choice_labels(instrument)]
    lengths = sentence_lengths(sentences)
    assert grade(sentences) <= 4
    assert grade(everything) <= 4
    assert max(lengths) <= 20
    assert mean(lengths) <= 12
    assert max(sentence_lengths(choice_labels(instrument))) <= 8


@every
def test_no_word_says_what_we_cannot_keep_or_blames_anyone(file):
    instrument = load_instrument(file)
    assert [text for text in [*prose(instrument), *choice_labels(instrument)] if BANNED.search(text)] == []
    assert not TELLING.search(instrument.title["en"] + instrument.name)


@every
def test_quotes_are_curly_and_spaces_are_single(file):
    instrument = load_instrument(file)
    assert [text for text in [*prose(instrument), *choice_labels(instrument)] if re.search(r"['\"]|  ", text)] == []


@every
def test_no_question_is_turned_round_or_asks_two_things(file):
    for question in load_instrument(file).questions:
        assert not re.search(r"\b(not|never|no|and)\b|n’t\b", question.label["en"]), question.name
        assert question.label["en"].count("?") == (1 if question.is_asked else 0), question.name


@every
def test_nobody_has_to_look_far_back(file):
    hints = [question.hint.get("en", "") for question in load_instrument(file).questions]
    assert [hint for hint in hints if re.search(r"\b(last|past) (year|\d+)|ever\b", hint)] == []


@every
def test_every_question_can_be_passed_in_two_ways(file):
    for question in load_instrument(file).questions:
        assert [choice.label["en"] for choice in question.skips] == ["I don’t know", "I don’t want to say"]


@every
def test_words_are_asked_for_without_names(file):
    boxes = [question for question in load_instrument(file).questions if question.type == "text"]
    assert boxes
    assert all("Please do not write names." in question.hint["en"] for question in boxes)


@every
def test_permission_comes_last_and_only_when_there_are_words(file):
    instrument = load_instrument(file)
    last = instrument.questions[-1]
    assert last.role == "permission"
    assert (last.label["en"], last.hint["en"]) == ("May we show your words to others?", "We take out names first.")
    boxes = {question.name for question in instrument.questions if question.type == "text"}
    assert set(re.findall(r"\$\{(\w+)\} != ''", last.relevant)) == boxes


@every
def test_it_asks_how_old_and_where_and_marks_which_is_which(file):
    assert {question.role for question in load_instrument(file).questions} >= {"age_band", "place", "permission"}


@every
def test_faces_have_words_and_go_from_glad_to_sad(file):
    for question in load_instrument(file).questions:
        if question.kind == "faces":
            assert [choice.face for choice in question.choices] == sorted((choice.face for choice in question.choices), reverse=True)
            assert all(choice.label["en"] for choice in question.choices)


def test_the_sentences_for_what_cannot_be_taken_are_easy_too():
    texts = [str(text) for text in REFUSALS.values()]
    assert grade(texts) <= 4
    assert max(sentence_lengths(texts)) <= 20
    assert not [text for text in texts if BANNED.search(text)]


def test_the_same_code_never_means_two_things():
    meanings: dict[tuple[str, str], set[str]] = {}
    for name, listed in shared_choices().items():
        for one in listed:
            meanings.setdefault((name.partition("_")[0], one["name"]), set()).add(one["label"]["en"])
    assert {key: labels for key, labels in meanings.items() if len(labels) > 1} == {}
