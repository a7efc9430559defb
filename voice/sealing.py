"""Envelopes: what a phone could not send yet lies sealed on it, so that the next person who holds the phone finds nothing to read.

Anyone can seal to our public key; only this installation opens. Each envelope has a key pair of its own (P-256), agreed with ours
(ECDH), stretched to one key (HKDF-SHA256, no salt) and used once (AES-256-GCM, 96-bit nonce, the tag at the end of the text): all of it
in every browser’s WebCrypto. Pure Python.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION: Final = 1
PURPOSE: Final = b"voice submission v1"
"""Goes into the key and beside the text, so that an envelope made for anything else does not open."""
_POINT: Final = 65  # bytes of an uncompressed point: 0x04, x, y
_NONCE: Final = 12
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


class CannotOpen(Exception):
    """It is damaged, or no envelope of ours. It says no more: how it failed would help only someone who forges."""


class UnknownKey(CannotOpen):
    """It is sealed to a key we do not have, or no longer."""


@dataclass(frozen=True)
class PublicKey:
    """What a phone needs to seal: the key’s id, and its point as base64url of the 65 raw bytes WebCrypto imports."""

    id: str
    point: str


class Keys:
    """The key to seal to, and those before it, which still open."""

    def __init__(self, seeds: tuple[bytes, ...]) -> None:
        """`seeds`: at least 32 random bytes each, the newest first."""
        made = [_private_key(seed) for seed in seeds]
        self._by_id = {_public(each).id: each for each in made}
        self.public = _public(made[0])

    def open(self, sealed: Mapping[str, Any]) -> bytes:
        """What is in an envelope: `v`, `to`, and as base64url `epk`, `iv` and `ct`.

        Raises:
            UnknownKey: it is sealed to another key.
            CannotOpen: it is not whole, or not ours.
        """
        if sealed.get("v") != VERSION or not isinstance(sealed.get("to"), str):
            raise CannotOpen
        own = self._by_id.get(sealed["to"])
        if own is None:
            raise UnknownKey
        point, nonce, text = (_bytes(sealed.get(name)) for name in ("epk", "iv", "ct"))
        if len(point) != _POINT or len(nonce) != _NONCE:
            raise CannotOpen
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
            return AESGCM(_stretched(own.exchange(ec.ECDH(), theirs))).decrypt(nonce, text, PURPOSE)
        except (ValueError, InvalidTag):  # a point that is not on the curve; a text that was changed
            raise CannotOpen from None


@functools.lru_cache(maxsize=8)
def keys_from(seeds: tuple[bytes, ...]) -> Keys:
    """The keys of an installation (`settings().phone_keys`), made once a process."""
    return Keys(seeds)


def _private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """48 bytes brought down to the order of the curve leave no key likelier than another (FIPS 186-5, A.2.1)."""
    long = HKDF(SHA256(), 48, salt=None, info=b"voice phone key").derive(seed)
    return ec.derive_private_key(int.from_bytes(long, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _public(key: ec.EllipticCurvePrivateKey) -> PublicKey:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PublicKey(_text(hashlib.sha256(point).digest()[:8]), _text(point))


def _stretched(shared: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(shared)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: object) -> bytes:
    if not isinstance(text, str) or not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise CannotOpen
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
