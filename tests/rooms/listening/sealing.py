"""Sealing as a phone does it."""

from __future__ import annotations

import base64
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from voice.sealing import PublicKey

PURPOSE = b"voice submission v1"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def seal(content: bytes, to: PublicKey, purpose: bytes = PURPOSE) -> dict[str, Any]:
    own, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(12)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.urlsafe_b64decode(to.point + "="))
    key = HKDF(SHA256(), 32, salt=b"", info=purpose).derive(own.exchange(ec.ECDH(), theirs))
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"v": 1, "to": to.id, "epk": text(point), "iv": text(nonce), "ct": text(AESGCM(key).encrypt(nonce, content, purpose))}
