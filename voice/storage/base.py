"""What every table stands on."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from voice.extensions import Base, db
from voice.storage.watching import for_its_day, looked_at_the_clock

LONDON: Final = ZoneInfo("Europe/London")

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Moment(TypeDecorator[datetime]):
    """A point in time, always aware and always UTC, on both databases (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    looked_at_the_clock()
    return datetime.now(UTC)


def today() -> date:
    """The day on the wall, in the county: at half past midnight in summer it is tomorrow already, while UTC is still an hour behind."""
    return day_of(for_its_day(now))


def day_of(moment: datetime) -> date:
    """The day this moment belongs to for people here. Moments are UTC, so that their order and distance survive the change of the clocks."""
    return moment.astimezone(LONDON).date()


def week_of(day: date) -> date:
    """The Monday of the week: what the board and the public see instead of the day."""
    return day - timedelta(days=day.weekday())


def new_id() -> uuid.UUID:
    """Random, so that an id tells neither order nor hour."""
    return uuid.uuid4()
