"""Stand-in until the words and pictures land: replaced by the branch that draws them."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from markupsafe import Markup

WORDS = tuple(a + b + c + "o" for a in "bdfgklmn" for b in "aeio" for c in "bdfgklmnprstvwxz")


@dataclass(frozen=True)
class Misspelt:
    unknown: tuple[str, ...]
    near: tuple[str | None, ...]
    positions: tuple[int, ...]


@dataclass(frozen=True)
class WrongNumber:
    found: int


def _mac(secret: bytes, label: str, data: bytes) -> bytes:
    return hmac.new(secret, label.encode() + b"\0" + data, hashlib.sha256).digest()


def words_for(submission_key: str, secret: bytes) -> tuple[str, ...]:
    number = int.from_bytes(_mac(secret, "receipt words", submission_key.encode()), "big")
    return tuple(WORDS[(number >> (9 * i)) % len(WORDS)] for i in range(5))


def look_up_hash(words: tuple[str, ...], secret: bytes) -> str:
    return _mac(secret, "look up", " ".join(words).encode()).hex()


def key_hash(submission_key: str, secret: bytes) -> str:
    return _mac(secret, "key", submission_key.encode()).hex()


def payload_digest(canonical: bytes, secret: bytes) -> str:
    return _mac(secret, "payload", canonical).hex()


def read_words(typed: str) -> tuple[str, ...] | Misspelt | WrongNumber:
    found = re.findall(r"[a-z]+", typed.lower())
    if len(found) != 5:
        return WrongNumber(len(found))
    bad = [i for i, word in enumerate(found) if word not in WORDS]
    if bad:
        return Misspelt(tuple(found[i] for i in bad), tuple(None for _ in bad), tuple(bad))
    return tuple(found)


def picture(word: str) -> Markup:
    return Markup('<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8"/></svg>')
