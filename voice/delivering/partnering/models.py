"""What organisations pledge for a priority, what they say became of it, and what each board member thinks. All of it is read before it shows."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today

KNOWN = "mark in ('kept', 'on_the_way', 'not_kept')"


class PartnerPledge(Model):
    """An organisation's own words. Its contact's address is sealed, and wiped once nobody needs to be asked any more."""

    __tablename__ = "partner_pledge"
    __table_args__ = (
        CheckConstraint("published_on is null or (confirmed_on is not null and published_by is not null)", name="confirmed_and_checked_first"),
        CheckConstraint("(sent_back_on is null) = (sent_back_why is null)", name="sent_back_with_a_reason"),
        CheckConstraint("(ended_on is null) = (ended_why is null)", name="ended_with_a_reason"),
        CheckConstraint("(sealed is null) = (contact_mark is null)", name="an_address_or_none"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    priority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("priority.id"), index=True)
    organisation: Mapped[str]
    role: Mapped[str]  # who answers for it: a role, never a name
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the contact's address
    contact_mark: Mapped[str | None] = mapped_column(index=True)  # a keyed hash of it
    came_from: Mapped[str | None] = mapped_column(index=True)  # a keyed hash of the place it was sent from, until it is confirmed
    language: Mapped[str] = mapped_column(default="en")
    words: Mapped[str]
    due_on: Mapped[date]
    made_on: Mapped[date] = mapped_column(default=today)
    confirmed_on: Mapped[date | None]
    published_on: Mapped[date | None]
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    sent_back_on: Mapped[date | None]
    sent_back_why: Mapped[str | None]
    ended_on: Mapped[date | None]  # taken off the public pages
    ended_why: Mapped[str | None]
    reminded_on: Mapped[date | None]
    letter: Mapped[str | None]  # which letter waits to go to the contact (voice.delivering.partnering.letters)


class PartnerUpdate(Model):
    """What the organisation says became of its pledge. The newest that an officer has read shows."""

    __tablename__ = "partner_update"
    __table_args__ = (
        UniqueConstraint("pledge_id", "number"),
        CheckConstraint(KNOWN, name="mark_is_known"),
        CheckConstraint("mark <> 'not_kept' or why is not null", name="not_kept_says_why"),
        CheckConstraint("mark <> 'kept' or evidence is not null", name="kept_shows_evidence"),
        CheckConstraint("(published_on is null) = (published_by is null)", name="an_officer_reads_it_first"),
        CheckConstraint("(sent_back_on is null) = (sent_back_why is null)", name="sent_back_with_a_reason"),
        CheckConstraint("published_on is null or sent_back_on is null", name="out_or_back"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    pledge_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner_pledge.id", ondelete="CASCADE"))
    number: Mapped[int]  # from 1, within its pledge
    mark: Mapped[str]
    why: Mapped[str | None]
    evidence: Mapped[str | None]
    written_on: Mapped[date] = mapped_column(default=today)
    written_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # none: through the link in a letter
    published_on: Mapped[date | None]
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    sent_back_on: Mapped[date | None]
    sent_back_why: Mapped[str | None]


class BoardMark(Model):
    """One board member's mark; the board's is the one most members share."""

    __tablename__ = "partner_board_mark"
    __table_args__ = (CheckConstraint(KNOWN, name="mark_is_known"),)

    pledge_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner_pledge.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    mark: Mapped[str]
