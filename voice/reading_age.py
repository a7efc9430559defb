"""How hard our words are to read: Flesch and Kincaid’s grade, with a syllable count of our own (English only). Plain Python.

A score says that words are short. It does not say that they are clear: young people say that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LONG_SENTENCE: Final = 20  # words; a longer one is worth two
LONG_WORD: Final = 4  # beats; many ten year olds stop at one of these
GRADE_TO_AGE: Final = 5  # years: grade 4 is read at about nine
YOUNGEST: Final = 5

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_END = re.compile(r"[.!?…:;]+(?=\s|$|[”’\"])|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
# Where two vowels that stand together are said apart, and what is left out of the count of vowels.
_APART = re.compile(r"(?<![ct])[iy]a(?!g|r?ge)|iu|io(?=r)|eo$|ua(?=l|te)|[^aeiou]ien|[aeo]ing|(?<=[ds])nt$")
_SILENT = re.compile(r"(?:[^aeiouyl]|[aeiouy]l|[^aeiouy]l(?=es))e(?:s)?$|[^td]ed$|[aeiouy][^aeiouy]e(?=ment|ful|ly|less)|some(?=o|t|w)")
_HISSING = re.compile(r"(?:s|z|x|ch|sh|c|g)es$")
_KNOWN = {"people": 2, "business": 2, "really": 2, "science": 2, "quiet": 2, "poem": 2, "area": 3, "idea": 3, "someone": 2, "everyone": 3}


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line without an end is one too."""
    return [part.strip() for part in _END.split(text) if WORD.search(part)]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def syllables(word: str) -> int:
    """About how many beats a word has. Numbers count one a digit."""
    plain = word.lower().replace("’", "").replace("'", "")
    if "-" in plain:
        return sum(syllables(part) for part in plain.split("-"))
    if plain.isdigit():
        return len(plain)
    if plain in _KNOWN:
        return _KNOWN[plain]
    count = len(_VOWELS.findall(plain)) + len(_APART.findall(plain))
    if not _HISSING.search(plain):
        count -= len(_SILENT.findall(plain))
    return max(1, count)


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of all the texts together: years of (American) school. 4 is about nine years old."""
    found = [one for text in texts for one in sentences(text)]
    said = [word for one in found for word in words(one)]
    if not said:
        return 0.0
    return 0.39 * len(said) / len(found) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def sentence_lengths(texts: Iterable[str]) -> list[int]:
    """Words in each sentence."""
    return [len(words(one)) for text in texts for one in sentences(text)]


@dataclass(frozen=True)
class Hard:
    """What makes a text hard: sentences that are long, and long words, each once, as they stand in it."""

    sentences: tuple[str, ...]
    words: tuple[str, ...]


def age(texts: Iterable[str]) -> int:
    """About how old somebody is who reads these with ease, in whole years; nobody younger than five."""
    return max(YOUNGEST, round(grade(texts)) + GRADE_TO_AGE)


def hard_parts(text: str) -> Hard:
    """Where to begin when a text is to be easier."""
    long_ones = tuple(one for one in sentences(text) if len(words(one)) > LONG_SENTENCE)
    hard_words = {word.lower(): word for word in reversed(words(text)) if not any(map(str.isdigit, word)) and syllables(word) >= LONG_WORD}
    return Hard(long_ones, tuple(reversed(hard_words.values())))
