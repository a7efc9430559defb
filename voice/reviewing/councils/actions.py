"""What councils, officers and the board do with a council's own asking and with its decisions."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from voice import asking, audit, inviting, plans
from voice.reviewing.councils.models import Council, CouncilActivity, CouncilDecision
from voice.reviewing.councils.rules import TEXTS, fit_to_show
from voice.storage import session, today

ANSWERED_IN = timedelta(days=28)


class TooLate(Exception):
    """Somebody decided about it already."""


class NameTaken(Exception):
    """Another council bears this name."""


class NoPlan(Exception):
    """What is asked belongs to a plan, and there is none."""


@dataclass(frozen=True)
class Run:
    """What a council wants to ask its own: questions that come with the product, under a title of its own, until a day."""

    instrument: asking.Instrument
    title: str
    closes_on: date
    heard_by: str  # who must hear it: a role


def make_council(name: str, kind: str, by: uuid.UUID, *, organisation_id: uuid.UUID | None = None, worker_id: uuid.UUID | None = None) -> uuid.UUID:
    """A council, run by whoever signs in for its organisation, or by a board worker.

    Raises:
        NameTaken: there is one of this name.
    """
    if session().scalar(select(Council.id).where(Council.name == name)):
        raise NameTaken
    row = Council(name=name, kind=kind, organisation_id=organisation_id, worker_id=worker_id, made_by=by)
    session().add(row)
    session().flush()
    audit.record(by, "council added", "council", row.id)
    return row.id


def run_activity(council_id: uuid.UUID, run: Run, by: uuid.UUID) -> str:
    """An activity of the current plan, with a group for the council's own; nobody can answer before an officer named what covers it, and every
    other gate is passed too. Its address tells nothing. Returns it.

    Raises:
        NoPlan: there is no plan.
    """
    council, plan = session().get_one(Council, council_id), plans.current_plan()
    if plan is None:
        raise NoPlan
    instrument = asking.for_priorities(run.instrument, {each.code: each.child_title for each in plans.priorities(plan.id)})
    slug = f"ours-{secrets.token_hex(3)}"
    activity_id = asking.open_activity(
        slug,
        kind=instrument.kind,
        title=run.title,
        plan_id=plan.id,
        instrument_version_id=asking.publish_instrument(instrument.name, asking.as_data(instrument)),
        opens_on=today(),
        closes_on=run.closes_on,
        reply_by=run.closes_on + ANSWERED_IN,
        decision_maker=run.heard_by,
    )
    own = inviting.Invitation(name=council.name, kind="club", expires_on=run.closes_on, one_use=False, organisation_id=council.organisation_id)
    inviting.invite(activity_id, own, by)
    session().add(CouncilActivity(activity_id=activity_id, council_id=council_id))
    session().flush()
    audit.record(by, "council asks", "activity", activity_id)
    return slug


def new_code(activity_id: uuid.UUID, by: uuid.UUID) -> str:
    """A code that lets the council's own in, as it is written down. It is kept nowhere: it cannot be shown again."""
    group = inviting.groups(activity_id)[0]
    return inviting.written(inviting.make_slips(group.id, 1, by)[0].code)


def send_up(council_id: uuid.UUID, texts: Mapping[str, str | None], activity_id: uuid.UUID | None, by: uuid.UUID) -> uuid.UUID:
    """What a council decided, to an officer first. ValueError where it lacks one of the three things it must say."""
    said = fit_to_show(texts)
    row = CouncilDecision(council_id=council_id, activity_id=activity_id, sent_by=by, **{name: said.get(name) for name in TEXTS})
    session().add(row)
    session().flush()
    audit.record(by, "council decision sent", "council decision", row.id)
    return row.id


def let_through(decision_id: uuid.UUID, texts: Mapping[str, str | None], by: uuid.UUID) -> None:
    """An officer read it: the board sees these texts, and nothing else of it is kept.

    Raises:
        TooLate: somebody decided about it.
        ValueError: one of the three things it must say is gone.
    """
    row, said = _unread(decision_id), fit_to_show(texts)
    row.talked_about, row.decided, row.asked_for, row.minority = said["talked_about"], said["decided"], said["asked_for"], said.get("minority")
    row.outcome, row.shown = "passed", said
    _read(row, by)
    audit.record(by, "council decision let through", "council decision", row.id)


def send_back(decision_id: uuid.UUID, reason: str, by: uuid.UUID) -> None:
    """Not as it is; the council reads why, and may send it anew. Raises TooLate."""
    row = _unread(decision_id)
    row.outcome, row.reason = "sent_back", reason
    _read(row, by)
    audit.record(by, "council decision sent back", "council decision", row.id)


def take_to_theme(decision_id: uuid.UUID, theme_id: uuid.UUID, by: uuid.UUID) -> None:
    """The board hears it with a theme: what comes of the theme comes of it. Raises TooLate where the board never had it."""
    row = _passed(decision_id)
    row.theme_id = theme_id
    session().flush()
    audit.record(by, "council decision taken to a theme", "theme", theme_id)


def reply(decision_id: uuid.UUID, words: str, by: uuid.UUID) -> None:
    """The board's answer, on the council's page; a new one is in the place of the one before. Raises TooLate where the board never had it."""
    row = _passed(decision_id)
    row.reply, row.replied_on, row.replied_by = words, today(), by
    session().flush()
    audit.record(by, "council answered", "council decision", row.id)


def _read(row: CouncilDecision, by: uuid.UUID) -> None:
    row.read_by, row.read_on = by, today()
    session().flush()


def _unread(decision_id: uuid.UUID) -> CouncilDecision:
    row = session().scalars(select(CouncilDecision).where(CouncilDecision.id == decision_id).with_for_update()).one()
    if row.outcome is not None:
        raise TooLate
    return row


def _passed(decision_id: uuid.UUID) -> CouncilDecision:
    row = session().get_one(CouncilDecision, decision_id)
    if row.outcome != "passed":
        raise TooLate
    return row
