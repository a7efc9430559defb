"""Concerns. Every submission gets a row in the same transaction; whether it worries us is only a column."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now

OUTCOMES = ("handed_over", "referred", "passed_to_999", "passed_to_lado", "passed_to_school_lead", "advice_left", "no_further_action")
# What was done about a concern. No words: the case record lives in the council’s own system.
ACTS = (
    "told_999",
    "referred_to_mash",
    "mash_acknowledged",
    "told_lado",
    "lado_acknowledged",
    "told_school_lead",
    "asked_for_advice",
    "tried_to_find",
    "handed_over",
)
STEPS = ("first", "deputy", "manager", "chase", "gap")
CHANNELS = ("letter", "also")
CONTACTS = ("manager", "lado", "mash")


class Screening(Model):
    __tablename__ = "screening"
    __table_args__ = (
        CheckConstraint("closed_at is null or (outcome is not null and outcome_reason is not null)", name="closing_says_why"),
        CheckConstraint("closed_at is null or opened_at is not null", name="closed_after_opened"),
        CheckConstraint("submission_id is not null or is_concern", name="only_concerns_outlive_their_words"),
        CheckConstraint("not (outcome = 'no_further_action' and is_immediate and second_by is null)", name="danger_needs_a_second_person"),
        Index("ix_screening_open", "is_concern", "closed_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submission.id", ondelete="SET NULL"), unique=True)
    is_concern: Mapped[bool]
    is_immediate: Mapped[bool] = mapped_column(default=False)
    read_first: Mapped[bool]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    because: Mapped[list[str]] = mapped_column(JSON)  # words of the text that led to it; emptied with the words unless kept
    screened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    raised_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # a person raised it; None: the screen
    raised_why: Mapped[str | None]
    alerted_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    second_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    outcome: Mapped[str | None]
    outcome_reason: Mapped[str | None]
    kept: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the words, only where taken back after a worry (told beforehand)
    raised_at: Mapped[datetime | None] = mapped_column(Moment)  # when a person raised it; its clock runs from then
    stub_at: Mapped[datetime | None] = mapped_column(Moment)  # when all but reference, dates and outcome went

    @property
    def since(self) -> datetime:
        """When it began to wait for a person."""
        return self.raised_at or self.screened_at


class ConcernAct(Model):
    """Something a person did about a concern: which, when, and a number in somebody else’s system. Never words about a child."""

    __tablename__ = "concern_act"
    __table_args__ = (
        CheckConstraint("what in ({})".format(", ".join(f"'{each}'" for each in ACTS)), name="act_is_known"),
        CheckConstraint("what <> 'handed_over' or (reference is not null and on_day is not null)", name="handing_over_has_a_number"),
        CheckConstraint("length(reference) <= 40", name="reference_is_short"),
        Index("ix_concern_act_concern_id", "concern_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("screening.id"))
    what: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    reference: Mapped[str | None]
    on_day: Mapped[date | None]


class ConcernAbout(Model):
    """Whom a concern is about, so that it never comes to them: a member, or a team or setting by its name."""

    __tablename__ = "concern_about"
    __table_args__ = (
        CheckConstraint("(member_id is null) <> (setting is null)", name="one_or_the_other"),
        CheckConstraint("length(setting) between 3 and 120", name="setting_is_a_name"),
        Index("ix_concern_about_concern_id", "concern_id"),
        Index("ix_concern_about_member_id", "member_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("screening.id", ondelete="CASCADE"))
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    setting: Mapped[str | None]
    said_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # None: their name stands in the words
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class RotaTurn(Model):
    """A stretch of a weekday with a lead and a deputy, in local minutes after midnight."""

    __tablename__ = "rota_turn"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday_is_one"),
        CheckConstraint("starts >= 0 and starts < ends and ends <= 1440", name="ends_after_it_starts"),
        CheckConstraint("lead_id <> deputy_id", name="two_people"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    weekday: Mapped[int]  # Monday is 0
    starts: Mapped[int]
    ends: Mapped[int]
    lead_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    deputy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    on_holidays: Mapped[bool] = mapped_column(default=False)


class RotaAbsence(Model):
    """Days somebody is away, and who stands in."""

    __tablename__ = "rota_absence"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="ends_after_it_starts"),
        CheckConstraint("member_id <> stand_in_id", name="somebody_else_stands_in"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    stand_in_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class SafetyContact(Model):
    """People beyond the rota: the safeguarding manager (a member), the LADO and the MASH."""

    __tablename__ = "safety_contact"
    __table_args__ = (CheckConstraint("kind in ({})".format(", ".join(f"'{each}'" for each in CONTACTS)), name="contact_is_known"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]


class AlertAddress(Model):
    """A second way to reach somebody who may be alerted: an address that rings a phone, such as an e-mail-to-text one."""

    __tablename__ = "alert_address"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    alert_also: Mapped[str]


class Practice(Model):
    """A practice alert sent by the real path. It is in no real figure."""

    __tablename__ = "practice"
    __table_args__ = (CheckConstraint("(opened_at is null) = (opened_by is null)", name="opened_by_somebody"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    started_at: Mapped[datetime] = mapped_column(Moment, default=now)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class Alert(Model):
    """One letter to one person about one thing that waits: what was tried, and when it went. No words of anybody."""

    __tablename__ = "alert"
    __table_args__ = (
        CheckConstraint("step in ({})".format(", ".join(f"'{each}'" for each in STEPS)), name="step_is_known"),
        CheckConstraint("channel in ({})".format(", ".join(f"'{each}'" for each in CHANNELS)), name="channel_is_known"),
        UniqueConstraint("about", "since", "step", "channel", "recipient", name="uq_alert_once_each"),
        Index("ix_alert_due", "sent_at", "gave_up_at", "next_try_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    about: Mapped[str]  # the id of the concern or the practice; the day of a gap in the rota
    concern_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("screening.id", ondelete="CASCADE"), index=True)
    practice_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"))
    since: Mapped[datetime] = mapped_column(Moment)  # when that which waits began to wait
    step: Mapped[str]
    channel: Mapped[str]
    recipient: Mapped[str]  # a member’s id, or the kind of a contact
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    next_try_at: Mapped[datetime] = mapped_column(Moment, default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str | None]  # the kind of the last error
    gave_up_at: Mapped[datetime | None] = mapped_column(Moment)


class Beat(Model):
    """The last sign of life of one part that alerts depend on, and what was wrong with it."""

    __tablename__ = "beat"

    part: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    failed_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str | None]


class Drill(Model):
    """A practised alert: a lead opened a made-up concern in time."""

    __tablename__ = "drill"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    passed_at: Mapped[datetime] = mapped_column(Moment, default=now)
