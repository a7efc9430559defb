"""What somebody may type to make a page do what it should not: tests/payloads.txt, each with a mark of its own."""

from __future__ import annotations

import codecs
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("payloads.txt")
MARK = "voice-x"
RUNS = "window.__x=(window.__x||0)+1"
LONG = "a" * 1_000_000
WORD = "Llanfair" * 600


@cache
def payloads() -> tuple[str, ...]:
    """All of them, in the file’s order."""
    lines = [each for each in FILE.read_text(encoding="ascii").splitlines() if each and not each.startswith("# ")]
    return tuple(_filled(number, line) for number, line in enumerate(lines))


def short() -> tuple[str, ...]:
    """Those that fit into any field."""
    return tuple(each for each in payloads() if len(each) <= 200)


def _filled(number: int, line: str) -> str:
    text = codecs.decode(line, "unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for token, words in (("{x}", f"{MARK}-{number}"), ("{run}", RUNS), ("{word}", WORD), ("{long}", LONG)):
        text = text.replace(token, words)
    return text
