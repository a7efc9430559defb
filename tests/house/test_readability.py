"""The measure itself is measured."""

from __future__ import annotations

import pytest

from voice.reading_age import Hard, age, grade, hard_parts, sentence_lengths, sentences, syllables

COUNTED = {
    1: "cat school change feel asked quite nurse live here more once said the don’t",
    2: "people college matters changes listen wanted little table places somewhere someone younger didn’t quiet police grown-ups receipt",
    3: "family area idea nursery charity engagement partnership services improvement",
    4: "community confidential information anonymous experience priorities actually",
    5: "organisation participation",
}


def test_syllables_are_counted_as_people_say_them():
    wrong = [(word, number, syllables(word)) for number, some in COUNTED.items() for word in some.split() if syllables(word) != number]
    assert wrong == []


def test_a_line_without_an_end_is_a_sentence():
    assert sentences("Where do you live?\nA village") == ["Where do you live", "A village"]
    assert sentence_lengths(["Go out. Come back in!", "8 to 10"]) == [2, 3, 3]


def test_nothing_to_read_is_easy():
    assert grade([]) == grade(["…", ""]) == 0.0


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Think about the last week. Who do you go to school with?", -2, 3),
        ("Are you safe right now? If you are in danger, call 999. It is free.", -2, 4),
        (
            "The Partnership will undertake a comprehensive consultation with stakeholders in order to inform the commissioning of "
            "preventative services across the authority.",
            15,
            30,
        ),
    ],
)
def test_plain_words_are_easy_and_council_words_are_hard(text, least, most):
    assert least <= grade([text]) <= most


def test_an_age_is_said_and_what_makes_words_hard():
    easy, hard = "We put a light at your bus stop. It is on now.", "The Partnership will undertake a comprehensive consultation."
    assert age([easy]) < 9 < 16 <= age([hard])
    assert age([]) == 5, "nobody younger"
    assert hard_parts(easy) == Hard((), ())
    long_one = " ".join(["so"] * 21)
    assert hard_parts(f"{hard} {long_one}. Consultation 2026.") == Hard((long_one,), ("comprehensive", "consultation"))
