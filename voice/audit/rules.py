"""How audit rows are chained: each seal's digest covers its rows and the seal before it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol


class Row(Protocol):
    """What a seal covers of an audit row."""

    number: int
    at: datetime
    who: uuid.UUID | None
    what: str
    about_kind: str
    about_id: str
    why: str | None


LONG_KINDS = frozenset({"concern"})
LONG_ACTS = frozenset({"read how to reach someone", "contacted", "could not be reached", "reply left"})


def is_kept_long(what: str, about_kind: str) -> bool:
    """Whether a row tells of safeguarding, and is kept as long as such records are (docs/retention.md)."""
    return about_kind in LONG_KINDS or what in LONG_ACTS or "concern" in what


def digest_of(before: str, rows: Iterable[Row]) -> str:
    """SHA-256 over the digest before and every field of every row, in order (hex)."""
    chain = hashlib.sha256(before.encode())
    for row in rows:
        fields = [row.number, row.at.isoformat(), str(row.who), row.what, row.about_kind, row.about_id, row.why]
        chain.update(json.dumps(fields, ensure_ascii=False).encode())
    return chain.hexdigest()
