"""Receipt words: five easy nouns that come from a submission’s own UUID and from nothing else, so they need not be stored.

Derived by HMAC with a key that lies outside the database and its backups; the database keeps only keyed hashes. Pure Python.
"""

from __future__ import annotations

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
# In the order of the alphabet, for good: a word added or taken out would change every receipt ever given.
WORDS: tuple[str, ...] = tuple(sorted(_PICTURES))


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


def words_for(submission_key: str, secret: bytes) -> tuple[str, ...]:
    """The receipt of a submission: five words, each as likely as any other (to one part in 2^200)."""
    number = int.from_bytes(_mac(secret, "receipt words", submission_key.encode()), "big")
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
    """Receipt words as a person types them: any case, numbers in front, commas, hyphens; one slip in a word is met kindly."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    found = re.findall(r"[^\W\d_]+", plain)
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


def _meant(word: str) -> str | None:
    """The word itself, or the only word one slip away."""
    if word in _PICTURES:
        return word
    near = _at_distance_one(word)
    return near[0] if len(near) == 1 else None


def _nearest(word: str) -> str | None:
    return _meant(word[:-1]) or _meant(word[1:]) if len(word) > 3 else None


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
