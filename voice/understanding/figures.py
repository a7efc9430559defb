"""A figure in a “You said” sentence: a sign that the officer puts there, and words that come from what was given out.

Nothing here counts. `counting` is asked through the slot `theme_figures`, and a sentence whose theme nothing was given out for says “some”: how many
said it is told once, when the theme is published, and stays what it was. A number that somebody typed is found, so that it can be put right.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Final

from voice.understanding.models import Theme
from voice.web import slot

SIGN: Final = "{how many}"
WORDS: Final = {"some": "some of you", "many": "many of you"}
"""In English whatever the page’s language is: the sentence is the officer’s own, and is read as it was written."""

_SIGN = re.compile(r"\{\s*how[ _-]?many\s*\}", re.IGNORECASE)
_ONES = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozens?|hundreds|thousands"
_PARTS = "half|third|quarter|most|many|lots|loads|nearly all|almost all"
_NUMBER = rf"(?:\d[\d.,]*|{_ONES}|{_TENS}|{_PARTS})"
_NAMED = "children|kids|pupils|students|teenagers|girls|boys|families|parents|carers|respondents|answers"
_PEOPLE = rf"(?:you|us|them|(?:the )?(?:young |other )?people|(?:the )?(?:{_NAMED}))"
_TYPED: Final = re.compile(
    rf"(?<!year )(?<!years )(?<!aged )\b(?:over |about |around |nearly |almost |more than |at least |up to )?(?:"
    rf"\d[\d.,]*\s?(?:%|per ?cent)(?: of {_PEOPLE})?"
    rf"|{_NUMBER}(?:[ -]{_NUMBER})* (?:in|out of)(?: every)? {_NUMBER}(?: of {_PEOPLE})?"
    rf"|{_NUMBER}(?:[ -]{_NUMBER})*(?: and a half)? of {_PEOPLE}"
    rf"|(?:\d[\d.,]*|hundreds of|thousands of|dozens of) {_PEOPLE}"
    rf")(?!\w)",
    re.IGNORECASE,
)


def typed_figure(sentence: str) -> str | None:
    """How many people said something, as far as a person typed it: “340 of you”, “7 in 10”, “most of us”. None where the sentence has none."""
    found = _TYPED.search(_SIGN.sub(" ", sentence))
    return found.group().strip() if found else None


def with_the_counted(sentence: str) -> str:
    """The sentence with the sign in place of every number of people that was typed, and the sign as it is written."""
    return _SIGN.sub(SIGN, _TYPED.sub(SIGN, sentence))


def has_sign(sentence: str) -> bool:
    return _SIGN.search(sentence) is not None


def say(sentence: str, band: str) -> str:
    """The sentence as it is read; `band`: some or many. At the beginning with a capital letter."""
    words = WORDS[band]
    return _SIGN.sub(lambda found: words.capitalize() if not sentence[: found.start()].strip(" “\"'") else words, sentence)


def said_by_id(rows: Sequence[Theme]) -> dict[uuid.UUID, str]:
    """Each theme’s sentence as it is read."""
    signed = [row.id for row in rows if has_sign(row.you_said)]
    bands: dict[uuid.UUID, str] = dict(slot("theme_figures").fill(signed)) if signed else {}
    return {row.id: say(row.you_said, bands.get(row.id, "some")) for row in rows}
