"""Rounds of private votes: a box of papers that is opened when all are in, and then burned (docs/decisions/0019)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from voice import audit
from voice.reviewing.meeting.models import Ballot, MeetingTheme, RoundTheme, Seat, VoteRound
from voice.reviewing.meeting.rules import fold, in_order, marks_of, score
from voice.reviewing.models import Vote
from voice.storage import now, session


class RoundIsOver(Exception):
    """No paper can go in any more."""


class NotTakingPart(Exception):
    """Only who takes part in the meeting votes."""


class CannotOpen(Exception):
    """A round is open already, or there is nothing to weigh, or nobody to weigh it."""


@dataclass(frozen=True)
class RoundFacts:
    """A round as one member sees it. `mine`: their own paper, while the round is open. `places`: places from 1 with the themes that share each,
    once it has closed; None while it is open, and where too few voted for an order. How many are in is all that anybody sees before."""

    id: uuid.UUID
    meeting_id: uuid.UUID
    closes_at: datetime
    closed_at: datetime | None
    seats: int
    came_in: int
    theme_ids: tuple[uuid.UUID, ...]
    mine: Mapping[str, int] | None
    places: tuple[tuple[int, tuple[uuid.UUID, ...]], ...] | None

    @property
    def is_open(self) -> bool:
        """Whether papers still go in. Past its time a round is shut before the papers are counted."""
        return self.closed_at is None and now() < self.closes_at


def open_round(meeting_id: uuid.UUID, minutes: int, by: uuid.UUID) -> uuid.UUID:
    """A round over all themes of a meeting, for all who take part.

    Raises:
        CannotOpen: one is open, or there is nothing to weigh, or nobody to weigh it.
    """
    seats = session().scalar(select(func.count()).select_from(Seat).where(Seat.meeting_id == meeting_id)) or 0
    themes = session().scalars(select(MeetingTheme.theme_id).where(MeetingTheme.meeting_id == meeting_id)).all()
    if not seats or not themes or session().scalar(select(VoteRound.id).where(VoteRound.meeting_id == meeting_id, VoteRound.closed_at.is_(None))):
        raise CannotOpen
    moment = now()
    row = VoteRound(meeting_id=meeting_id, opened_by=by, opened_at=moment, closes_at=moment + timedelta(minutes=minutes), seats=seats)
    session().add(row)
    session().flush()
    session().add_all([RoundTheme(round_id=row.id, theme_id=each) for each in themes])
    session().flush()
    audit.record(by, "round opened", "meeting", meeting_id)
    return row.id


def hand_in(round_id: uuid.UUID, member_id: uuid.UUID, said: Mapping[str, str]) -> bool:
    """A member’s paper, in place of an earlier one: theme -> "1" to "3"; all else is a pass. Neither who nor what is in the record. Returns
    whether it was the last, and so closed the round.

    Raises:
        RoundIsOver: it is closed, or its time is over.
        NotTakingPart: they are not of the meeting.
    """
    row = _locked(round_id)
    if row.closed_at is not None or now() >= row.closes_at:
        raise RoundIsOver
    if session().get(Seat, (row.meeting_id, member_id)) is None:
        raise NotTakingPart
    paper = session().get(Ballot, (round_id, member_id)) or Ballot(round_id=round_id, member_id=member_id)
    paper.marks = marks_of(said, [str(each) for each in _themes(round_id)])
    session().add(paper)
    session().flush()
    if _how_many_in(round_id) < row.seats:
        return False
    _close(row)
    return True


def close_now(round_id: uuid.UUID, by: uuid.UUID) -> None:
    """Whoever leads the meeting closes it before all are in."""
    row = _locked(round_id)
    if row.closed_at is None:
        _close(row)
        audit.record(by, "round closed", "meeting", row.meeting_id)


def close_what_is_over() -> int:
    """The worker’s part: rounds whose time is over. Returns how many."""
    over = session().scalars(select(VoteRound.id).where(VoteRound.closed_at.is_(None), VoteRound.closes_at <= now())).all()
    for round_id in over:
        row = _locked(round_id)
        if row.closed_at is None:
            _close(row)
    return len(over)


def round_of(meeting_id: uuid.UUID, member_id: uuid.UUID) -> RoundFacts | None:
    """The last round of a meeting, as this member sees it."""
    rows = session().scalars(select(VoteRound).where(VoteRound.meeting_id == meeting_id).order_by(VoteRound.opened_at.desc()).limit(1))
    row = rows.first()
    return _facts(row, member_id) if row else None


def _facts(row: VoteRound, member_id: uuid.UUID) -> RoundFacts:
    paper = session().get(Ballot, (row.id, member_id))
    is_shut = row.closed_at is not None
    return RoundFacts(
        row.id,
        row.meeting_id,
        row.closes_at,
        row.closed_at,
        row.seats,
        (row.came_in or 0) if is_shut else _how_many_in(row.id),
        tuple(_themes(row.id)),
        dict(paper.marks) if paper else None,
        _places(row.id) if is_shut else None,
    )


def _places(round_id: uuid.UUID) -> tuple[tuple[int, tuple[uuid.UUID, ...]], ...] | None:
    rows = session().scalars(select(RoundTheme).where(RoundTheme.round_id == round_id)).all()
    scores = {row.theme_id: score(row.weights, row.voices) for row in rows if row.weights is not None and row.voices is not None}
    return tuple((place, tuple(themes)) for place, themes in in_order(scores)) if scores else None


def _locked(round_id: uuid.UUID) -> VoteRound:
    """The round, for us alone until the commit: the fourth and the fifth of five may come in at once. SQLite lets one writer in at a time anyway."""
    return session().scalars(select(VoteRound).where(VoteRound.id == round_id).with_for_update().execution_options(populate_existing=True)).one()


def _how_many_in(round_id: uuid.UUID) -> int:
    return session().scalar(select(func.count()).select_from(Ballot).where(Ballot.round_id == round_id)) or 0


def _themes(round_id: uuid.UUID) -> list[uuid.UUID]:
    """In the order of the agenda; one that has left it comes last."""
    placed = select(RoundTheme.theme_id).join(VoteRound, VoteRound.id == RoundTheme.round_id)
    placed = placed.outerjoin(MeetingTheme, (MeetingTheme.meeting_id == VoteRound.meeting_id) & (MeetingTheme.theme_id == RoundTheme.theme_id))
    return list(session().scalars(placed.where(RoundTheme.round_id == round_id).order_by(MeetingTheme.place.nulls_last(), RoundTheme.theme_id)))


def _close(row: VoteRound) -> None:
    """Count, then burn: sums stay, and nothing that says whose paper was whose. The votes members had put down by themselves on these themes go
    as well, as this round stands in their place."""
    papers = session().scalars(select(Ballot.marks).where(Ballot.round_id == row.id)).all()
    themes = session().scalars(select(RoundTheme).where(RoundTheme.round_id == row.id)).all()
    sums = fold(papers, [str(each.theme_id) for each in themes])
    for each in themes if sums is not None else ():
        each.weights, each.voices = (sums or {})[str(each.theme_id)]
    row.closed_at, row.came_in = now(), len(papers)
    session().flush()
    session().execute(delete(Ballot).where(Ballot.round_id == row.id))
    if sums is not None:
        session().execute(delete(Vote).where(Vote.theme_id.in_([each.theme_id for each in themes])))
