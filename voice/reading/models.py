"""What a person decided after reading a view or looking at a picture, what is much alike, and translations."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class Reading(Model):
    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint("decision in ('cleared', 'redacted', 'withheld')", name="decision_is_known"),
        CheckConstraint("(decision = 'redacted') = (shown_words is not null)", name="redacted_has_its_words"),
        CheckConstraint("decision = 'cleared' or reason is not null", name="holding_back_says_why"),
    )

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    decision: Mapped[str]
    reason: Mapped[str | None]
    shown_words: Mapped[str | None]
    read_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    read_on: Mapped[date] = mapped_column(default=today)


class InLine(Model):
    """A view that waits for an officer, in its lane (see `rules`): unread, or read and not sorted. Triggers keep it, in the transaction of whatever
    changes where a view stands: nothing here is written by hand. The day and the group are copied, so that a page of the queue is one stretch of
    one index."""

    __tablename__ = "in_line"
    __table_args__ = (
        CheckConstraint("lane between 0 and 4", name="lane_is_known"),
        Index("ix_in_line_lane", "lane", "since", "view_id", "group_id"),
    )

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    lane: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[date]  # the day it came; once it is read, the day it was
    group_id: Mapped[uuid.UUID | None]


class Fingerprint(Model):
    """What is left of a view's words to tell what is much alike: numbers, never words. `group_id` is shared by views that are."""

    __tablename__ = "fingerprint"

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    marks: Mapped[bytes] = mapped_column(LargeBinary)
    letters: Mapped[int]
    group_id: Mapped[uuid.UUID | None] = mapped_column(index=True)


class FingerprintBand(Model):
    """What a fingerprint is looked up by."""

    __tablename__ = "fingerprint_band"

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)


class SetAside(Model):
    """One of very many that came alike: in no figure and on no page for others until a person has judged it. It is never thrown away."""

    __tablename__ = "set_aside"
    __table_args__ = (
        CheckConstraint("(judged_on is null) = (is_real is null)", name="judging_says_which"),
        CheckConstraint("(is_real is null) = (judged_by is null)", name="a_person_judges"),
        CheckConstraint("is_real is null or is_real or reason is not null", name="leaving_out_says_why"),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[uuid.UUID] = mapped_column(index=True)
    set_aside_on: Mapped[date] = mapped_column(default=today)
    judged_on: Mapped[date | None]
    judged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    is_real: Mapped[bool | None]
    reason: Mapped[str | None]


class Translation(Model):
    """A person's translation of what may be seen of a view, beside the original. `of_words` tells whether those words are still the same."""

    __tablename__ = "translation"
    __table_args__ = (
        CheckConstraint("method = 'person'", name="by_a_person"),
        CheckConstraint("length(words) > 0", name="has_words"),
    )

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    method: Mapped[str] = mapped_column(default="person")
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_on: Mapped[date] = mapped_column(default=today)
    of_words: Mapped[str]


class RawExport(Model):
    """A request for words as they were said, as a file. Two people, a reason, a day, once."""

    __tablename__ = "raw_export"
    __table_args__ = (
        CheckConstraint("answered_by is null or answered_by <> asked_by", name="two_people"),
        CheckConstraint("length(reason) >= 10", name="says_why"),
        CheckConstraint("(answered_at is null) = (answered_by is null) and (answered_at is null) = (said_yes is null)", name="answers_are_whole"),
        CheckConstraint("taken_at is null or said_yes", name="taken_after_a_yes"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"))
    reason: Mapped[str]
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    said_yes: Mapped[bool | None]
    taken_at: Mapped[datetime | None] = mapped_column(Moment)


class PictureLook(Model):
    """What a person decided after looking at a picture. Without a row nobody has, and nobody else sees it; what is locked has none."""

    __tablename__ = "picture_look"
    __table_args__ = (
        CheckConstraint("decision in ('shown', 'withheld')", name="decision_is_known"),
        CheckConstraint("decision <> 'shown' or (alt is not null and length(alt) > 0)", name="shown_is_described"),
        CheckConstraint("(decision = 'withheld') = (reason is not null)", name="withholding_says_why"),
    )

    picture_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True)
    decision: Mapped[str]
    reason: Mapped[str | None]
    alt: Mapped[str | None]  # what is in it, in words, as everyone reads it
    faces_covered: Mapped[bool] = mapped_column(default=False)
    looked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    looked_on: Mapped[date] = mapped_column(default=today)


class LockedPicture(Model):
    """A worrying picture that the safeguarding lead alone may open. It hangs on its concern: what its sender takes back goes, and this stays, as was
    said beforehand. No picture can be deleted while it is here, and triggers keep this row while the concern is open."""

    __tablename__ = "locked_picture"

    picture_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("picture.id"), primary_key=True)
    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("screening.id", ondelete="CASCADE"), index=True)
    locked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    locked_at: Mapped[datetime] = mapped_column(Moment, default=now)


class PictureMark(Model):
    """What the worker found in a picture: by what it is looked up, which group of alike pictures it belongs to, where faces may be. Places of faces,
    never what a face looks like."""

    __tablename__ = "picture_mark"
    __table_args__ = tuple(Index(f"ix_picture_mark_band_{each}", f"band_{each}") for each in range(4))

    picture_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True)
    band_0: Mapped[int | None]
    band_1: Mapped[int | None]
    band_2: Mapped[int | None]
    band_3: Mapped[int | None]
    group_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    faces: Mapped[list[list[float]]] = mapped_column(JSON)  # middle, width and height of each, as shares of the picture’s
