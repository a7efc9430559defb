"""“We did”: answers, what they said before, what became of them, and what the board and the senders think of them.

`answer` holds the newest wording. Words that the board had and that are written anew go to `answer_version` as they were, and stay
so: what is public is the newest wording with a day of publication, in whichever of the two it stands (`wordings`). Numbers of wordings only go up.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from voice.storage import Model, Moment, new_id, now, today

DECIDED_BY = ("strategy", "policy", "budget", "meeting")
OUTCOMES = ("happened", "partly", "not")  # of a follow-up


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{each}'" for each in codes)


_LINK = "substr(decided_link, 1, 8) = 'https://' or substr(decided_link, 1, 7) = 'http://'"


def _whole() -> list[CheckConstraint]:
    """What no wording can go without."""
    rules = {
        "state_is_known": "state in ('done', 'doing', 'will', 'cant')",
        "cant_says_why_and_what_instead": "state <> 'cant' or (because is not null and instead is not null)",
        "done_shows_evidence": "state <> 'done' or evidence is not null",
        "what_is_to_come_has_a_date": "state not in ('doing', 'will') or due_on is not null",
        "the_board_sees_it_first": "published_on is null or (sent_to_board_on is not null and published_by is not null)",
        "names_its_owner": "length(owner_role) > 0 and length(organisation) > 0",
        "decision_is_known": f"decided_by in ({_listed(DECIDED_BY)})",
        "decision_has_a_title": "(decided_by is null) = (decided_title is null)",
        "link_of_a_decision": f"decided_link is null or (decided_by is not null and ({_LINK}))",
    }
    return [CheckConstraint(rule, name=name) for name, rule in rules.items()]


class Wording:
    """What an answer says, and how far these words came."""

    state: Mapped[str]
    words: Mapped[str]
    because: Mapped[str | None]
    instead: Mapped[str | None]
    evidence: Mapped[str | None]
    owner_role: Mapped[str]
    organisation: Mapped[str]
    answered_on: Mapped[date] = mapped_column(default=today)
    due_on: Mapped[date | None]
    follow_up_on: Mapped[date]
    decided_by: Mapped[str | None]  # one of DECIDED_BY: where it was decided
    decided_title: Mapped[str | None]
    decided_link: Mapped[str | None]
    sent_to_board_on: Mapped[date | None]
    published_on: Mapped[date | None]
    written_at: Mapped[datetime | None] = mapped_column(Moment, default=now)  # the words as they stand; none: before we kept it

    @declared_attr
    def published_by(self) -> Mapped[uuid.UUID | None]:
        return mapped_column(ForeignKey("member.id"))

    @declared_attr
    def written_by(self) -> Mapped[uuid.UUID | None]:
        return mapped_column(ForeignKey("member.id"))


class Answer(Wording, Model):
    """An answer in its newest words. Which themes it answers stands in `answer_theme`."""

    __tablename__ = "answer"
    __table_args__ = (*_whole(), CheckConstraint("number > 0", name="numbers_begin_at_one"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), unique=True)  # the first of its themes
    number: Mapped[int] = mapped_column(default=1)  # of these words
    drafted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class AnswerVersion(Wording, Model):
    """Words of an answer that the board had and that others took the place of. Never changed."""

    __tablename__ = "answer_version"
    __table_args__ = (*_whole(), CheckConstraint("sent_to_board_on is not null", name="the_board_had_it"))

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


class AnswerTheme(Model):
    """That an answer answers a theme, from the words with this number on. A theme has one answer."""

    __tablename__ = "answer_theme"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    since: Mapped[int] = mapped_column(default=1)


class AnswerMilestone(Model):
    """A step on the way to what was answered, and whether it was reached. Public with the words of this number, and those after."""

    __tablename__ = "answer_milestone"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("reached_on is null or why_not is null", name="reached_or_not"),
        CheckConstraint("why_not is null or length(why_not) > 0", name="not_reached_says_why"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    since: Mapped[int]
    words: Mapped[str]
    due_on: Mapped[date]
    reached_on: Mapped[date | None]
    why_not: Mapped[str | None]
    said_on: Mapped[date] = mapped_column(default=today)
    said_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class AnswerFollowUp(Model):
    """What became of an answer that everyone could read. `next_on`: when it is looked at once more; none: this is the end of it."""

    __tablename__ = "answer_follow_up"
    __table_args__ = (
        CheckConstraint(f"outcome in ({_listed(OUTCOMES)})", name="outcome_is_known"),
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("outcome <> 'happened' or evidence is not null", name="happened_shows_evidence"),
        CheckConstraint("outcome = 'happened' or next_on is not null or why_closed is not null", name="an_end_says_why"),
        CheckConstraint("next_on is null or next_on > said_on", name="next_is_to_come"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]  # of the words that were public
    outcome: Mapped[str]
    words: Mapped[str]
    evidence: Mapped[str | None]
    why_closed: Mapped[str | None]
    next_on: Mapped[date | None]
    said_on: Mapped[date] = mapped_column(default=today)
    said_at: Mapped[datetime] = mapped_column(Moment, default=now)
    said_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class AnswerOwner(Model):
    """Whose the answer to a theme is to give, before there is one and after."""

    __tablename__ = "answer_owner"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    given_on: Mapped[date] = mapped_column(default=today)


class AnswerRequest(Model):
    """That somebody was asked to answer a theme by a day: its owner, or whoever has an invitation to become it.

    `number`: the words that are asked for. `reminded_on`: when the last letter about it being late went.
    """

    __tablename__ = "answer_request"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(default=1)
    answer_by: Mapped[date]
    invitation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member_invitation.id", ondelete="SET NULL"), index=True)
    asked_on: Mapped[date] = mapped_column(default=today)
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    reminded_on: Mapped[date | None]


class Verdict(Model):
    """One board member's judgement of the words with this number; the board's is the one most members share."""

    __tablename__ = "answer_verdict"
    __table_args__ = (CheckConstraint("verdict in ('fair', 'not_yet', 'not_answered')", name="verdict_is_known"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    verdict: Mapped[str]


class SenderMark(Model):
    """What a sender, by their receipt, thinks of the public words with this number. Goes with the submission."""

    __tablename__ = "sender_mark"
    __table_args__ = (CheckConstraint("mark in ('fair', 'not_good_enough')", name="mark_is_known"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str]
    week: Mapped[date]
    number: Mapped[int] = mapped_column(default=1)
