"""Finding, in what was said, the words that made us worry, and the names of people who must not be told."""

from __future__ import annotations

import functools
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


class Said:
    """What was said, made ready to look for many names in it."""

    def __init__(self, words: str) -> None:
        self._small, self._bare = words.casefold(), f" {_bare(words)} "

    def names(self, name: str) -> bool:
        """Whether it names this person: all of their name, or a title with their last name. Case and spaces do not matter."""
        last, pattern = _as_named(name)
        return last in self._small and pattern is not None and pattern.search(self._small) is not None

    def names_setting(self, name: str) -> bool:
        """Whether the whole name of a school, setting or partner stands in it, letters and numbers alone."""
        wanted = _bare_name(name)
        return len(wanted) >= 4 and f" {wanted} " in self._bare


def names(words: str, name: str) -> bool:
    """As `Said.names`, for one name."""
    return Said(words).names(name)


@functools.lru_cache(maxsize=4096)
def _as_named(name: str) -> tuple[str, re.Pattern[str] | None]:
    """The last name, and what names this person; None where one word alone is their name: many children know a Sam."""
    parts = name.casefold().split()
    if len(parts) < 2:
        return "", None
    written = [re.escape(part) for part in parts]
    whole, titled = r"\W+".join(written), rf"(?:{TITLES})\W+{written[-1]}"
    return parts[-1], re.compile(rf"(?<!\w)(?:{whole}|{titled})(?!\w)")


@functools.lru_cache(maxsize=4096)
def _bare_name(name: str) -> str:
    return _bare(name)


def _bare(words: str) -> str:
    """Letters and numbers alone. What a child said is never remembered here, as names are."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def same_setting(one: str, other: str) -> bool:
    """Whether two names are of one team or setting: one stands in the other, letters and numbers alone."""
    left, right = _bare_name(one), _bare_name(other)
    return bool(left and right) and (f" {left} " in f" {right} " or f" {right} " in f" {left} ")
