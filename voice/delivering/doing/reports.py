"""The quarter's reports: a draft is composed anew each time, a final one is what it was made of on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import select

from voice import audit, identity, plans
from voice.config import settings
from voice.delivering.doing.composing import Sheet, compose
from voice.delivering.doing.models import QuarterReport
from voice.delivering.doing.rules import Quarter
from voice.storage import session, today


class NotOver(ValueError):
    """The quarter has days to come: what it shows may still change."""


class IsFinal(ValueError):
    """The page is final, and stays as it is."""


@dataclass(frozen=True)
class Report:
    """A quarter's page: what it shows, what the board is asked to decide, and since when it is final (None: a draft)."""

    quarter: Quarter
    sheet: Sheet
    decide: str
    final_on: date | None
    final_by: str | None

    @property
    def decisions(self) -> list[str]:
        """A line each."""
        return [line.strip() for line in self.decide.splitlines() if line.strip()]


def report(plan: plans.PlanFacts, quarter: Quarter) -> Report:
    """The page of this quarter: final as it was frozen, else as it stands today."""
    row = _row(plan.id, quarter)
    if row is not None and row.shown is not None:
        by = identity.person(row.final_by) if row.final_by else None
        return Report(quarter, cast("Sheet", row.shown), row.decide, row.final_on, by.name if by else None)
    return Report(quarter, compose(plan, quarter, settings().place), row.decide if row else "", None, None)


def finals(plan_id: UUID) -> dict[Quarter, date]:
    """Quarters whose page is final, and since when."""
    rows = session().scalars(select(QuarterReport).where(QuarterReport.plan_id == plan_id, QuarterReport.final_on.is_not(None)))
    return {Quarter(row.year, row.quarter): row.final_on for row in rows if row.final_on}


def ask_to_decide(plan: plans.PlanFacts, quarter: Quarter, decide: str, by: UUID) -> None:
    """What we want the board to decide, a line each.

    Raises:
        IsFinal: nothing of it changes any more.
    """
    row = _open_row(plan, quarter, by)
    row.decide, row.written_on, row.written_by = decide, today(), by
    session().flush()
    audit.record(by, "quarter’s page written", "quarter_report", row.id, quarter.code)


def make_final(plan: plans.PlanFacts, quarter: Quarter, by: UUID) -> None:
    """Freeze what the page shows today, for good.

    Raises:
        NotOver: the quarter's last day has not come.
        IsFinal: it was frozen before.
    """
    if today() < quarter.last:
        raise NotOver
    row = _open_row(plan, quarter, by)
    session().flush()
    row.shown, row.final_on, row.final_by = dict(compose(plan, quarter, settings().place)), today(), by
    session().flush()
    audit.record(by, "quarter’s page made final", "quarter_report", row.id, quarter.code)


def _open_row(plan: plans.PlanFacts, quarter: Quarter, by: UUID) -> QuarterReport:
    row = _row(plan.id, quarter, lock=True)
    if row is None:
        row = QuarterReport(plan_id=plan.id, year=quarter.year, quarter=quarter.number, decide="", written_by=by)
        session().add(row)
    if row.final_on is not None:
        raise IsFinal
    return row


def _row(plan_id: UUID, quarter: Quarter, *, lock: bool = False) -> QuarterReport | None:
    wanted = select(QuarterReport).where(
        QuarterReport.plan_id == plan_id, QuarterReport.year == quarter.year, QuarterReport.quarter == quarter.number
    )
    return session().scalar(wanted.with_for_update() if lock else wanted)
