"""Marks of a self-made code: what can be kept of it so that a slip is forgiven and nobody can read it. Plain Python.

Codes that people make from things that do not change, and that they alone know, are called self-generated identification codes. That two of
them are taken to be one person’s when they differ in one part (“off-one”) is from Kearney, Hopkins, Mauss and Weisheit, “Self-generated
identification codes for anonymous collection of longitudinal questionnaire data”, Public Opinion Quarterly 48 (1984) 370–378. Which parts
people can give again: Yurek, Vasey and Sullivan Havens, “The use of self-generated identification codes in longitudinal research”, Evaluation
Review 32 (2008) 435–452; Schnell, Bachteler and Reiher, “Improving the use of self-generated identification codes”, Evaluation Review 34
(2010) 391–418. Here nobody compares codes at all: of each code, the whole and every code with one part left out have a keyed mark, and two codes
differ in one part where they have such a mark in common.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 4
"""Parts that must be asked for. With fewer, a code with one part left out is many people’s."""
_LENGTH: Final = 32  # hex digits of a mark


@dataclass(frozen=True, slots=True)
class Marks:
    """What is kept of one code: a mark of the whole, and one of each code with a part left out, in the order of the parts’ names.

    Where one part was passed over there is no whole, and one mark without that part. Each is 32 hex digits.
    """

    whole: str | None
    near: tuple[str, ...]


def marks_of(code: Mapping[str, str | None], series: str, secret: bytes) -> Marks | None:
    """The marks of a code, of its parts by name; None where it is no code: too few parts, or two of them passed over.

    `series` is what the answers belong to: the same code has other marks in another. `secret` lies outside the database and its backups.
    """
    names = sorted(code)
    missing = [name for name in names if not code[name]]
    if len(names) < FEWEST or len(missing) > 1:
        return None

    def mark(left_out: str) -> str:
        rest = [[name, code[name]] for name in names if name != left_out]
        message = json.dumps([series, left_out, rest], ensure_ascii=False, separators=(",", ":"))
        return hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()[:_LENGTH]

    if missing:
        return Marks(None, (mark(missing[0]),))
    return Marks(mark(""), tuple(mark(name) for name in names))


def key_from(secret: bytes) -> bytes:
    """The key of these marks (32 bytes), made from the key of the receipts: whoever has one mark of each kind can compare nothing."""
    return hmac.digest(secret, b"before and after", hashlib.sha256)
