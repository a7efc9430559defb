"""Texts that are much alike, found by what is left of their words: numbers that cannot be read back. Plain Python.

A text becomes the set of its runs of five letters; of each of 48 shuffles of all possible runs, the first that the text has is kept
(MinHash). The share of places in which two such rows agree estimates how much the two texts share. Rows are cut into bands of three, so that
a text need only be compared with texts that have a band in common.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections.abc import Sequence
from operator import eq

RUN = 5  # letters
PLACES = 48
BAND = 3
ALIKE = 0.5
"""From this share on, two texts are much alike: a word or two differ."""
SHORT = 24  # letters
ALIKE_WHERE_SHORT = 0.9
"""Short texts share much by chance (“more buses”), so only those that are all but the same are put together."""
LONG_ENOUGH = 30  # letters: what many send alike by themselves (“more football pitches”) is shorter
_PRIME = (1 << 61) - 1
_SHUFFLES = struct.Struct(f"<{2 * PLACES}Q").unpack(hashlib.shake_256(b"much alike").digest(16 * PLACES))
_NOT_LETTERS = re.compile(r"[^\w]+|_+")


def plain(words: str) -> str:
    """The letters of the words alone: no capitals, marks, stretched letters, stops or pictures."""
    small = "".join(letter for letter in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(letter))
    return re.sub(r"(\w)\1+", r"\1", _NOT_LETTERS.sub(" ", small)).strip()


def fingerprint(words: str) -> bytes:
    """4 bytes for each of the PLACES; empty where there is nothing to compare."""
    text = plain(words)
    if not text:
        return b""
    runs = {text[at : at + RUN] for at in range(max(1, len(text) - RUN + 1))}
    numbers = [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=7).digest(), "little") for run in runs]
    firsts = (min((a * number + b) % _PRIME for number in numbers) & 0xFFFFFFFF for a, b in zip(_SHUFFLES[::2], _SHUFFLES[1::2], strict=True))
    return struct.pack(f"<{PLACES}I", *firsts)


def likeness(one: bytes, other: bytes) -> float:
    """How much two texts share, 0 to 1, as estimated from their fingerprints."""
    return likenesses(one, [other])[0]


def likenesses(one: bytes, others: Sequence[bytes]) -> list[float]:
    """As `likeness`, of each of the others to this one."""
    unpack = struct.Struct(f"<{PLACES}I").unpack
    marks = unpack(one) if one else ()
    return [sum(map(eq, marks, unpack(other))) / PLACES if marks and other else 0.0 for other in others]


def bands(print_: bytes) -> list[int]:
    """What a text is looked up by: a signed 63-bit number for each band."""
    cut = range(0, len(print_), 4 * BAND)
    return [int.from_bytes(hashlib.blake2b(print_[at : at + 4 * BAND], digest_size=8, salt=at.to_bytes(2, "big")).digest(), "big") >> 1 for at in cut]


def much_alike(one: bytes, other: bytes, lengths: Sequence[int]) -> bool:
    """Whether two texts are much alike; `lengths`: how many letters each has."""
    return likeness(one, other) >= (ALIKE if min(lengths) >= SHORT else ALIKE_WHERE_SHORT)
