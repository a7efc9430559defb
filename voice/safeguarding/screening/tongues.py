"""Which of the offered languages a text may be in, from runs of one to three letters, and whether its words are known there."""

import math
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from .senses import LANGUAGES, lexicon
from .weights import learned

OFFERED = ("en", *LANGUAGES)
SIZE = 1 << 13
KNOWN_BITS = 1 << 17
LIKELY = 0.12  # a language less likely than this is not tried
MOST_WORDS = 120
LEAST_KNOWN = 0.5


@lru_cache(maxsize=8192)
def marks(word: str) -> tuple[int, ...]:
    """The runs of one to three letters in a word, as places in the table."""
    marked = f"<{word}>"
    return tuple(crc32(marked[at : at + size].encode()) & (SIZE - 1) for size in (1, 2, 3) for at in range(len(marked) - size + 1))


@lru_cache(maxsize=8192)
def _weighed(word: str) -> tuple[int, ...]:
    """What the runs of a word weigh in each offered language, and how many there are."""
    runs = marks(word)
    tables = (learned().tables[f"tongue {language}"].weights for language in OFFERED)
    return (*(sum(weights[mark] for mark in runs) for weights in tables), len(runs))


def weighed(words: Sequence[str]) -> list[int]:
    """What these words weigh in each offered language, and how many runs of letters there are in them."""
    return [sum(each) for each in zip(*(_weighed(word) for word in words[:MOST_WORDS]), strict=True)] or [0] * (len(OFFERED) + 1)


def likelihoods(words: Sequence[str]) -> dict[str, float]:
    """How likely each offered language is for these folded words, all together 1."""
    *sums, runs = weighed(words)
    scores: dict[str, float] = {}
    for language, said in zip(OFFERED, sums, strict=True):
        table = learned().tables[f"tongue {language}"]
        scores[language] = table.start + table.scale * said / math.sqrt(runs or 1)
    most = max(scores.values())
    raised = {language: math.exp(score - most) for language, score in scores.items()}
    return {language: share / sum(raised.values()) for language, share in raised.items()}


def likely(words: Sequence[str]) -> list[str]:
    """The languages worth trying, likeliest first."""
    found = likelihoods(words)
    return sorted((language for language in found if found[language] >= LIKELY), key=lambda language: -found[language])


def place(word: str) -> int:
    """Where a word stands among the known words of a language."""
    return crc32(word.encode()) & (KNOWN_BITS - 1)


def knows(language: str, word: str) -> bool:
    """Whether the word was met when the screen learned the language, or has a sense there."""
    at = place(word)
    return bool(learned().known[f"words {language}"][at >> 3] >> (at & 7) & 1) or (language != "en" and bool(lexicon(language).heads(word)))


def understands(language: str, words: Sequence[str]) -> bool:
    """Whether enough of the words are known to say anything."""
    first = words[:MOST_WORDS]
    known = sum(knows(language, word) for word in first)
    return known >= max(1, LEAST_KNOWN * len(first))
