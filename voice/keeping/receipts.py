"""Receipt words: five easy nouns that come from a submission’s own UUID and from nothing else, so they need not be stored.

Derived by HMAC with a key that lies outside the database and its backups; the database keeps only keyed hashes. Pure Python.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

HOW_MANY = 5
_PICTURES: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "pictures.json").read_text(encoding="utf-8"))
# 512 of them, in the order of the alphabet, for good: a word added or taken out would change every receipt ever given.
WORDS: tuple[str, ...] = tuple(sorted(_PICTURES))
_NOT_LETTERS = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)\b|[\W\d_])+")  # “1st” in front of a word is a number too


@dataclass(frozen=True)
class Misspelt:
    """Words we do not know, their places (from 0), and the nearest word where one alone is near."""

    unknown: tuple[str, ...]
    positions: tuple[int, ...]
    near: tuple[str | None, ...]


@dataclass(frozen=True)
class WrongNumber:
    """There are five words; this many were typed."""

    found: int


def words_for(submission_key: str, secret: bytes, again: int = 0) -> tuple[str, ...]:
    """The receipt of a submission: five words, each as likely as any other. `again` counts up from 0 for the rare submission whose
    words somebody else has (`keeping.keep`)."""
    return _five(secret, "receipt words", submission_key, again)


def grown_up_words(receipt: tuple[str, ...], secret: bytes, again: int = 0) -> tuple[str, ...]:
    """Words for a parent or carer, which come from a receipt: whoever has that can have these again, and nobody can go the other way."""
    return _five(secret, "grown-up words", " ".join(receipt), again)


def grown_up_hash(words: tuple[str, ...], secret: bytes) -> str:
    """What the database keeps of words for a parent or carer (64 hex digits)."""
    return _mac(secret, "grown-up look-up", " ".join(words).encode()).hex()


def _five(secret: bytes, label: str, source: str, again: int) -> tuple[str, ...]:
    message = source if again == 0 else f"{source}\0{again}"
    number = int.from_bytes(_mac(secret, label, message.encode()), "big")
    words = []
    for _ in range(HOW_MANY):
        number, place = divmod(number, len(WORDS))
        words.append(WORDS[place])
    return tuple(words)


def look_up_hash(words: tuple[str, ...], secret: bytes) -> str:
    """What the database keeps of a receipt (64 hex digits)."""
    return _mac(secret, "receipt look-up", " ".join(words).encode()).hex()


def key_hash(submission_key: str, secret: bytes) -> str:
    """What the database keeps of a submission’s UUID (64 hex digits)."""
    return _mac(secret, "submission key", submission_key.encode()).hex()


def payload_digest(canonical: bytes, secret: bytes) -> str:
    """Tells the same submission from a changed one, and tells nobody without the key anything else (64 hex digits)."""
    return _mac(secret, "submission content", canonical).hex()


def read_words(typed: str) -> tuple[str, ...] | Misspelt | WrongNumber:
    """Receipt words as a person types them: any case, numbers in front, commas, hyphens, “snow man”; one slip in a word is met kindly."""
    found = _five_of(_NOT_LETTERS.sub(" ", _plain(typed)).split())
    if len(found) != HOW_MANY:
        return WrongNumber(len(found))
    meant = [_meant(word) for word in found]
    bad = [place for place, word in enumerate(meant) if word is None]
    if bad:
        return Misspelt(tuple(found[place][:20] for place in bad), tuple(bad), tuple(_nearest(found[place]) for place in bad))
    return tuple(word for word in meant if word)


def picture(word: str) -> Markup:
    """The word’s picture: a few strokes a child can copy."""
    frame = '<svg viewBox="0 0 24 24" aria-hidden="true">{}</svg>'
    return Markup(frame).format(Markup(_PICTURES[word]["draw"]))  # noqa: S704  # our own data file


def _mac(secret: bytes, label: str, data: bytes) -> bytes:
    return hmac.new(secret, label.encode() + b"\0" + data, hashlib.sha512).digest()[:32]


def _plain(typed: str) -> str:
    """Small letters without accents, in one way of writing them."""
    apart = unicodedata.normalize("NFKD", typed).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _five_of(found: list[str]) -> list[str]:
    """What was typed, without “and” and with “snow man” as one word, where that makes five words in one way only."""
    if len(found) > HOW_MANY:
        found = [word for word in found if word != "and"]
    if not HOW_MANY < len(found) <= 2 * HOW_MANY:
        return found
    ways = [way for way in _joined(found) if len(way) == HOW_MANY]
    return ways[0] if len(ways) == 1 else found


def _joined(found: list[str]) -> list[list[str]]:
    """Every way to write these words with some neighbours as one; only words of ours are made."""
    if not found:
        return [[]]
    ways = [[found[0], *rest] for rest in _joined(found[1:])]
    if "".join(found[:2]) in _PICTURES and len(found) > 1:
        ways += [["".join(found[:2]), *rest] for rest in _joined(found[2:])]
    return ways


def _meant(word: str) -> str | None:
    """The word itself, or the only word one slip away."""
    if word in _PICTURES:
        return word
    near = _at_distance_one(word)
    return near[0] if len(near) == 1 else None


def _nearest(word: str) -> str | None:
    near = difflib.get_close_matches(word[:20], WORDS, n=2, cutoff=0.75)
    return near[0] if len(near) == 1 else None


@functools.lru_cache(maxsize=256)
def _at_distance_one(word: str) -> tuple[str, ...]:
    return tuple(each for each in WORDS if abs(len(each) - len(word)) <= 1 and _one_slip(word, each))


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter was left out, put in, changed, or swapped with its neighbour."""
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, wanted = word[start:], other[start:]
    swapped = rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:] and len(rest) > 1
    return rest[1:] == wanted[1:] or rest == wanted[1:] or rest[1:] == wanted or swapped
