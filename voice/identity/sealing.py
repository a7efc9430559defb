"""What the key beside the database does: it seals what an authenticator app shares with us, and makes marks of codes and names.

Nobody who has the database alone can read either back.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voice.config import settings

_NONCE = 12  # bytes, as AES-GCM wants


class Unreadable(Exception):
    """Sealed with another key, for someone else, or changed since."""


def seal(text: str, owner: uuid.UUID) -> bytes:
    """The text, sealed (AES-256-GCM) so that it opens for this owner alone."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(b"sealed")).encrypt(nonce, text.encode(), owner.bytes)


def unseal(sealed: bytes, owner: uuid.UUID) -> str:
    """What was sealed for this owner.

    Raises:
        Unreadable: it was not, or not with our key.
    """
    try:
        return AESGCM(_key(b"sealed")).decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.bytes).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def mark(kind: str, text: str) -> str:
    """A keyed hash (64 hex digits), another for each kind: the same text gives the same mark, and nothing leads back without the key."""
    return hmac.digest(_key(b"marks"), kind.encode() + b"\0" + text.encode(), hashlib.sha256).hex()


def _key(label: bytes) -> bytes:
    return hmac.digest(settings().identity_key, label, hashlib.sha256)
