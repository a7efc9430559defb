"""The screen is quick by an index and by ways past work that changes nothing. Here each stands beside what it must be the same as, said plainly."""

from __future__ import annotations

import random
import string
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import pytest

from tests.rooms.safeguarding.phrases import LANGUAGES, lines, phrases
from voice.safeguarding.screening import folding, matching, opinions, reading, tongues
from voice.safeguarding.screening.weights import learned

EVERY = 23  # of the corpus one in so many
ODD = [
    "",
    " ",
    "\0a\0b",
    "a\tb\nc",
    "i\N{ZERO WIDTH SPACE} want 2 d13",
    "k.i.l.l",
    "don't & won`t",
    "f*ck h*t me",
    "x" * 400,
    "d\N{COMBINING ACUTE ACCENT}ie",
]


@cache
def texts() -> list[str]:
    said = [each.text for language in LANGUAGES for each in phrases(language)]
    return [*said[::EVERY], *lines("ordinary")[::EVERY], *lines("hard_negatives")[::EVERY], *ODD]


def met_plainly(patterns: Sequence[matching.Pattern], tags: Sequence[frozenset[str]]) -> list[matching.Found]:
    """The patterns met, each held against the text in turn: what an index may never change."""
    found = []
    for pattern in patterns:
        paths: dict[int, tuple[int, ...]] = {at: (at,) for at, here in enumerate(tags) if here & pattern.places[0][0]}
        for fits, reach in pattern.places[1:]:
            further: dict[int, tuple[int, ...]] = {}
            for at in (at for at, here in enumerate(tags) if here & fits):
                before = [at - step for step in range(1, reach + 1) if at - step in paths]
                if before:
                    further[at] = (*paths[before[0]], at)
            paths = further
        if paths:
            found.append(matching.Found(pattern, paths[min(paths)]))
    return found


def test_patterns_found_by_their_rarest_place_are_those_found_one_by_one() -> None:
    met: dict[str, int] = defaultdict(int)
    for text in texts()[::3]:
        tags = opinions.serious(reading.read(text, opinions.speller()))
        found = opinions.looked().found(tags)
        assert found == met_plainly(opinions.patterns(), tags), text
        for each in found:
            met[each.pattern.kind] += 1
    assert len(met) > 5  # so the sample says something


def test_every_pattern_is_found_where_it_stands_alone() -> None:
    for number, pattern in enumerate(opinions.patterns()):
        tags = [frozenset([min(fits)]) for fits, _ in pattern.places]
        assert opinions.patterns()[number] in [each.pattern for each in opinions.looked().found(tags)], pattern.line


@pytest.mark.parametrize("seed", range(3))
def test_plain_letters_are_folded_as_all_letters_are(seed: int) -> None:
    chance = random.Random(seed)
    mixed = ["".join(chance.choices(string.printable + "\0\x1b\x7f", k=chance.randrange(1, 12))) for _ in range(2000)]
    for text in (*mixed, *(word for each in texts() for word in each.split())):
        assert folding.unaccented(text) == _unaccented_plainly(text), ascii(text)
        assert reading._held_apart(text) == _held_apart_plainly(text), ascii(text)
        assert reading._seen(text) == _seen_plainly(text), ascii(text)


def test_languages_are_as_likely_as_all_their_runs_of_letters_say() -> None:
    for text in texts():
        words = opinions.plain_words(text)
        runs = [mark for word in words[: tongues.MOST_WORDS] for mark in tongues.marks(word)]
        weighed = tongues.weighed(words)
        for number, language in enumerate(tongues.OFFERED):
            weights = learned().tables[f"tongue {language}"].weights
            assert weighed[number] == sum(weights[mark] for mark in runs)
        assert weighed[-1] == len(runs)


def _unaccented_plainly(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = [each for each in plain if unicodedata.category(each) not in {"Mn", "Cf", "Cs", "Cc"} or each in "\n\t\r"]
    return "".join(kept).translate(folding.ALIKE)


def _held_apart_plainly(chunk: str) -> str:
    return "".join(each for each in chunk if unicodedata.category(each) not in {"Cf", "Cc", "Cs"})


def _seen_plainly(chunk: str) -> str:
    plain = unicodedata.normalize("NFKD", chunk.translate(reading.SEEN)).casefold()
    return "".join(each for each in plain if not unicodedata.combining(each)).translate(reading.SEEN)


def test_words_that_surely_mean_themselves_are_those_the_long_way_finds_too() -> None:
    speller = opinions.speller()
    sample = sorted(speller.surely)[::EVERY]
    assert len(sample) > 300
    for word in sample:
        assert reading.HELD.sub(r"\1\1", word.strip("|+")) == word
        assert reading.COUNTED.fullmatch(word) is None
        assert speller.meant(word, word.translate(reading.LEET)) == [(word, True)]
