"""The words of an answer: kept once the board had them, begun anew, thrown away; and which themes they answer."""

from __future__ import annotations

import uuid

from sqlalchemy import delete, func, inspect, select

from voice import audit, understanding
from voice.answering.models import Answer, AnswerMilestone, AnswerTheme, AnswerVersion
from voice.answering.queries import public_number
from voice.storage import now, session

WORDS = tuple(each.key for each in inspect(AnswerVersion).columns if each.key not in ("answer_id", "number"))


class CannotJoin(Exception):
    """This theme may not have that answer; `why`: `own` (it has an answer already), `plan` (of another plan), `gone` (it went into another)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class CannotLeave(Exception):
    """`why`: `public` (everyone reads this answer there), `last` (an answer to nothing), `other` (it is not among its themes)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NothingPublic(Exception):
    """There are no earlier words to go back to."""


def begin_anew(row: Answer) -> None:
    """From here on new words: those the board had stay as they were, under their number."""
    if row.sent_to_board_on is None:
        return
    session().add(AnswerVersion(answer_id=row.id, number=row.number, **{name: getattr(row, name) for name in WORDS}))
    session().flush()
    row.number = _next_number(row)
    row.sent_to_board_on = row.published_on = row.published_by = None
    session().flush()


def _next_number(row: Answer) -> int:
    highest = session().scalar(select(func.max(AnswerVersion.number)).where(AnswerVersion.answer_id == row.id))
    return max(row.number, highest or 0) + 1


def put_back(answer_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """Throw away what is not public yet, and be left with what is. Words the board had stay in the history.

    Raises:
        NothingPublic: nothing of it ever was.
    """
    row, number = session().get_one(Answer, answer_id, with_for_update=True), public_number(answer_id)
    if number is None:
        raise NothingPublic
    if row.number == number:
        return
    begin_anew(row)
    public = session().get_one(AnswerVersion, (answer_id, number))
    for name in WORDS:
        setattr(row, name, getattr(public, name))
    row.number = number
    session().delete(public)
    for model in (AnswerTheme, AnswerMilestone):
        session().execute(delete(model).where(model.answer_id == answer_id, model.since > number))
    session().flush()
    session().expire_all()
    audit.record(by, "answer not changed after all", "answer", answer_id)


# --- themes


def may_join(answer_id: uuid.UUID) -> list[understanding.ThemeFacts]:
    """Themes of the same plan without an answer, those of the same priority first."""
    own = understanding.theme(session().get_one(Answer, answer_id).theme_id)
    themes = understanding.themes(own.plan_id) if own else []
    taken = set(session().scalars(select(AnswerTheme.theme_id).where(AnswerTheme.theme_id.in_([each.id for each in themes]))))
    free = [each for each in themes if each.id not in taken]
    return sorted(free, key=lambda each: (own is not None and each.priority_id != own.priority_id, str(each.priority_id), each.you_said))


def add_theme(answer_id: uuid.UUID, theme_id: uuid.UUID, by: uuid.UUID) -> None:
    """Let this answer answer another theme too. It goes to the board again; where it is public already, it stays so at its other themes.

    Raises:
        CannotJoin: it may not.
    """
    row, theme = session().get_one(Answer, answer_id, with_for_update=True), understanding.theme(theme_id)
    own = understanding.theme(row.theme_id)
    if theme is None or own is None or theme.plan_id != own.plan_id:
        raise CannotJoin("plan")
    if theme.merged_into:
        raise CannotJoin("gone")
    if session().get(AnswerTheme, theme_id):
        raise CannotJoin("own")
    _anew(row, by)
    session().add(AnswerTheme(theme_id=theme_id, answer_id=answer_id, since=row.number))
    session().flush()
    audit.record(by, "theme added to an answer", "theme", theme_id)


def remove_theme(answer_id: uuid.UUID, theme_id: uuid.UUID, by: uuid.UUID) -> None:
    """Take a theme out, as long as nobody could read this answer there.

    Raises:
        CannotLeave: it may not go.
    """
    row, there = session().get_one(Answer, answer_id, with_for_update=True), session().get(AnswerTheme, theme_id)
    if there is None or there.answer_id != answer_id:
        raise CannotLeave("other")
    if there.since <= (public_number(answer_id) or 0):
        raise CannotLeave("public")
    others = select(AnswerTheme.theme_id).where(AnswerTheme.answer_id == answer_id, AnswerTheme.theme_id != theme_id)
    left = session().scalar(others.order_by(AnswerTheme.since, AnswerTheme.theme_id).limit(1))
    if left is None:
        raise CannotLeave("last")
    _anew(row, by)
    row.theme_id = left if row.theme_id == theme_id else row.theme_id
    session().delete(there)
    session().flush()
    audit.record(by, "theme taken out of an answer", "theme", theme_id)


def _anew(row: Answer, by: uuid.UUID) -> None:
    if row.sent_to_board_on:
        begin_anew(row)
        row.written_at, row.written_by = now(), by


def number_asked_for(theme_id: uuid.UUID) -> int:
    """The number of the words that somebody who is asked now would write: the first, the draft there is, or those after what the board had."""
    there = session().get(AnswerTheme, theme_id)
    row = session().get(Answer, there.answer_id) if there else None
    if row is None:
        return 1
    return _next_number(row) if row.sent_to_board_on else row.number
