"""Redaction, and words that may point to a person or a place."""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = "[…]"
REASONS = ("names_someone", "could_be_known", "unkind_to_someone", "not_about_this", "someone_at_risk", "not_readable")

# A hint for the reader's eye, never a decision: contact details, and where or with whom a child can be found.
POINTING = re.compile(
    r"""(?xi)
    (?:\+?\d[\d\s-]{7,}\d)                                              # telephone
    | \b[\w.+-]+@[\w-]+\.[\w.]+ | (?<!\w)@\w{3,}                        # e-mail, handle
    | \b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b                             # postcode
    | \b(?:my\ name\ is|im\ called|i'm\ called|i’m\ called|called)\ \w+
    | \b(?:by|near|next\ to|behind|opposite)\ (?:the\ )?\w+
    | \b(?:mr|mrs|miss|ms|dr)\.?\ \w+
    | \b(?!(?:at|after|before|to|from|in|off|on|of|and|or|for|my|our|your|their|the|a|an|every|each|this|that|any|some|no|not|more|new)\ )
        (?!(?:big|old|so|very|too|is|was|be|have|has|go|going|secondary|local|last|nice|good|bad|youth)\ )
        \w+\ (?:street|road|lane|avenue|close|school|academy|primary|high\ school|college|club|fc)\b
    """
)
# A capital inside a sentence is often a name; the first word of a sentence and “I” are not.
NAMES = re.compile(r"(?<=[a-z,;] )(?!I\b|I['’])[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")


def may_point_to_someone(words: str) -> list[tuple[int, int]]:
    """Places in the text (start, end) that a reader should look at, in order, none overlapping."""
    found = sorted({match.span() for pattern in (POINTING, NAMES) for match in pattern.finditer(words)}, key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def mark_out(words: str, parts: Iterable[str]) -> str:
    """The words with each of these parts taken out. Doing it twice changes nothing more, and nothing is ever added but the gap mark."""
    for part in sorted({part.strip() for part in parts if part.strip()}, key=len, reverse=True):
        if part != GAP:
            words = re.sub(re.escape(part), GAP, words, flags=re.IGNORECASE)
    return re.sub(r"(?:\[…\]\s*){2,}", GAP + " ", words).strip()


def pieces(words: str) -> list[tuple[str, bool]]:
    """The words cut where a reader should look: each piece of text, and whether it may point to someone."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in may_point_to_someone(words):
        cut += [(words[at:start], False), (words[start:end], True)]
        at = end
    return [piece for piece in [*cut, (words[at:], False)] if piece[0]]


def says_nothing(words: str) -> bool:
    """Whether nothing is left to read once the gaps are passed over."""
    return not any(letter.isalnum() for letter in words.replace(GAP, ""))
