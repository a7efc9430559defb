"""A round of private votes: nothing shows before its time, and afterwards nothing says who voted how. On both databases."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.making import a_theme
from tests.rooms.reviewing.meeting.making import a_meeting, the_board, the_worker
from voice import reviewing, storage
from voice.audit.models import AuditRow
from voice.extensions import db
from voice.reviewing import queries
from voice.reviewing.actions import WeighedTogether
from voice.reviewing.meeting import rounds
from voice.reviewing.meeting.models import Ballot, RoundTheme, VoteRound
from voice.reviewing.models import Vote


def begun(many: int = 5) -> tuple[list[uuid.UUID], list[uuid.UUID], uuid.UUID, uuid.UUID]:
    """Two themes, so many members, a meeting and its open round."""
    board = the_board(many)
    themes = [a_theme("Clubs cost too much."), a_theme("The park is dark.")]
    meeting_id = a_meeting(themes, seats=board)
    round_id = rounds.open_round(meeting_id, 60, the_worker())
    storage.commit()
    return themes, board, meeting_id, round_id


def paper(themes: Sequence[uuid.UUID], *weights: str) -> dict[str, str]:
    return {str(theme): weight for theme, weight in zip(themes, weights, strict=True)}


def ballots() -> int:
    return storage.session().scalar(select(func.count()).select_from(Ballot)) or 0


def test_nothing_shows_until_the_last_is_in(app: Flask) -> None:
    themes, board, meeting_id, round_id = begun()
    for number, member in enumerate(board[:4], 1):
        assert not rounds.hand_in(round_id, member, paper(themes, "1", "3"))
        for who in (*board, the_worker()):
            seen = rounds.round_of(meeting_id, who)
            assert seen
            assert (seen.came_in, seen.seats, seen.places) == (number, 5, None)
            assert (seen.mine is not None) == (who in board[:number])
    assert queries.ranking(themes) == queries.ranking(themes[::-1])
    assert rounds.hand_in(round_id, board[4], paper(themes, "3", "pass"))
    storage.commit()
    seen = rounds.round_of(meeting_id, board[0])
    assert seen
    assert seen.places == ((1, (themes[1],)), (2, (themes[0],)))
    assert queries.ranking(themes) == [themes[1], themes[0]]


def test_when_it_closes_nothing_is_left_of_who_voted_how(app: Flask) -> None:
    themes, board, meeting_id, round_id = begun()
    before = storage.session().scalars(select(AuditRow.number)).all()
    for member in board:
        rounds.hand_in(round_id, member, paper(themes, "2", "3"))
    storage.commit()
    assert ballots() == 0
    seen = rounds.round_of(meeting_id, board[0])
    assert seen
    assert seen.mine is None
    new = storage.session().scalars(select(AuditRow).where(AuditRow.number.not_in(before))).all()
    assert new == [], "a paper that goes in leaves no line in the record"


def test_a_member_changes_a_paper_until_it_closes(app: Flask) -> None:
    themes, board, _meeting, round_id = begun(3)
    rounds.hand_in(round_id, board[0], paper(themes, "3", "1"))
    rounds.hand_in(round_id, board[0], paper(themes, "1", "3"))
    assert ballots() == 1
    for member in board[1:]:
        rounds.hand_in(round_id, member, paper(themes, "pass", "pass"))
    storage.commit()
    sums = {row.theme_id: (row.weights, row.voices) for row in storage.session().scalars(select(RoundTheme))}
    assert sums == {themes[0]: (1, 1), themes[1]: (3, 1)}
    with pytest.raises(rounds.RoundIsOver):
        rounds.hand_in(round_id, board[0], paper(themes, "3", "1"))


def test_only_who_takes_part_votes(app: Flask) -> None:
    themes, board, _meeting, round_id = begun()
    outside = the_worker()
    with pytest.raises(rounds.NotTakingPart):
        rounds.hand_in(round_id, outside, paper(themes, "3", "3"))
    assert ballots() == 0
    assert len(board) == 5


def test_its_time_over_it_takes_no_paper_and_the_worker_counts(app: Flask) -> None:
    themes, board, meeting_id, round_id = begun()
    for member in board[:3]:
        rounds.hand_in(round_id, member, paper(themes, "3", "1"))
    storage.session().get_one(VoteRound, round_id).closes_at = storage.now() - timedelta(seconds=1)
    storage.commit()
    seen = rounds.round_of(meeting_id, board[0])
    assert seen
    assert (seen.is_open, seen.closed_at, seen.places) == (False, None, None)
    with pytest.raises(rounds.RoundIsOver):
        rounds.hand_in(round_id, board[3], paper(themes, "1", "3"))
    assert rounds.close_what_is_over() == 1
    storage.commit()
    assert rounds.close_what_is_over() == 0
    seen = rounds.round_of(meeting_id, board[0])
    assert seen
    assert seen.came_in == 3
    assert seen.places
    assert seen.places[0] == (1, (themes[0],))


def test_of_too_few_no_order_is_made_and_their_papers_go(app: Flask) -> None:
    themes, board, meeting_id, round_id = begun()
    for member in board[:2]:
        rounds.hand_in(round_id, member, paper(themes, "3", "1"))
    rounds.close_now(round_id, board[0])
    storage.commit()
    seen = rounds.round_of(meeting_id, board[0])
    assert seen
    assert (seen.came_in, seen.places) == (2, None)
    assert ballots() == 0
    assert storage.session().scalars(select(RoundTheme.weights)).all() == [None, None]


def test_a_round_stands_in_place_of_votes_by_oneself(app: Flask) -> None:
    themes, board, meeting_id, round_id = begun(3)
    other = a_theme("Bins are full.")
    reviewing.vote(other, board[0], 3)
    with pytest.raises(WeighedTogether):
        reviewing.vote(themes[0], board[0], 3)
    storage.session().add(Vote(theme_id=themes[0], member_id=board[0], weight=3))  # put down before the round opened
    storage.commit()
    assert queries.weighed_in(themes[0]) == meeting_id
    for member in board:
        rounds.hand_in(round_id, member, paper(themes, "1", "2"))
    storage.commit()
    assert queries.weighed_in(themes[0]) is None
    assert queries.weighed_on(themes[0]) == storage.today()
    assert storage.session().scalars(select(Vote.theme_id)).all() == [other]
    assert queries.ranking([*themes, other]) == [other, themes[1], themes[0]]


def test_one_round_is_open_at_a_time(app: Flask) -> None:
    _themes, board, meeting_id, _round = begun()
    with pytest.raises(rounds.CannotOpen):
        rounds.open_round(meeting_id, 60, board[0])
    with pytest.raises(rounds.CannotOpen):
        rounds.open_round(a_meeting([], in_days=3), 60, board[0])


def test_two_last_papers_at_once_close_it_once(app: Flask) -> None:
    themes, board, meeting_id, round_id = begun()
    for member in board[:3]:
        rounds.hand_in(round_id, member, paper(themes, "3", "1"))
    storage.commit()
    both, closed = threading.Barrier(2), []

    def put_in(member: uuid.UUID) -> None:
        with app.app_context():
            both.wait(timeout=10)
            closed.append(rounds.hand_in(round_id, member, paper(themes, "3", "1")))
            storage.commit()
            db.session.remove()

    threads = [threading.Thread(target=put_in, args=(member,)) for member in board[3:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    storage.session().expire_all()
    assert sorted(closed) == [False, True]
    seen = rounds.round_of(meeting_id, board[0])
    assert seen
    assert seen.came_in == 5
