"""How someone may be reached, at rest: sealed with a key that lies beside the database and never in it (`contact.key`)."""

from __future__ import annotations

import json
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voice.config import settings
from voice.contacting.rules import Contact

NONCE = 12  # bytes, in front of the sealed text


class Unreadable(Exception):
    """It was sealed with another key, or changed since."""


def seal(contact: Contact, submission_id: uuid.UUID) -> bytes:
    """Only this installation opens it, and only as this submission's."""
    nonce = os.urandom(NONCE)
    text = json.dumps(contact.as_data(), ensure_ascii=False).encode()
    return nonce + _box().encrypt(nonce, text, submission_id.bytes)


def unseal(sealed: bytes, submission_id: uuid.UUID) -> Contact:
    """What was sealed.

    Raises:
        Unreadable: with another key, or it was changed.
    """
    try:
        text = _box().decrypt(sealed[:NONCE], sealed[NONCE:], submission_id.bytes)
    except InvalidTag:
        raise Unreadable from None
    return Contact(**json.loads(text))


def _box() -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"voice contact v1").derive(settings().contact_key))
