"""The board meets: when and with whom, what it looks at, weighs, notes, decides, and asks of leaders."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, today

OPEN_ROUND = text("closed_at is null")
OPEN_TALK = text("looked_in_on is null")


class Meeting(Model):
    """One evening of the board. How far it is follows from its days; there is no state to drift.

    `held_back` is frozen when the pack goes out: `{"because": [reason, ...], "at_least": step or null}`. It does not move while the board looks.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
        CheckConstraint("length(place) > 0", name="is_somewhere"),
        CheckConstraint("(adult_id is null) = (adult_name is not null)", name="names_the_adult"),
        CheckConstraint("(adult_name is null) = (adult_role is null)", name="says_who_the_adult_is"),
        CheckConstraint("(pack_out_on is null) = (held_back is null)", name="says_what_was_held_back"),
        CheckConstraint("ended_on is null or called_off_on is null", name="held_or_called_off"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    day: Mapped[date] = mapped_column(index=True)
    begins_at: Mapped[time]
    ends_at: Mapped[time]
    place: Mapped[str]
    chair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    adult_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    adult_name: Mapped[str | None]
    adult_role: Mapped[str | None]
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_on: Mapped[date] = mapped_column(default=today)
    pack_out_on: Mapped[date | None]
    held_back: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    ended_on: Mapped[date | None]
    called_off_on: Mapped[date | None]


class MeetingTheme(Model):
    """A theme on the agenda, in its place."""

    __tablename__ = "meeting_theme"

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True, index=True)
    place: Mapped[int]


class Seat(Model):
    """A board member who takes part, and so votes."""

    __tablename__ = "meeting_seat"

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)


class VoteRound(Model):
    """A closed vote over the themes of a meeting. `seats`: how many take part; `came_in`: how many had voted when it closed. One is open
    at a time."""

    __tablename__ = "vote_round"
    __table_args__ = (
        CheckConstraint("seats > 0", name="somebody_takes_part"),
        CheckConstraint("(closed_at is null) = (came_in is null)", name="closing_says_how_many"),
        CheckConstraint("came_in is null or came_in between 0 and seats", name="no_more_than_take_part"),
        Index("uq_vote_round_open", "meeting_id", unique=True, sqlite_where=OPEN_ROUND, postgresql_where=OPEN_ROUND),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    seats: Mapped[int]
    came_in: Mapped[int | None]


class RoundTheme(Model):
    """What all together made of a theme: the sum of their weights and of how many. Empty until the round closes, and where too few voted."""

    __tablename__ = "vote_round_theme"
    __table_args__ = (
        CheckConstraint("(weights is null) = (voices is null)", name="both_or_neither"),
        CheckConstraint("weights is null or weights between voices and 3 * voices", name="weights_are_1_to_3"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vote_round.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True, index=True)
    weights: Mapped[int | None]
    voices: Mapped[int | None]


class Ballot(Model):
    """One member's paper in an open round: `marks` is theme -> 1 to 3; what they passed is not in it. When the round closes the papers are burned."""

    __tablename__ = "ballot"

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vote_round.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    marks: Mapped[dict[str, int]] = mapped_column(JSON)


class BoardNote(Model):
    """A note of the meeting, for all of the board; of one theme, or of the evening."""

    __tablename__ = "board_note"
    __table_args__ = (CheckConstraint("length(words) > 0", name="has_words"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime] = mapped_column(Moment)


class BoardDecision(Model):
    """What the board decided about a theme, and what those who saw it otherwise say. Each goes out only where the board says that it may."""

    __tablename__ = "board_decision"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("minority is null or length(minority) > 0", name="minority_has_words"),
        CheckConstraint("minority is not null or not minority_may_be_public", name="nothing_is_not_public"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True, index=True)
    words: Mapped[str]
    may_be_public: Mapped[bool] = mapped_column(default=False)
    minority: Mapped[str | None]
    minority_may_be_public: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    decided_on: Mapped[date] = mapped_column(default=today)


class LeaderAsk(Model):
    """What the board asks of a leader, by a day; open until it has an answer, late once the day is over."""

    __tablename__ = "leader_ask"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("length(owner_role) > 0 and length(organisation) > 0", name="has_an_owner"),
        CheckConstraint("due_on >= asked_on", name="is_due_later"),
        CheckConstraint("(answered_on is null) = (answer is null) and (answered_on is null) = (answered_by is null)", name="answer_is_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    owner_role: Mapped[str]
    organisation: Mapped[str]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    due_on: Mapped[date]
    may_be_public: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_on: Mapped[date] = mapped_column(default=today)
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class MeetingTalk(Model):
    """Someone would like a talk after the meeting. There is no column for who, nor for words: the adult looks in on everyone."""

    __tablename__ = "meeting_talk"
    __table_args__ = (
        CheckConstraint("(looked_in_on is null) = (looked_in_by is null)", name="looking_in_is_whole"),
        Index("uq_meeting_talk_open", "meeting_id", unique=True, sqlite_where=OPEN_TALK, postgresql_where=OPEN_TALK),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    wished_on: Mapped[date] = mapped_column(default=today)
    looked_in_on: Mapped[date | None]
    looked_in_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class BoardLetter(Model):
    """A board member who wants a letter when there is something in the room: whether there is, and the day of the last letter."""

    __tablename__ = "board_letter"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    is_owed: Mapped[bool] = mapped_column(default=False)
    last_on: Mapped[date | None]
