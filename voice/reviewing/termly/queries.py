"""Reading the board's accounts: those in the making, and those everyone reads."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from voice.config import settings
from voice.reviewing.termly.models import BoardAccount
from voice.reviewing.termly.rules import Part, Term, terms, thawed
from voice.storage import session, today

LATELY: Final = 4  # terms an account can be written of: a school year and the term before


@dataclass(frozen=True)
class InTheMaking:
    """An account as the board has it. `edition` 0: nobody has written anything yet."""

    term: Term
    words: Mapping[str, str]
    left_out: frozenset[str]
    edition: int
    changed_by: uuid.UUID | None
    published_on: date | None


@dataclass(frozen=True)
class Account:
    """An account as everyone reads it: frozen."""

    slug: str
    season: str
    year: int
    published_on: date
    parts: Sequence[Part]


def terms_lately() -> list[Term]:
    return terms(today(), settings().terms, LATELY)


def in_the_making(term: Term) -> InTheMaking:
    row = session().scalar(select(BoardAccount).where(BoardAccount.term == term.first))
    if row is None:
        return InTheMaking(term, {}, frozenset(), 0, None, None)
    return InTheMaking(term, row.words, frozenset(row.left_out), row.edition, row.changed_by, row.published_on)


def accounts() -> list[Account]:
    """Every published account, newest term first."""
    rows = session().scalars(select(BoardAccount).where(BoardAccount.published_on.is_not(None)).order_by(BoardAccount.term.desc()))
    return [each for each in map(_account, rows) if each]


def account(slug: str) -> Account | None:
    """The published account of this address."""
    row = session().scalar(select(BoardAccount).where(BoardAccount.slug == slug, BoardAccount.published_on.is_not(None)))
    return _account(row) if row else None


def _account(row: BoardAccount) -> Account | None:
    if row.published_on is None or row.frozen is None:
        return None
    return Account(row.slug, row.slug.split("-")[0], row.term.year, row.published_on, thawed(row.frozen))
