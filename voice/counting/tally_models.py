"""Tallies: how many people, by what they picked and at most two facts. Exact; no page shows a row of these as it is."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model

ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself in an INTEGER alone


class Uncounted(Model):
    """A submission that is in no tally yet. A trigger writes it beside the submission, in the same transaction; folding deletes it."""

    __tablename__ = "uncounted"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)


class Counted(Model):
    """A submission that was folded. `left_out`: it is set aside, and in no tally while it is."""

    __tablename__ = "counted"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    generation: Mapped[int]  # how many releases its activity had begun by then: after which of them it came
    left_out: Mapped[bool] = mapped_column(default=False, index=True)


class UncountedWords(Model):
    """What a submission’s words were tied to has changed. Triggers on tags and themes write it; folding deletes it."""

    __tablename__ = "uncounted_words"

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)


class CountedWords(Model):
    """One priority or theme that a submission is counted to."""

    __tablename__ = "counted_words"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)  # priority or theme
    value: Mapped[str] = mapped_column(primary_key=True)
    generation: Mapped[int]


class Generation(Model):
    """How many releases of an activity were begun, those thrown away too. It only grows."""

    __tablename__ = "generation"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]


class TallySlice(Model):
    """Some people of an activity: everyone (no fact), those of one fact, or those of two."""

    __tablename__ = "tally_slice"
    __table_args__ = (UniqueConstraint("activity_id", "fact", "value", "other_fact", "other_value"),)

    id: Mapped[int] = mapped_column(ROW_NUMBER, primary_key=True)
    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"))
    fact: Mapped[str]
    value: Mapped[str]  # empty: they did not say
    other_fact: Mapped[str]
    other_value: Mapped[str]


class TallyPeople(Model):
    """How many people a slice has, by the generation they came in."""

    __tablename__ = "tally_people"

    slice_id: Mapped[int] = mapped_column(ForeignKey("tally_slice.id", ondelete="CASCADE"), primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]


class Tally(Model):
    """How many people of a slice gave one answer. An empty code: how many answered the question at all."""

    __tablename__ = "tally"

    slice_id: Mapped[int] = mapped_column(ForeignKey("tally_slice.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]
