"""How long the door remembers: who left, invitations nobody took up, tries to sign in, challenges that were answered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from voice import audit
from voice.config import settings
from voice.identity import factors
from voice.identity.models import Invitation, Member, SpentChallenge, Try
from voice.identity.people_models import Belonging, HandOver
from voice.identity.queries import NAMELESS, is_nameless, nameless_address
from voice.retention import Retention, Rule, months_before, rows_past
from voice.storage import now, session


def add_rules(rules: Retention) -> None:
    rules.add("invitations", rows_past("Invitations", Invitation, _invitation_is_over))
    rules.add("limits", rows_past("Tries to sign in", Try, lambda on: Try.at < _a_day_before(on)))
    rules.add("challenges", rows_past("Passkeys’ answers", SpentChallenge, lambda on: SpentChallenge.at < _a_day_before(on)))
    rules.add("names", Rule("Names and addresses of those who left", _count_names, _wipe_names))


def _invitation_is_over(on: date) -> ColumnElement[bool]:
    return Invitation.expires_at < _moment(on - timedelta(days=settings().keep.codes_days))


def _a_day_before(on: date) -> datetime:
    """This hour and minute, the day before."""
    return datetime.combine(on, now().timetz()) - timedelta(days=1)


def _moment(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time(), now().tzinfo)


def _left_long_ago(on: date) -> ColumnElement[bool]:
    """Closed for as long as the record of what they did is kept: longer for those in the record of safeguarding."""
    keep = settings().keep
    short, long = (_moment(months_before(on, months) + timedelta(days=1)) for months in (keep.record_months, keep.reads_months))
    not_long = and_(Member.closed_at < short, Member.id.not_in(audit.in_the_long_record()))
    return and_(or_(Member.closed_at < long, not_long), ~is_nameless())


def _count_names(on: date) -> int:
    return session().scalar(select(func.count()).select_from(Member).where(_left_long_ago(on))) or 0


def _wipe_names(on: date, most: int) -> int:
    """Their number stays: the record, and what they decided, still says that one and the same person did it."""
    found = session().scalars(select(Member).where(_left_long_ago(on)).order_by(Member.id).limit(most)).all()
    for member in found:
        factors.forget(member.id)
        member.name, member.email, member.passphrase_hash = NAMELESS, nameless_address(member.id), ""
        session().execute(delete(Belonging).where(Belonging.member_id == member.id))
        session().execute(delete(HandOver).where(or_(HandOver.member_id == member.id, HandOver.deputy_id == member.id)))
        session().execute(delete(Invitation).where(Invitation.member_id == member.id))
    session().flush()
    return len(found)
