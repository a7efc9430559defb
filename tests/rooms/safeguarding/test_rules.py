"""Marking the words that made us worry changes none of them."""

from __future__ import annotations

import pytest

from voice.safeguarding.models import OUTCOMES
from voice.safeguarding.rules import pieces
from voice.safeguarding.screening import data
from voice.safeguarding.words import KINDS, OUTCOME_WORDS


@pytest.mark.parametrize(
    ("words", "because", "marked"),
    [
        ("He hits me. HITS ME hard.", ["hits me"], ["hits me", "HITS ME"]),
        ("a\n b and (c)", ["a b", "(c)"], ["a\n b", "(c)"]),
        ("nothing", [], []),
        ("nothing", ["", " "], []),
        ("hurt, hurts", ["hurt", "hurts"], ["hurt", "hurts"]),
        ("I said it is in.", ["I", "in."], ["I", "in."]),
        ("", ["x"], []),
    ],
)
def test_what_made_us_worry_is_marked_and_the_words_stay_as_they_were(words: str, because: list[str], marked: list[str]) -> None:
    found = pieces(words, because)
    assert "".join(piece for piece, _worries in found) == words
    assert [piece for piece, worries in found if worries] == marked


def test_every_kind_and_outcome_has_plain_words() -> None:
    kinds = {kind for name in ("patterns_body", "patterns_home", "patterns_beyond", "patterns_plain") for kind, _line in data.patterns(name)}
    assert kinds == set(KINDS)
    assert set(OUTCOMES) == set(OUTCOME_WORDS)
