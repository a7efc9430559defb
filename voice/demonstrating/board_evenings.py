"""The invented board meets: an evening that was, with all that came of it, and one next week."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from voice import reviewing, storage, understanding
from voice.demonstrating.voices import County, ago
from voice.reviewing.meeting import actions, asking, letters, rounds
from voice.reviewing.meeting.models import BoardDecision, BoardNote, LeaderAsk, Meeting, VoteRound
from voice.reviewing.models import Hearing

BOARD = ("board", "board2", "board3", "board4", "board5")
THEN = 24  # days ago
THEMES = 4
PLACE = "The youth hub, upstairs. Pizza at half past five."
WEIGHED = ((3, 2, 1), (3, 1, 2), (2, 3, 1), (3, 2, 2), (2, 2, 0))
"""A paper for each member: a weight for each theme; 0 is a pass."""
NOTES = ("Two cards say the same of two villages, so it is not one bad stop.", "We do not know what it costs. Ask.")
DECIDED = "This comes first this winter. We want a date, not a plan for a plan."
MINORITY = "Two of us would put the lights on the path first: more people walk than wait."
ASKS = (
    ("Tell us by when the first change is made, and what it costs.", 6, "One change comes on 3 May. It costs £9,000 a year, and the money is there."),
    ("Come to our next meeting and tell us what stands in the way.", 3, None),
    ("Put up a sign that says whom to call when it goes wrong.", -18, None),
)
"""What is asked, how many days ago it was due (less than none: still to come), and the answer."""


def hold_meetings(county: County) -> None:
    """Through the rooms’ own doors; only days are set by hand, because no act goes back in time."""
    themes = understanding.themes(county.plan_id)
    heard = reviewing.heard_on([each.id for each in themes])
    buses_first = sorted(themes, key=lambda each: "bus" not in each.you_said.lower())
    old = [each.id for each in buses_first if each.id in heard][:3]
    new = [each.id for each in themes if each.id not in heard]
    _the_one_that_was(county, old)
    _the_one_to_come(county, [*new, *old][:THEMES])
    letters.want_letters(county.member("board"), yes=True)


def _the_one_that_was(county: County, themes: Sequence[uuid.UUID]) -> None:
    meeting_id = _made(county, storage.today(), "board", themes)
    actions.let_pack_out(meeting_id, county.member("worker"))
    _weigh(county, meeting_id, themes)
    for number, words in enumerate(NOTES):
        actions.write_note(meeting_id, themes[0], words, county.member(BOARD[number]))
    actions.decide(
        meeting_id,
        themes[0],
        actions.Decided(words=DECIDED, may_be_public=True, minority=MINORITY, minority_may_be_public=True),
        county.member("board2"),
    )
    _ask(county, meeting_id, themes)
    actions.end_meeting(meeting_id, county.member("board"))
    _put_back(meeting_id, ago(THEN))


def _the_one_to_come(county: County, themes: Sequence[uuid.UUID]) -> None:
    meeting_id = _made(county, storage.today() + timedelta(days=7), "board2", themes, ("Priya Shah", "youth worker"))
    actions.let_pack_out(meeting_id, county.member("worker"))


def _made(county: County, day: date, chair: str, themes: Sequence[uuid.UUID], adult: tuple[str, str] | None = None) -> uuid.UUID:
    what = actions.Plan(
        day=day,
        begins_at=time(18),
        ends_at=time(19, 30),
        place=PLACE,
        chair_id=county.member(chair),
        adult_id=None if adult else county.member("worker"),
        adult_name=adult[0] if adult else None,
        adult_role=adult[1] if adult else None,
        seats=[county.member(each) for each in BOARD],
        themes=themes,
    )
    return actions.make_meeting(what, county.member("worker"))


def _weigh(county: County, meeting_id: uuid.UUID, themes: Sequence[uuid.UUID]) -> None:
    round_id = rounds.open_round(meeting_id, 60, county.member("board"))
    for short, paper in zip(BOARD, WEIGHED, strict=True):
        rounds.hand_in(round_id, county.member(short), {str(theme): str(weight) for theme, weight in zip(themes, paper, strict=False)})


def _ask(county: County, meeting_id: uuid.UUID, themes: Sequence[uuid.UUID]) -> None:
    asked_of = [county.member("owner"), county.member("partner"), None]
    for number, ((words, due, answer), owner) in enumerate(zip(ASKS, asked_of, strict=True)):
        what = asking.Asked(
            words=words,
            owner_role=("Head of roads", "Community safety team", "Head of parks")[number],
            organisation=("Demo county council", "Demo county police", "Demo county council")[number],
            owner_id=owner,
            due_on=storage.today(),
            may_be_public=True,
        )
        ask_id = asking.ask_leader(meeting_id, themes[number % len(themes)], what, county.member("board3"))
        row = storage.session().get_one(LeaderAsk, ask_id)
        row.asked_on = ago(THEN)
        row.due_on = ago(due) if due > 0 else storage.today() - timedelta(days=due)
        if answer and owner:
            asking.answer_ask(ask_id, answer, owner)
            row.answered_on = ago(due + 2)
    storage.session().flush()


def _put_back(meeting_id: uuid.UUID, day: date) -> None:
    """What was done today was done that evening."""
    evening, rows = datetime.combine(day, time(18, 20), tzinfo=UTC), storage.session()
    meeting = rows.get_one(Meeting, meeting_id)
    meeting.day = meeting.ended_on = day
    meeting.made_on, meeting.pack_out_on = day - timedelta(days=14), day - timedelta(days=7)
    for vote in rows.scalars(select(VoteRound).where(VoteRound.meeting_id == meeting_id)):
        vote.opened_at, vote.closes_at, vote.closed_at = evening, evening + timedelta(hours=1), evening + timedelta(minutes=12)
    for number, note in enumerate(rows.scalars(select(BoardNote).where(BoardNote.meeting_id == meeting_id).order_by(BoardNote.written_at))):
        note.written_at = evening + timedelta(minutes=20 + number)
    for decision in rows.scalars(select(BoardDecision).where(BoardDecision.meeting_id == meeting_id)):
        decision.decided_on = day
        hearing = rows.get(Hearing, decision.theme_id)
        if hearing and hearing.heard_on > day:
            hearing.heard_on = day
    rows.flush()
