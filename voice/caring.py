"""Words for issues, not for children: what our own sentences should not call a child, and what to say instead. Plain Python."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml


@cache
def rather() -> dict[str, str]:
    """Words that may label a child, written small, each with what to say instead."""
    found: dict[str, str] = yaml.safe_load(Path(__file__).with_name("language_that_cares.yaml").read_text("utf-8"))
    return found


def labels_a_child(sentence: str) -> list[tuple[str, str]]:
    """Words in this sentence that may label a child, the longest first, each with what to say instead."""
    found = {match.group(): "" for match in _pattern().finditer(_plain(sentence))}
    return [(word, rather()[word]) for word in sorted(found, key=lambda word: (-len(word), word))]


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(rather(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(_plain(word)) for word in words)})(?!\w)")


def _plain(words: str) -> str:
    return re.sub(r"[\s\-‐‑–]+", " ", words.casefold())
