"""What the key beside the database does (`news.key`): it finds the row of a submission, seals the address in it, and signs the links in letters.

Whoever has the database alone can tell neither whose address a row holds, nor what was sent by whom.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import uuid
from dataclasses import asdict, dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voice.config import settings

_NONCE = 12  # bytes, as AES-GCM wants
_BLOCK = 512  # bytes: what is sealed is filled up to a multiple of it, so that its length says nothing
_SIGN = 16  # bytes of a signature in a link
YES, STOP = "yes", "stop"


class Unreadable(Exception):
    """Sealed with another key, for another row, or changed since."""


@dataclass(frozen=True)
class Wanted:
    """Where to write to, in which language, and marks of what the receipt showed when they were last told."""

    address: str
    language: str
    seen: tuple[str, ...] = ()


def locator(submission_id: uuid.UUID) -> str:
    """Where the row of this submission is (64 hex digits). Nothing leads back without the key, nor with it but by trying every submission."""
    return _keyed("locator", submission_id.bytes).hex()


def wish_id(locator: str, address: str) -> uuid.UUID:
    """The id of this asking: the same address again has the same, so that links in earlier letters go on working; another address another."""
    return uuid.UUID(bytes=_keyed("wish", f"{locator}\0{address.casefold()}".encode())[:16], version=4)


def seen_marks(locator: str, shown: frozenset[str]) -> tuple[str, ...]:
    """What a receipt shows, as short keyed hashes of this row alone."""
    return tuple(sorted(_keyed("seen", f"{locator}\0{each}".encode())[:8].hex() for each in shown))


def count_mark(address: str, day: date) -> str:
    """The same address is another mark tomorrow."""
    return _keyed("count", f"{day.isoformat()}\0{address.casefold()}".encode()).hex()


def seal(wanted: Wanted, owner: uuid.UUID) -> bytes:
    """It opens for this row alone (AES-256-GCM)."""
    text, nonce = json.dumps(asdict(wanted)).encode(), secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_keyed("sealed", b"")).encrypt(nonce, text.ljust(-(-len(text) // _BLOCK) * _BLOCK), owner.bytes)


def unseal(sealed: bytes, owner: uuid.UUID) -> Wanted:
    """What was sealed for this row.

    Raises:
        Unreadable: it was not, or not with our key.
    """
    try:
        found = json.loads(AESGCM(_keyed("sealed", b"")).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.bytes))
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error
    return Wanted(found["address"], found["language"], tuple(found["seen"]))


def link(act: str, owner: uuid.UUID) -> str:
    """The end of an address with which whoever holds the letter says yes, or stops the letters."""
    return base64.urlsafe_b64encode(owner.bytes + _keyed(act, owner.bytes)[:_SIGN]).decode().rstrip("=")


def read_link(act: str, text: str) -> uuid.UUID | None:
    """Whose letters the end of an address is about; None where we did not write it."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + _SIGN or not hmac.compare_digest(raw[16:], _keyed(act, raw[:16])[:_SIGN]):
        return None
    return uuid.UUID(bytes=raw[:16])


def _keyed(label: str, text: bytes) -> bytes:
    return hmac.digest(settings().news_key, label.encode() + b"\0" + text, hashlib.sha256)
