"""When what the board’s room holds of its members and of councils goes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from voice.config import settings
from voice.retention import Retention, months_before, rows_past
from voice.reviewing.councils.models import CouncilDecision
from voice.reviewing.drafts.models import BoardDraft, BoardDraftSay, BoardDraftSection


def add_rules(rules: Retention) -> None:
    rules.add("draft comments", rows_past("What board members thought of a draft each by themselves", BoardDraftSay, _closed_long_ago))
    rules.add("council decisions", rows_past("Decisions of councils that never went to the board", CouncilDecision, _never_passed))


def _closed_long_ago(on: date) -> ColumnElement[bool]:
    closed = BoardDraft.closed_on <= months_before(on, settings().keep.drafts_months)
    sections = select(BoardDraftSection.id).join(BoardDraft, BoardDraft.id == BoardDraftSection.draft_id).where(closed)
    return BoardDraftSay.section_id.in_(sections)


def _never_passed(on: date) -> ColumnElement[bool]:
    unread = or_(CouncilDecision.outcome.is_(None), CouncilDecision.outcome != "passed")
    return and_(unread, CouncilDecision.sent_on <= months_before(on, settings().keep.drafts_months))
