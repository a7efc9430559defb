"""The address at which whoever made a pledge looks after it: in letters to them, and nowhere else."""

from __future__ import annotations

import hmac
import uuid

from voice import identity
from voice.config import settings

_SIGN = 32  # hex digits of the signature: 128 bits


def own_link(pledge_id: uuid.UUID) -> str:
    """The end of the address: the pledge, and that we wrote it."""
    return f"{pledge_id.hex}{_signed(pledge_id)}"


def read_link(text: str) -> uuid.UUID | None:
    """Whose pledge the end of an address is; None where we did not write it."""
    try:
        pledge_id = uuid.UUID(hex=text[:32])
    except ValueError:
        return None
    is_ours = text.isascii() and hmac.compare_digest(text, own_link(pledge_id))
    return pledge_id if is_ours else None


def own_address(pledge_id: uuid.UUID) -> str:
    return f"{settings().public_url}/what-will-you-do/yours/{own_link(pledge_id)}"


def _signed(pledge_id: uuid.UUID) -> str:
    return identity.mark("partner pledge", pledge_id.hex)[:_SIGN]
