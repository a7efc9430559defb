"""Finding, in what was said, the words that made us worry, and the names of people who must not be told."""

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


TITLES = "mr|mrs|ms|miss|mx|dr|sir|madam|coach|father|rev|reverend|pc|sgt"


def names(words: str, name: str) -> bool:
    """Whether these words name this person: all of their name, or a title with their last name. Case and spaces do not matter."""
    parts = [re.escape(part) for part in name.casefold().split()]
    if len(parts) < 2:  # one word alone is a first name, and many children know a Sam
        return False
    whole, titled = r"\W+".join(parts), rf"(?:{TITLES})\W+{parts[-1]}"
    return re.search(rf"(?<!\w)(?:{whole}|{titled})(?!\w)", words.casefold()) is not None


def names_setting(words: str, name: str) -> bool:
    """Whether the whole name of a school, setting or partner stands in these words, letters and numbers alone."""
    said, wanted = (" ".join(re.findall(r"\w+", each.casefold())) for each in (words, name))
    return len(wanted) >= 4 and f" {wanted} " in f" {said} "


def same_setting(one: str, other: str) -> bool:
    """Whether two names are of one team or setting: one stands in the other, letters and numbers alone."""
    left, right = (" ".join(re.findall(r"\w+", each.casefold())) for each in (one, other))
    return bool(left and right) and (f" {left} " in f" {right} " or f" {right} " in f" {left} ")
