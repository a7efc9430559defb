"""Drawn people, made of parts."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest
from flask import Flask

from voice.pledging import avatars


def people() -> list[dict[str, str]]:
    """Every part once."""
    return [{**avatars.FIRST, part: name} for part, options in avatars.PARTS.items() for name in options]


def test_there_are_at_least_six_of_every_part() -> None:
    assert all(len(options) >= 6 for options in avatars.PARTS.values())


@pytest.mark.parametrize("parts", people(), ids=lambda parts: "-".join(parts.values()))
def test_every_person_is_whole_svg_coloured_by_classes_alone(parts: dict[str, str]) -> None:
    drawn = ElementTree.fromstring(str(avatars.draw(parts, "words")))  # our own drawing
    for each in drawn.iter():
        assert not {"style", "id", "fill", "stroke"} & set(each.attrib)
    assert drawn.get("aria-label") == "words"


def test_no_two_people_look_the_same() -> None:
    combinations = [dict(zip(avatars.PARTS, names, strict=True)) for names in itertools.product(*avatars.PARTS.values())]
    assert len({str(avatars.draw(parts)) for parts in combinations}) == len(combinations)


def test_words_beside_a_person_cannot_break_out_of_the_picture() -> None:
    assert '"><script>' not in avatars.draw(avatars.FIRST, '"><script>')


@pytest.mark.parametrize(
    "wrong",
    [
        {**avatars.FIRST, "head": "horns"},
        {**avatars.FIRST, "name": "x"},
        {"head": "short"},
        {},
        {**avatars.FIRST, "top": None},
        {**avatars.FIRST, "top": ["plain"]},
    ],
)
def test_a_part_we_do_not_know_is_refused(wrong: dict[str, object]) -> None:
    for act in (avatars.whole, avatars.draw, avatars.describe):
        with pytest.raises(avatars.UnknownPart):
            act(wrong)


def test_a_person_is_described_in_words(app: Flask) -> None:
    with app.test_request_context():
        assert avatars.describe(avatars.FIRST) == "A drawn person with short hair and a stripy top in pink, under a blue sky"
