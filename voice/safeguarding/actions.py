"""Screen, alert, open, close. Nothing here can delete a concern."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, select

from voice import audit, keeping
from voice.safeguarding.about import Named, named_in, not_for, write_about, write_named
from voice.safeguarding.models import ACTS, OUTCOMES, ConcernAct, Drill, Practice, Screening
from voice.safeguarding.screen import Verdict, screen_all
from voice.storage import new_id, now, put, session

DRILL_TIME = timedelta(minutes=15)

CONTACT_ASKED = "contact_asked"  # a kind of worry that no screen finds: they said so
UNSURE = Verdict(concern=False, read_first=True, kinds=(), because=(), immediate=False)


class NotOpened(Exception):
    """A concern must be opened and read before it can be closed."""


class NeedsSecondPerson(Exception):
    """“No further action” on danger now needs another person’s name, and not one it is about."""


class NotHandedOver(Exception):
    """“Handed over” needs the number it has in the council’s case system."""


@dataclass(frozen=True)
class Looked:
    """What the screen thinks of one submission, and whom its words name."""

    verdict: Verdict
    named: Named


def look_at(texts: Sequence[str], language: str = "en") -> Looked:
    """Look at everything said in one submission, each text and all of them together, before anything is begun that others wait for."""
    return Looked(_verdict(texts, language), named_in(texts))


def screen_submission(
    submission_id: uuid.UUID,
    texts: Sequence[str],
    *,
    language: str = "en",
    quiet: bool = False,
    asked: bool = False,
    unseen: bool = False,
    looked: Looked | None = None,
) -> bool:
    """Keep what the screen thinks, in the same transaction that keeps the submission. Every submission gets a row; whether it worries us is
    only a column, so that neither way takes longer.

    `quiet`: collected elsewhere before; the leads get one digest (`send_digest`), not an alert a row. Returns whether it worries us,
    for that digest alone: no page may look at it. `asked`: they want someone to contact them, so a lead looks at it whatever it says.
    `unseen`: a picture came with it, which no screen looks at, so a person reads it first. `looked`: what `look_at` gave for these texts;
    None: it is looked at now.
    """
    looked = looked or look_at(texts, language)
    verdict, screening_id = looked.verdict, new_id()
    row = {
        "id": screening_id,
        "submission_id": submission_id,
        "is_concern": verdict.concern or asked,
        "is_immediate": verdict.immediate,
        "read_first": verdict.read_first or unseen,
        "kinds": [*([CONTACT_ASKED] if asked else []), *verdict.kinds],
        "because": list(verdict.because),
        "screened_at": now(),
        "alerted_at": now() if quiet else None,
    }
    put(Screening, row)
    write_named(screening_id, looked.named)
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


def _verdict(texts: Sequence[str], language: str) -> Verdict:
    try:
        return screen_all(texts, language)
    except Exception:  # no verdict is treated as: read this first
        current_app.logger.exception("the screen did not finish")
        return UNSURE


def raise_concern(submission_id: uuid.UUID, by: uuid.UUID, why: str, about: Sequence[str] = ()) -> None:
    """A person is worried. Anyone who reads may raise; nobody can stop it. `about`: names of people or settings it must go past."""
    row = session().scalars(select(Screening).where(Screening.submission_id == submission_id)).one()
    if not row.is_concern or row.closed_at is not None:
        row.is_concern, row.raised_by, row.raised_why = True, by, why
        _anew(row)
    else:  # it waits already; what this person says is not lost
        row.raised_by, row.raised_why = row.raised_by or by, "\n".join(each for each in (row.raised_why, why) if each)
    session().flush()
    write_named(row.id, named_in([why]))
    write_about(row.id, about, by)
    audit.record(by, "concern raised", "submission", submission_id)


def _anew(row: Screening) -> None:
    """It waits again, as if nobody had seen it, and its clock begins now."""
    row.raised_at = now()
    row.alerted_at = row.opened_at = row.opened_by = row.closed_at = row.closed_by = row.second_by = row.outcome = row.outcome_reason = None


def raise_worry(by: uuid.UUID, why: str, *, danger: bool, about: Sequence[str] = ()) -> uuid.UUID:
    """A member saw or heard something that no view says. Returns the concern’s id."""
    row = Screening(is_concern=True, is_immediate=danger, read_first=False, kinds=[], because=[], raised_by=by, raised_why=why, raised_at=now())
    session().add(row)
    session().flush()
    write_named(row.id, named_in([why]))
    write_about(row.id, about, by)
    audit.record(by, "concern raised", "concern", row.id)
    return row.id


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
        NotHandedOver: handed over, and no number of the council’s case system is there.
    """
    row = session().get_one(Screening, concern_id)
    if row.opened_at is None:
        raise NotOpened
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    if outcome == "no_further_action" and row.is_immediate and (second in (None, by) or not_for([row.id], [second])[row.id]):
        raise NeedsSecondPerson
    if outcome == "handed_over" and session().scalar(select(ConcernAct.id).where(*_handed_over(row.id))) is None:
        raise NotHandedOver
    row.closed_at, row.closed_by, row.second_by = now(), by, second
    row.outcome, row.outcome_reason = outcome, reason
    session().flush()
    audit.record(by, "concern closed", "concern", concern_id, outcome)


def _handed_over(concern_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return ConcernAct.concern_id == concern_id, ConcernAct.what == "handed_over"


def act(concern_id: uuid.UUID, by: uuid.UUID, what: str, reference: str | None = None, on_day: date | None = None) -> None:
    """Write down that something was done: which act, and a number in another system. There is no place for words about a child.

    Raises:
        ValueError: not an act we know.
        NotHandedOver: handing over needs the number and the day.
    """
    if what not in ACTS:
        raise ValueError(what)
    if what == "handed_over" and not (reference and on_day):
        raise NotHandedOver
    session().add(ConcernAct(concern_id=concern_id, what=what, by_id=by, reference=reference or None, on_day=on_day))
    session().flush()
    audit.record(by, f"concern: {what.replace('_', ' ')}", "concern", concern_id)


def say_about(concern_id: uuid.UUID, by: uuid.UUID, whom: str) -> None:
    """It is about this person, team or setting: from now on they see nothing of it anywhere."""
    write_about(concern_id, [whom], by)
    audit.record(by, "concern is about somebody", "concern", concern_id)


def to_stubs(closed_before: datetime) -> int:
    """Of concerns handed over and closed before this moment, keep a stub: number, dates, outcome. For retention.

    Returns how many became one. Their submission’s own words go when their own time comes.
    """
    handed = select(ConcernAct.concern_id).where(ConcernAct.what == "handed_over")
    wanted = select(Screening).where(Screening.is_concern, Screening.closed_at < closed_before, Screening.stub_at.is_(None), Screening.id.in_(handed))
    rows = session().scalars(wanted).all()
    for row in rows:
        row.kinds, row.because, row.kept, row.raised_why, row.stub_at = [], [], None, None, now()
        row.outcome_reason = ""
    session().flush()
    return len(rows)


def hand_back(concern_id: uuid.UUID, by: uuid.UUID, reason: str) -> None:
    """Not a concern after all: a person looked and says why."""
    close(concern_id, by, "no_further_action", reason)


def alert_later(submission_ids: Sequence[uuid.UUID]) -> None:
    """Their digest could not be sent: they are due again, for the worker."""
    for row in session().scalars(select(Screening).where(Screening.submission_id.in_(submission_ids))):
        row.alerted_at = None
    session().flush()


def keep_what_worried(submission_id: uuid.UUID, view_ids: Sequence[uuid.UUID]) -> None:
    """The eraser of this room. Ordinary rows go with their words; what made us worried stays, as was said beforehand."""
    row = session().scalar(select(Screening).where(Screening.submission_id == submission_id))
    if row is None:
        return
    if row.stub_at is not None:
        row.submission_id = None
    elif row.is_concern:
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


def begin_practice(by: uuid.UUID | None = None) -> uuid.UUID:
    """A practice alert by the real path: the worker writes to whoever is on now, and escalates as it would. It is in no real figure."""
    row = Practice()
    session().add(row)
    session().flush()
    audit.record(by, "practice begun", "practice", row.id)
    return row.id


def open_practice(practice_id: uuid.UUID, by: uuid.UUID) -> bool:
    """A lead opened it. Returns whether that was in time, which counts as a passed drill."""
    row = session().get_one(Practice, practice_id)
    if row.opened_at is not None:
        return False
    row.opened_at, row.opened_by = now(), by
    in_time = row.opened_at - row.started_at <= DRILL_TIME
    session().flush()
    audit.record(by, "practice opened", "practice", practice_id)
    if in_time:
        pass_drill(by)
    return in_time
