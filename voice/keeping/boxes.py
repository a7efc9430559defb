"""Receipt words as they come out of the boxes somebody typed them into: a child’s own, or those of a parent or carer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from voice.keeping.receipts import HOW_MANY, Misspelt, WrongNumber, read_words

LONGEST = 120  # letters looked at in one box: somebody may type all five into the first


@dataclass(frozen=True)
class Unread:
    """Why these are not five words of ours: a sentence, and the box it is about (from 0), where it is about one."""

    sentence: str
    place: int | None = None


def typed_words() -> list[str]:
    """What stands in the boxes of this request."""
    return [word.strip()[:LONGEST] for word in request.form.getlist("word")]


def word_boxes(words: Sequence[str]) -> list[str]:
    """So many boxes as there are words, with what was typed."""
    return [*words, *[""] * HOW_MANY][:HOW_MANY]


def meant_words(words: Sequence[str]) -> tuple[str, ...]:
    """The five words, whatever slips were made in them; none where they cannot be made out."""
    found = read_words(" ".join(words))
    return found if isinstance(found, tuple) else ()


def words_or_why(words: Sequence[str], unknown: Callable[[str, int], str]) -> tuple[str, ...] | Unread:
    """The five words, or what to look at; `unknown(word, number)` says it of a word we do not know, the first being number 1."""
    found = read_words(" ".join(words))
    if isinstance(found, WrongNumber):
        return Unread(_("There are five words. We found %(n)s. Type them in their order.", n=found.found))
    if isinstance(found, Misspelt):
        return Unread(unknown(found.unknown[0], found.positions[0] + 1), found.positions[0])
    return found
