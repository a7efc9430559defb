"""Letters about answers that were asked for and are late: one a week at most, until the board has the answer."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from voice import identity, understanding
from voice.answering import letters
from voice.answering.models import AnswerRequest
from voice.answering.queries import owners
from voice.answering.requesting import Asked, asked
from voice.answering.rules import REMIND_DAYS
from voice.storage import commit, session, today

ASKERS = ("officer", "publisher")


def remind_late() -> int:
    """Remind those whose answer is late; where nobody has joined to answer, tell whoever asked. Returns how many letters went."""
    due = list(session().scalars(select(AnswerRequest.theme_id).where(AnswerRequest.answer_by < today(), *_not_lately())))
    return sum(_remind(each) for each in asked(due).values() if each.is_late)


def _not_lately() -> list[Any]:
    return [or_(AnswerRequest.reminded_on.is_(None), AnswerRequest.reminded_on <= today() - timedelta(days=REMIND_DAYS))]


def _remind(late: Asked) -> int:
    """The day is written down before the letter goes, so that two workers never both write; it is taken back where the letter does not go."""
    theme = understanding.theme(late.theme_id)
    if theme is None or theme.merged_into or not _claim(late.theme_id):
        return 0
    commit()
    owner_id = owners([late.theme_id]).get(late.theme_id)
    went = [letters.late(each, theme.slug, late.answer_by) for each in _answering(owner_id)] if owner_id else [_tell_asker(late, theme.slug)]
    if not any(went):
        _take_back(late.theme_id, late.reminded_on)
        commit()
    return sum(went)


def _claim(theme_id: uuid.UUID) -> bool:
    mine = update(AnswerRequest).where(AnswerRequest.theme_id == theme_id, *_not_lately()).values(reminded_on=today())
    return bool(session().execute(mine.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]  # an update has one


def _take_back(theme_id: uuid.UUID, before: date | None) -> None:
    again = update(AnswerRequest).where(AnswerRequest.theme_id == theme_id).values(reminded_on=before)
    session().execute(again.execution_options(synchronize_session=False))


def _answering(owner_id: uuid.UUID) -> list[identity.Person]:
    """The owner, and whoever stands in for them today."""
    owner = identity.person(owner_id)
    return [*([owner] if owner else []), *(each.deputy for each in identity.stands_in_now(owner_id))]


def _tell_asker(late: Asked, slug: str) -> bool:
    here = identity.members_with(*ASKERS)
    asker = next((each for each in here if each.id == late.asked_by), next(iter(here), None))
    return asker is not None and letters.nobody_answers(asker, slug, late.answer_by, late.invited)
