"""What nobody confirmed goes after two weeks, what was sent back and never put right as other drafts do, and an address a year after its pledge."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from voice.config import settings
from voice.delivering.partnering.models import PartnerPledge
from voice.delivering.partnering.rules import UNCONFIRMED
from voice.retention import Retention, Rule, months_before, rows_past
from voice.storage import session

ADDRESS_MONTHS = 12  # after the day the pledge was for, or after it was taken off


def add_rules(rules: Retention) -> None:
    rules.add("partner pledges", rows_past("Pledges of partners that nobody confirmed or put right", PartnerPledge, _is_left))
    rules.add("partner contacts", Rule("Where to write to about a partner’s pledge", _due, _wipe))


def _is_left(on: date) -> ColumnElement[bool]:
    unconfirmed = and_(PartnerPledge.confirmed_on.is_(None), PartnerPledge.made_on <= on - UNCONFIRMED)
    before = months_before(on, settings().keep.drafts_months)
    return or_(unconfirmed, and_(PartnerPledge.published_on.is_(None), or_(PartnerPledge.sent_back_on <= before, PartnerPledge.ended_on <= before)))


def _is_over(on: date) -> ColumnElement[bool]:
    before = months_before(on, ADDRESS_MONTHS)
    return and_(PartnerPledge.sealed.is_not(None), or_(PartnerPledge.due_on <= before, PartnerPledge.ended_on <= before))


def _due(on: date) -> int:
    return session().scalar(select(func.count()).select_from(PartnerPledge).where(_is_over(on))) or 0


def _wipe(on: date, most: int) -> int:
    found = session().scalars(select(PartnerPledge).where(_is_over(on)).limit(most)).all()
    for row in found:
        row.sealed = row.contact_mark = row.letter = None
    session().flush()
    return len(found)
