"""Who wants to hear that there is news. Nothing here leads to what they said, or to whom: not without the key beside the database."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, today


class NewsWish(Model):
    """Someone asked for a letter when there is news. It has no id of a submission and hangs on none: `locator` is a keyed hash of it."""

    __tablename__ = "news_wish"
    __table_args__ = (
        CheckConstraint("length(locator) = 64", name="locator_is_whole"),
        CheckConstraint("confirmed_on is null or first_letter_on is not null", name="a_letter_comes_before_the_yes"),
        CheckConstraint("told_on is null or confirmed_on is not null", name="the_yes_comes_before_news"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)  # of this asking: another address, another id
    locator: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the address, the language, and marks of what they have been told of
    asked_on: Mapped[date] = mapped_column(default=today)
    first_letter_on: Mapped[date | None]  # the letter that asks whether it was they
    confirmed_on: Mapped[date | None]
    told_on: Mapped[date | None]  # the last “there is news”
    tries: Mapped[int] = mapped_column(default=0)  # in vain, since the last letter that went
    not_before: Mapped[datetime | None] = mapped_column(Moment)  # the next try, after one in vain


class NewsCount(Model):
    """How many first letters one address was sent today: a keyed hash that is another one every day."""

    __tablename__ = "news_count"

    mark: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(default=today, index=True)
    many: Mapped[int] = mapped_column(default=0)
