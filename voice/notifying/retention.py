"""The last day of an address: some days after the last letter, a week where nobody said yes, and never after the receipt."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from voice.config import settings
from voice.notifying.models import NewsCount, NewsWish
from voice.notifying.rules import UNCONFIRMED
from voice.retention import Retention, months_before, rows_past


def add_rules(rules: Retention) -> None:
    rules.add("news", rows_past("Where to write to when there is news", NewsWish, _is_over))
    rules.add("news counts", rows_past("How many first letters an address was sent in a day", NewsCount, lambda on: NewsCount.day < on))


def _is_over(on: date) -> ColumnElement[bool]:
    return or_(
        and_(NewsWish.confirmed_on.is_(None), NewsWish.asked_on <= on - UNCONFIRMED),
        NewsWish.told_on <= on - timedelta(days=settings().keep.news_days),
        NewsWish.asked_on <= months_before(on, settings().keep.link_at_most_months),
    )
