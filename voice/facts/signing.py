"""Facts as a file that nobody can change unseen: one way to write it, its SHA-256, and an Ed25519 signature.

The hash covers the canonical JSON of `facts`: keys in order, no spaces, UTF-8. The key is `facts.key` in the data folder. A signature
only says that the holder of that key made the file, so whoever will check one writes down the public key early.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from voice.config import Settings, key_file

BEGIN, END = "<!-- facts\n", "\n-->"


class NotSigned(Exception):
    """A file that is not as it was signed; the message says what is wrong."""


@dataclass(frozen=True)
class Signed:
    """Facts with their hash (hex), the signature over that hash (hex) and the public key (hex)."""

    facts: dict[str, Any]
    sha256: str
    signature: str
    public_key: str

    def as_json(self) -> str:
        return json.dumps(self.__dict__, ensure_ascii=False, indent=2, sort_keys=True)


def canonical(facts: dict[str, Any]) -> bytes:
    """The one way to write these facts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign(facts: dict[str, Any], settings: Settings) -> Signed:
    """Hash and sign with this installation’s key, which is made at the first time."""
    key = Ed25519PrivateKey.from_private_bytes(key_file(settings.keys / "facts.key")[:32])
    digest = hashlib.sha256(canonical(facts)).hexdigest()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signed(facts, digest, key.sign(digest.encode()).hex(), public.hex())


def is_markdown(text: str) -> bool:
    """Whether facts are hidden at the end of it."""
    return BEGIN in text


def read(text: str) -> Signed:
    """The signed facts in a file: JSON, or Markdown, which carries them at its end.

    Raises:
        NotSigned: there are none.
    """
    try:
        found = json.loads(text.rpartition(BEGIN)[2].rpartition(END)[0] if is_markdown(text) else text)
        return Signed(found["facts"], found["sha256"], found["signature"], found["public_key"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotSigned("There are no signed facts in this file.") from None


def hidden(signed: Signed) -> str:
    """The facts for the end of a Markdown file, where nobody sees them and a machine finds them. “--” would end the comment."""
    return BEGIN + json.dumps(signed.__dict__, ensure_ascii=False).replace("--", "\\u002d\\u002d") + END


def check(text: str, public_key: str | None = None) -> Signed:
    """The facts in a file, if they are as they were signed, by the holder of this public key where one is named.

    Raises:
        NotSigned: with a sentence that says what is wrong.
    """
    signed = read(text)
    if hashlib.sha256(canonical(signed.facts)).hexdigest() != signed.sha256:
        raise NotSigned("The facts were changed after they were signed: their hash is another.")
    if public_key and public_key != signed.public_key:
        raise NotSigned("The facts were signed with another key.")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed.public_key)).verify(bytes.fromhex(signed.signature), signed.sha256.encode())
    except (InvalidSignature, ValueError):
        raise NotSigned("The signature does not fit.") from None
    return signed
