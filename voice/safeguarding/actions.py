"""Screen, alert, open, close. Nothing here can delete a concern."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from voice import audit, identity, keeping, post
from voice.config import settings
from voice.safeguarding.models import OUTCOMES, Drill, Screening
from voice.safeguarding.screen import Verdict, screen_all
from voice.storage import now, session

CONTACT_ASKED = "contact_asked"  # a kind of worry that no screen finds: they said so
UNSURE = Verdict(concern=False, read_first=True, kinds=(), because=(), immediate=False)


class NotOpened(Exception):
    """A concern must be opened and read before it can be closed."""


class NeedsSecondPerson(Exception):
    """“No further action” on danger now needs another person’s name."""


def screen_submission(submission_id: uuid.UUID, texts: Sequence[str], *, language: str = "en", quiet: bool = False, asked: bool = False) -> bool:
    """Look at everything said in one submission, in the same transaction that keeps it. Each text is looked at and all of them
    together. Every submission gets a row; whether it worries us is only a column, so that neither way takes longer.

    `quiet`: collected elsewhere before; the leads get one digest (`send_digest`), not an alert a row. Returns whether it worries us,
    for that digest alone: no page may look at it. `asked`: they want someone to contact them, so a lead looks at it whatever it says.
    """
    verdict = _verdict(texts, language)
    session().add(
        Screening(
            submission_id=submission_id,
            is_concern=verdict.concern or asked,
            is_immediate=verdict.immediate,
            read_first=verdict.read_first,
            kinds=[*([CONTACT_ASKED] if asked else []), *verdict.kinds],
            because=list(verdict.because),
            alerted_at=now() if quiet else None,
        )
    )
    session().flush()
    return verdict.concern or asked


def contact_asked(submission_id: uuid.UUID) -> None:
    """What was kept before came again, and now its sender wants to be contacted: a lead must look at it, closed or not."""
    row = session().scalars(select(Screening).where(Screening.submission_id == submission_id)).one()
    if not row.is_concern or row.closed_at is not None:
        _anew(row)
    if CONTACT_ASKED not in row.kinds:
        row.kinds = [CONTACT_ASKED, *row.kinds]
    row.is_concern, row.alerted_at = True, None
    session().flush()


def _anew(row: Screening) -> None:
    """It waits again, as if nobody had seen it."""
    row.alerted_at = row.opened_at = row.opened_by = row.closed_at = row.closed_by = row.outcome = row.outcome_reason = None


def _verdict(texts: Sequence[str], language: str) -> Verdict:
    try:
        return screen_all(texts, language)
    except Exception:  # no verdict is treated as: read this first
        current_app.logger.exception("the screen did not finish")
        return UNSURE


def raise_concern(submission_id: uuid.UUID, by: uuid.UUID, why: str) -> None:
    """A person is worried. Anyone who reads may raise; nobody can stop it."""
    row = session().scalars(select(Screening).where(Screening.submission_id == submission_id)).one()
    if not row.is_concern or row.closed_at is not None:
        row.is_concern, row.raised_by, row.raised_why = True, by, why
        _anew(row)
    session().flush()
    audit.record(by, "concern raised", "submission", submission_id)


def open_concern(concern_id: uuid.UUID, by: uuid.UUID) -> None:
    """A lead opens it; the clock to a human stops at the first."""
    row = session().get_one(Screening, concern_id)
    if row.opened_at is None:
        row.opened_at, row.opened_by = now(), by
        session().flush()
        audit.record(by, "concern opened", "concern", concern_id)


def close(concern_id: uuid.UUID, by: uuid.UUID, outcome: str, reason: str, second: uuid.UUID | None = None) -> None:
    """Hand it over or decide on it, with a reason. Its views then go on to the reading room.

    Raises:
        NotOpened: nobody has opened it.
        NeedsSecondPerson: danger now, no further action, and no second person.
    """
    row = session().get_one(Screening, concern_id)
    if row.opened_at is None:
        raise NotOpened
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    if outcome == "no_further_action" and row.is_immediate and second in (None, by):
        raise NeedsSecondPerson
    row.closed_at, row.closed_by, row.second_by = now(), by, second
    row.outcome, row.outcome_reason = outcome, reason
    session().flush()
    audit.record(by, "concern closed", "concern", concern_id, outcome)


def hand_back(concern_id: uuid.UUID, by: uuid.UUID, reason: str) -> None:
    """Not a concern after all: a person looked and says why."""
    close(concern_id, by, "no_further_action", reason)


def alert_leads() -> int:
    """Write to every lead and deputy that something waits, without a word of it; the worker's job, and the import's digest.

    Returns how many concerns were alerted. One that could not be sent stays due. Whatever the caller had not committed is lost.
    """
    waits = (Screening.is_concern, Screening.alerted_at.is_(None), Screening.closed_at.is_(None))
    due = session().scalars(select(Screening.id).where(*waits)).all()
    if not due:
        return 0
    leads = _leads()
    session().rollback()  # nothing is changed yet; a post server may be slow, and nobody who sends their words must wait for it
    _write(leads, len(due))
    for row in session().scalars(select(Screening).where(Screening.id.in_(due), *waits)):
        row.alerted_at = now()
    session().flush()
    return len(due)


def send_digest(amount: int) -> None:
    """One letter for all that came in with a collection made elsewhere.

    Raises:
        NotSent: from `post`; nobody has been told.
    """
    if amount:
        _write(_leads(), amount)


def alert_later(submission_ids: Sequence[uuid.UUID]) -> None:
    """Their digest could not be sent: they are due again, for the worker."""
    for row in session().scalars(select(Screening).where(Screening.submission_id.in_(submission_ids))):
        row.alerted_at = None
    session().flush()


def _leads() -> list[identity.Person]:
    return identity.members_with("safeguarding_lead", "safeguarding_deputy")


def _write(leads: Sequence[identity.Person], amount: int) -> None:
    for person in leads:
        post.send(
            person.email,
            _("Something waits for you in Voice"),
            _("%(n)s waiting. Sign in to read: %(address)s/safeguarding", n=amount, address=settings().public_url),
        )


def keep_what_worried(submission_id: uuid.UUID, view_ids: Sequence[uuid.UUID]) -> None:
    """The eraser of this room. Ordinary rows go with their words; what made us worried stays, as was said beforehand."""
    row = session().scalar(select(Screening).where(Screening.submission_id == submission_id))
    if row is None:
        return
    if row.is_concern:
        row.kept = {view.question: view.words for view in keeping.raw_views(view_ids)}
        row.submission_id = None
    else:
        session().delete(row)
    session().flush()


def pass_drill(member_id: uuid.UUID) -> None:
    """A lead opened a practice alert in time."""
    session().add(Drill(member_id=member_id))
    session().flush()
    audit.record(member_id, "drill passed", "member", member_id)
