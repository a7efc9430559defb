"""Finding, in what was said, the words that made us worry."""

from __future__ import annotations

import re
from collections.abc import Iterable


def pieces(words: str, because: Iterable[str]) -> list[tuple[str, bool]]:
    """The words cut into pieces, each with whether it is one of those that made us worry. Joined again they are the words unchanged."""
    wanted = sorted({each.strip() for each in because if each.strip()}, key=len, reverse=True)
    if not wanted:
        return [(words, False)]
    pattern = "|".join(r"\s+".join(map(re.escape, each.split())) for each in wanted)
    cut = re.split(rf"(?<!\w)({pattern})(?!\w)", words, flags=re.IGNORECASE)
    return [(piece, number % 2 == 1) for number, piece in enumerate(cut) if piece]
