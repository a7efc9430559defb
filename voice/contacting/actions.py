"""Asking for more than to be heard, and what people do about it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from sqlalchemy import func, select

from voice import audit
from voice.config import settings
from voice.contacting.approved import reply_of_code
from voice.contacting.models import ContactRequest, ContactTry, Reply, Wish
from voice.contacting.rules import DOORS, Contact
from voice.contacting.rules import Wish as Wanted
from voice.contacting.sealing import Unreadable, seal, unseal
from voice.storage import session, today


def ask(submission_id: uuid.UUID, wanted: Wanted) -> bool:
    """Keep what someone asked of us, in the transaction that keeps their words. The same again changes nothing; who asks for more than
    before (their first try was lost on the way, say) gets more; who asks for less keeps what they asked.

    Returns whether a lead must learn now that this person wants to be contacted, and did not know before.
    """
    if wanted.door == "tell":
        return False
    row = session().get(Wish, submission_id)
    if row is None:
        session().add(Wish(submission_id=submission_id, door=wanted.door))
    elif DOORS.index(wanted.door) > DOORS.index(row.door):
        row.door = wanted.door
    is_news = wanted.contact is not None and _keep_contact(submission_id, wanted.contact)
    session().flush()
    return is_news


def _keep_contact(submission_id: uuid.UUID, contact: Contact) -> bool:
    """Whether it says anything new; what they told us last counts."""
    row = session().get(ContactRequest, submission_id)
    if row is None:
        session().add(ContactRequest(submission_id=submission_id, sealed=seal(contact, submission_id)))
        return True
    if row.sealed is not None and _same(row.sealed, contact, submission_id):
        return False
    row.sealed, row.wiped_on = seal(contact, submission_id), None
    return True


def _same(sealed: bytes, contact: Contact, submission_id: uuid.UUID) -> bool:
    try:
        return unseal(sealed, submission_id) == contact
    except Unreadable:
        return False


def open_contact(submission_id: uuid.UUID, by: uuid.UUID) -> Contact | None:
    """How to reach this person; None where nothing was given, or it is wiped. The reading is recorded, and that record committed, before
    this returns.

    Raises:
        Unreadable: it was sealed with another key.
    """
    row = session().get(ContactRequest, submission_id)
    if row is None or row.sealed is None:
        return None
    audit.read_raw(by, "read how to reach someone", "submission", [submission_id])
    return unseal(row.sealed, submission_id)


def note_try(submission_id: uuid.UUID, outcome: str, by: uuid.UUID) -> None:
    """A lead reached this person (`reached`), or could not (`not_reached`), today.

    Raises:
        ValueError: another outcome.
    """
    if outcome not in ("reached", "not_reached"):
        raise ValueError(outcome)
    session().add(ContactTry(submission_id=submission_id, outcome=outcome, by=by))
    session().flush()
    audit.record(by, "contacted" if outcome == "reached" else "could not be reached", "submission", submission_id)


def reply(submission_id: uuid.UUID, code: str, by: uuid.UUID) -> None:
    """Leave approved words behind a receipt. The same words again are left once.

    Raises:
        KeyError: no such reply is approved.
    """
    words = reply_of_code(code)
    if session().get(Reply, (submission_id, words.code)) is None:
        session().add(Reply(submission_id=submission_id, code=words.code, by=by))
        session().flush()
        audit.record(by, "reply left", "submission", submission_id, words.code)


def wipe_due(day: date | None = None, *, dry: bool = False) -> int:
    """Forget how to reach people so many days after the last time someone did or tried to (30, unless set
    shorter). Returns how many were (with `dry`: would be) forgotten. Whoever nobody tried to reach yet stays: a cry for help does not run out."""
    day = day or today()
    last = select(func.max(ContactTry.tried_on)).where(ContactTry.submission_id == ContactRequest.submission_id).scalar_subquery()
    before = day - timedelta(days=settings().keep.contact_days)
    due = session().scalars(select(ContactRequest).where(ContactRequest.sealed.is_not(None), last <= before)).all()
    if not dry:
        for row in due:
            row.sealed, row.wiped_on = None, day
        session().flush()
    return len(due)
