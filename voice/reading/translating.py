"""A person's translation beside the original.

It belongs to the words that may be seen: when those change, others see it no more until a person has put it right.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from voice import audit
from voice.reading.models import Translation
from voice.storage import session, today, week_of

METHOD = "person"
FIRST = "en"  # what most of the team reads


@dataclass(frozen=True)
class Translated:
    """A translation and the week a person wrote it. `fits`: whether it was made from the words that are shown now."""

    language: str
    words: str
    week: date
    fits: bool


def translate(view_id: uuid.UUID, language: str, words: str, of_words: str, by: uuid.UUID) -> None:
    """Keep a person's translation of `of_words`, which are what may be seen of the view now; in place of one before."""
    row = session().get(Translation, (view_id, language)) or Translation(view_id=view_id, language=language)
    row.words, row.method, row.of_words, row.written_by, row.written_on = words, METHOD, _digest(of_words), by, today()
    session().add(row)
    session().flush()
    audit.record(by, "translated", "view", view_id)


def drop_translation(view_id: uuid.UUID, language: str, by: uuid.UUID) -> None:
    """Take a translation away again; the original stays."""
    session().execute(delete(Translation).where(Translation.view_id == view_id, Translation.language == language))
    audit.record(by, "translation taken away", "view", view_id)


def translations(seen: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, Translated]:
    """The translation of each of these views that has one, English before others. `seen`: the words of each view as they may be seen now."""
    rows = session().scalars(select(Translation).where(Translation.view_id.in_(seen)).order_by(Translation.language != FIRST, Translation.language))
    found: dict[uuid.UUID, Translated] = {}
    for row in rows:
        found.setdefault(row.view_id, Translated(row.language, row.words, week_of(row.written_on), row.of_words == _digest(seen[row.view_id])))
    return found


def drop_old(seen: Mapping[uuid.UUID, str]) -> None:
    """Take away the translations of these views that were made of other words than may be seen now."""
    for row in session().scalars(select(Translation).where(Translation.view_id.in_(seen))):
        if row.of_words != _digest(seen[row.view_id]):
            session().delete(row)
    session().flush()


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
