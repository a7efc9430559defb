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


def likelihoods(words: Sequence[str]) -> dict[str, float]:
    """How likely each offered language is for these folded words, all together 1."""
    seen = [mark for word in words[:MOST_WORDS] for mark in marks(word)]
    scores: dict[str, float] = {}
    for language in OFFERED:
        table = learned().tables[f"tongue {language}"]
        weights = table.weights
        scores[language] = table.start + table.scale * sum(weights[mark] for mark in seen) / math.sqrt(len(seen) or 1)
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
