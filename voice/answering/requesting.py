"""Asking somebody to answer by a day: a member who answers for things, or somebody who is invited to become one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from voice import audit, identity
from voice.answering.actions import OWNERS, NotAnOwner, give
from voice.answering.models import AnswerRequest
from voice.answering.queries import answers_for
from voice.answering.rules import was_answered
from voice.answering.wordings import number_asked_for
from voice.storage import session, today


class OtherDuties(ValueError):
    """Somebody with this address works here, or is invited, and answers for nothing: only an administrator changes that."""


@dataclass(frozen=True)
class Asked:
    """What somebody was asked for. `invited`: the name of whoever has not joined yet; `can_join`: whether their invitation is still good."""

    theme_id: uuid.UUID
    answer_by: date
    asked_on: date
    asked_by: uuid.UUID
    is_answered: bool
    reminded_on: date | None
    is_invited: bool = False
    invited: str | None = None

    @property
    def is_late(self) -> bool:
        return not self.is_answered and self.answer_by < today()


def asked(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Asked]:
    """Who asked for answers to these themes, and by when."""
    rows = session().scalars(select(AnswerRequest).where(AnswerRequest.theme_id.in_(theme_ids))).all()
    answers = answers_for([each.theme_id for each in rows])
    waiting = {each.id: each.name for each in identity.invitations_waiting()} if any(each.invitation_id for each in rows) else {}
    found = {}
    for row in rows:
        answer = answers.get(row.theme_id)
        done = answer is not None and was_answered(row.number, answer.number, is_sent=answer.sent_to_board_on is not None)
        invited = waiting.get(row.invitation_id) if row.invitation_id else None
        found[row.theme_id] = Asked(
            row.theme_id, row.answer_by, row.asked_on, row.asked_by, done, row.reminded_on, row.invitation_id is not None, invited
        )
    return found


def ask(theme_id: uuid.UUID, member_id: uuid.UUID | None, answer_by: date | None, by: uuid.UUID) -> bool:
    """Say whose the answer is, and by when; None: nobody's. Returns whether there is anything new to tell them.

    Raises:
        NotAnOwner: they do not answer for anything.
    """
    changed, row = give(theme_id, member_id, by), session().get(AnswerRequest, theme_id)
    if member_id is None or answer_by is None:
        if row:
            session().delete(row)
            session().flush()
        return changed
    if not changed and row and row.answer_by == answer_by and row.number == number_asked_for(theme_id):
        return False
    _ask(theme_id, answer_by, None, by)
    return True


def ask_by_invitation(theme_id: uuid.UUID, name: str, email: str, answer_by: date, by: uuid.UUID) -> identity.Invited | None:
    """Ask somebody who has no account: they are invited to answer, and this theme is theirs once they have joined. Returns the invitation whose
    letter is to be sent after the commit; None where they have one already that only an administrator may replace.

    Raises:
        OtherDuties: the address is of somebody who has other duties.
    """
    address = email.strip().lower()
    there = next((each for each in identity.invitations_waiting() if each.email == address), None)
    if there and "answer_owner" not in there.roles:
        raise OtherDuties
    give(theme_id, None, by)
    if there and there.roles != OWNERS:
        _ask(theme_id, answer_by, there.id, by)
        return None
    try:
        invited = identity.invite(address, name, OWNERS, by)
    except identity.AlreadyMember:
        raise OtherDuties from None
    for earlier in session().scalars(select(AnswerRequest).where(AnswerRequest.invitation_id == there.id)) if there else ():
        earlier.invitation_id = invited.id
    _ask(theme_id, answer_by, invited.id, by)
    return invited


def owner_at(email: str) -> identity.Person | None:
    """Who answers for things already and has this address."""
    return next((each for each in identity.members_with(*OWNERS) if each.email == email.strip().lower()), None)


def joined(member_id: uuid.UUID, invitation_ids: Iterable[uuid.UUID]) -> list[None]:
    """Somebody took up an invitation: what they were asked to answer is theirs now."""
    mine = select(AnswerRequest).where(AnswerRequest.invitation_id.in_(list(invitation_ids)))
    for row in session().scalars(mine).all():
        try:
            give(row.theme_id, member_id, row.asked_by)
        except NotAnOwner:
            continue  # an administrator gave them other duties meanwhile: the officer sees that nobody answers
        row.invitation_id = None
    session().flush()
    return []


def _ask(theme_id: uuid.UUID, answer_by: date, invitation_id: uuid.UUID | None, by: uuid.UUID) -> None:
    row = session().get(AnswerRequest, theme_id) or AnswerRequest(theme_id=theme_id)
    row.number, row.answer_by, row.invitation_id = number_asked_for(theme_id), answer_by, invitation_id
    row.asked_on, row.asked_by, row.reminded_on = today(), by, None
    session().add(row)
    session().flush()
    audit.record(by, "asked for an answer", "theme", theme_id, f"by {answer_by}")
