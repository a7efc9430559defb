"""Words that may point to someone: proposals for the reader's eye, each with its kind and its reason. Plain Python; nothing is decided here.

What is looked for: who (names), where (places, schools, addresses, postcodes), how to reach them (telephone, e-mail, names used online, links), and
numbers that are theirs alone (NHS number, day of birth). A person decides about each; what none of these rules sees, a person may still see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voice.reading import contacts, naming
from voice.reading.found import Found

KINDS = ("name", "school", "place", "address", "postcode", "phone", "email", "handle", "link", "nhs_number", "date_of_birth")
LONGEST_LOOKED_AT = 12_000
"""Characters of a view that are looked at; nobody types more on a phone, and a page must stay quick."""

# Where two proposals overlap, the one that says more wins: an address holds a road's name, an e-mail address holds a name.
_STRONGEST = ("email", "link", "nhs_number", "phone", "handle", "date_of_birth", "postcode", "address", "school", "place", "name")


@dataclass(frozen=True)
class Proposal:
    """Words from `start` to `end` of the text (characters), what they may be (one of KINDS) and the rule that saw them (`because`)."""

    start: int
    end: int
    kind: str
    because: str


@dataclass(frozen=True)
class Piece:
    """A piece of the text; `kind` is None where nothing points to anyone."""

    text: str
    kind: str | None = None


def proposals(words: str, language: str = "en", places: Iterable[str] = ()) -> list[Proposal]:
    """What a reader should look at, in order, none overlapping. `places`: names of the plan's own localities."""
    looked_at = words[:LONGEST_LOOKED_AT]
    found = [*contacts.find(looked_at), *naming.find(looked_at, language, tuple(places))]
    return [Proposal(each.start, each.end, each.kind, each.because) for each in _without_overlaps(found)]


def pieces(words: str, found: Sequence[Proposal]) -> list[Piece]:
    """The words cut where a reader should look; put together again they are the words."""
    cut: list[Piece] = []
    at = 0
    for each in found:
        cut += [Piece(words[at : each.start]), Piece(words[each.start : each.end], each.kind)]
        at = each.end
    return [piece for piece in [*cut, Piece(words[at:])] if piece.text]


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (_STRONGEST.index(each.kind), each.start - each.end, each.start)):
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
