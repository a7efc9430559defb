"""Codes that are printed on slips: how they look, how they are read back, what is kept of them. Pure Python.

What a code gives is derived by HMAC with a key of its own, made from the one that lies outside the database and its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
import uuid
from typing import Final

SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""None that looks like another (0 O, 1 I L, U V), and no vowel, so that no code spells a word."""
LENGTH: Final = 8
_HALF: Final = LENGTH // 2
_LONGEST_TYPED: Final = 40


def new_code() -> str:
    """One of 28^8 codes (38 bits), each as likely as any other."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """The code as it is kept, however it was typed: any case, with spaces, dashes or none. None: it cannot be a code."""
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).upper()
    signs = "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) not in ("Pd", "Cf"))
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else None


def written(code: str) -> str:
    """The code as people read it: K7PM-2XWD."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def code_hash(code: str, secret: bytes) -> str:
    """What the database keeps of a code (64 hex digits)."""
    return _mac(secret, "group code", code).hex()


def submission_key(code: str, secret: bytes) -> str:
    """The UUID of the submission that a one-use code lets in, so that its receipt can be printed before anything is said."""
    return str(uuid.UUID(bytes=_mac(secret, "submission of a group code", code)[:16], version=4))


def _mac(secret: bytes, label: str, code: str) -> bytes:
    own = hmac.digest(secret, b"group codes", "sha256")
    return hmac.digest(own, label.encode() + b"\0" + code.encode(), hashlib.sha256)
