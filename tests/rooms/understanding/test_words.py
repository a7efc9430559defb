"""Words as young people write them come to the words they mean."""

import pytest

from voice.understanding.concepts import concepts, find_concepts
from voice.understanding.words import Reader, base, written_words


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(concepts().vocabulary)


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        (("bully", "bullies", "bullied", "bullying", "bullys"), "bulli"),
        (("vape", "vapes", "vaping"), "vape"),
        (("stop", "stops", "stopped"), "stop"),
        (("care", "caring"), "care"),
    ],
)
def test_endings_come_off(words, stem):
    assert {base(word) for word in words} == {stem}


def test_a_car_is_not_care():
    assert base("cars") != base("caring")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("skool", "school"),
        ("bullyed", "bullied"),
        ("councilor", "councillor"),
        ("aprenticeship", "apprenticeship"),
        ("anxietty", "anxiety"),
        ("dentst", "dentist"),
        ("happpy", "happy"),
    ],
)
def test_misspelt_words_are_met(reader, written, meant):
    assert reader.read(written)[0].base == base(meant)


@pytest.mark.parametrize("word", ["goat", "horse", "otter", "quiet"])
def test_real_words_are_left_alone(reader, word):
    assert reader.read(word)[0].base == base(word)


def test_curly_and_straight_apostrophes_read_alike():
    assert list(written_words("I don’t, i DON'T")) == ["i", "dont", "i", "dont"]


def test_every_neighbour_is_a_concept():
    assert {near for found in concepts().near.values() for near in found} <= set(concepts().near)


def test_a_row_of_words_weakens_the_words_inside_it(reader):
    strongest = max(find_concepts(reader.read("i want to run away")), key=lambda hit: hit.strength)
    assert strongest.entry.concept == "running-away"
