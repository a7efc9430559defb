"""A meeting as its members, its chair, its worker and a leader find it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.conftest import Ground
from tests.making import a_theme, a_view
from tests.reading import Visitor
from tests.rooms.reviewing.meeting.making import a_meeting, the_board, the_worker
from voice import reviewing, storage
from voice.retention import retention_of
from voice.reviewing.meeting import actions, asking, letters, queries, said
from voice.reviewing.meeting.models import BoardLetter, LeaderAsk, Meeting, MeetingTalk
from voice.reviewing.models import Hearing

SignIn = Callable[..., Visitor]
DAY = f"{storage.today() + timedelta(days=9):%Y-%m-%d}"


def _on(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> str:
    return f"/board/meetings/{meeting_id}/on/{theme_id}"


def _decided(meeting_id: uuid.UUID, theme_id: uuid.UUID, *, minority: str | None = None, shown: bool = False) -> None:
    what = actions.Decided(words="Lights first.", may_be_public=True, minority=minority, minority_may_be_public=shown)
    actions.decide(meeting_id, theme_id, what, the_board()[0])


def test_a_worker_makes_a_meeting_and_is_told_what_is_missing(signed_in: SignIn) -> None:
    the_board()
    first, second = a_theme("The park is dark."), a_theme("Clubs cost too much.")
    worker = signed_in("board_worker")
    page = worker.open("/board/meetings/new")
    page = worker.press("Save the meeting", 400, day="2020-01-01", begins_at="19:00", ends_at="18:00", adult="")
    for sentence in ("This day is over", "It ends before it begins", "Say where it is", "Say the name of the adult", "Say what they do"):
        assert sentence in page.words
    fields = {
        "day": DAY,
        "begins_at": "18:00",
        "ends_at": "19:30",
        "place": "The hub",
        "adult": "",
        "adult_name": "Sam Hill",
        "adult_role": "Youth worker",
    }
    page = worker.press("Save the meeting", **fields, **{f"theme-{first}": "2", f"theme-{second}": "1"})
    assert "Sam Hill , Youth worker" in page.words
    made = queries.next_meeting()
    assert made
    assert made.theme_ids == (second, first)
    assert len(made.seats) == 5
    assert "Clubs cost" not in signed_in("board_member").open(f"/board/meetings/{made.id}").words
    worker.open(f"/board/meetings/{made.id}")
    worker.press("Let the pack out")
    page = signed_in("board_member", email="again@demo.example").open(f"/board/meetings/{made.id}")
    assert page.words.index("Clubs cost") < page.words.index("The park is dark")
    assert page.words.index("hard to read") < page.words.index("Clubs cost"), "the warning comes first"


def test_the_first_page_of_the_room_leads_to_the_next_meeting(signed_in: SignIn) -> None:
    meeting_id = a_meeting([a_theme("The park is dark.")])
    board = signed_in("board_member")
    page = board.open("/board")
    assert page.words.index("Our next meeting") < page.words.index("To hear")
    assert board.follow("Open the pack").heading.startswith("Meeting on ")
    actions.call_off(meeting_id, the_worker())
    storage.commit()
    assert "Nothing is planned yet." in board.open("/board").words
    assert "This meeting is called off." in board.open(f"/board/meetings/{meeting_id}").words


def test_the_chair_leads_and_another_member_does_not(signed_in: SignIn) -> None:
    theme_id = a_theme("The park is dark.")
    chair = signed_in("board_member", email="chair@demo.example")
    meeting_id = a_meeting([theme_id], seats=the_board())
    other = signed_in("board_member", email="other@demo.example")
    page = other.open(f"/board/meetings/{meeting_id}")
    assert "Leading the meeting" not in page.words
    page = chair.open(f"/board/meetings/{meeting_id}")
    assert "Leading the meeting" in page.words
    assert "Change the meeting" not in page.words
    chair.press("Open the vote", minutes="15")
    assert "0 of 1 votes are in" in other.open(f"/board/meetings/{meeting_id}/round").words


def test_notes_decision_and_minority_view_stand_without_names(signed_in: SignIn) -> None:
    theme_id = a_theme("The park is dark.")
    meeting_id = a_meeting([theme_id])
    board, worker = signed_in("board_member"), signed_in("board_worker")
    page = board.open(_on(meeting_id, theme_id))
    assert page.heading == "Theme 1 of 1"
    page = board.press("Add the note", note="Nine would do.")
    assert "Nine would do." in page.words
    page = board.press("Save the decision", words="Lights first.", may_be_public="y", minority="Bins first.")
    assert "Some of us saw it another way Bins first. It stays in the room." in page.words
    page = worker.open(_on(meeting_id, theme_id))
    assert "Nine would do." in page.words
    assert not page.soup.select("main form[action$=decision]"), "a worker writes nothing here"
    assert "Nine would do." not in worker.press("Take this note away").words
    assert not reviewing.public_decisions([theme_id]), "the evening is not over"
    actions.end_meeting(meeting_id, the_worker())
    storage.commit()
    assert [(each.words, each.minority) for each in reviewing.public_decisions([theme_id])[theme_id]] == [("Lights first.", None)]
    assert storage.session().get(Hearing, theme_id), "what was talked about counts as heard"
    assert "Save the decision" not in board.open(_on(meeting_id, theme_id)).words


def test_a_decision_the_board_keeps_goes_nowhere(app: Flask) -> None:
    theme_id = a_theme("The park is dark.")
    meeting_id = a_meeting([theme_id])
    _decided(meeting_id, theme_id, minority="Bins first.", shown=True)
    actions.end_meeting(meeting_id, the_worker())
    assert reviewing.public_decisions([theme_id])[theme_id][0].minority == "Bins first."
    kept = actions.Decided(words="Lights first.", may_be_public=False, minority="Bins first.", minority_may_be_public=True)
    actions.decide(meeting_id, theme_id, kept, the_board()[0])
    assert not reviewing.public_decisions([theme_id])


def test_a_leader_hears_of_an_ask_answers_it_and_the_next_pack_shows_it(ground: Ground, signed_in: SignIn) -> None:
    theme_id = a_theme("The park is dark.", views=[a_view("GOLDCREST lives by the park.")])
    meeting_id = a_meeting([theme_id])
    board, owner, other = signed_in("board_member"), signed_in("answer_owner"), signed_in("partner")
    board.open(_on(meeting_id, theme_id))
    page = board.press("Send the ask", 400)
    assert "Write what you ask." in page.words
    asked = {"ask": "Leave the lights on.", "owner_role": "Head of Parks", "organisation": "The council", "owner": str(asking.leaders()[0].id)}
    board.press("Send the ask", **asked)
    found = reviewing.asks_to_leaders(inside=True)[0]
    letter = next((ground.folder / "outbox").iterdir()).read_text()
    assert f"/work/asks/{found.id}" in letter
    assert not [word for word in ("lights", "park is", "GOLDCREST") if word in letter]
    other.open(f"/work/asks/{found.id}", 404)
    storage.session().get_one(LeaderAsk, found.id).asked_on -= timedelta(days=9)
    storage.session().get_one(LeaderAsk, found.id).due_on = storage.today() - timedelta(days=1)
    storage.commit()
    assert "Late" in owner.open("/work/asks").words
    owner.follow("Leave the lights on.")
    page = owner.press("Answer the board", answer="From Monday, until nine.")
    assert "The board reads it at its next meeting." in page.words
    following = a_meeting([theme_id], in_days=20)
    page = board.open(f"/board/meetings/{following}")
    assert "What came of what we asked Leave the lights on." in page.words
    assert "From Monday, until nine." in page.words
    assert not reviewing.asks_to_leaders([theme_id]), "the board did not let everyone read it"
    assert not reviewing.came_of_asks(storage.today() - timedelta(days=30), storage.today())


def test_who_would_like_a_talk_is_nowhere(signed_in: SignIn) -> None:
    meeting_id = a_meeting([a_theme("The park is dark.")])
    board, worker = signed_in("board_member"), signed_in("board_worker")
    board.open(f"/board/meetings/{meeting_id}")
    page = board.press("I would like to talk to someone")
    assert "They do not see that it was you." in page.words
    assert page.soup.select("#talk a[href='/help-now']")
    assert not {"member_id", "wished_by", "words"} & set(MeetingTalk.__table__.c.keys())
    assert "look in on everyone" in worker.open("/board").words
    worker.open(f"/board/meetings/{meeting_id}")
    assert "Someone would like a talk" not in worker.press("I have looked in on everyone").words
    assert not said.someone_would_like_a_talk()


def test_letters_say_only_that_there_is_something_and_once_a_day(ground: Ground, signed_in: SignIn) -> None:
    theme_id = a_theme("The GOLDCREST is dark.")
    board = signed_in("board_member")
    board.open("/board")
    assert "You get these letters." in board.press("Yes, send me letters").words
    letters.there_is_something()
    letters.want_letters(the_worker(), yes=True)
    letters.there_is_something()
    a_meeting([theme_id])
    assert letters.send_what_is_owed() == 1, "none to who is not of the board"
    sent = [each.read_text() for each in (ground.folder / "outbox").iterdir()]
    assert len(sent) == 1
    assert "To: board_member@demo.example" in sent[0]
    assert not [word for word in ("GOLDCREST", "theme", "meeting", "vote") if word in sent[0].partition("\n\n")[2]]
    letters.there_is_something()
    storage.commit()
    assert letters.send_what_is_owed() == 0, "one a day"
    storage.session().execute(BoardLetter.__table__.update().values(last_on=storage.today() - timedelta(days=1)))
    storage.commit()
    assert letters.send_what_is_owed() == 1
    board.open("/board")
    board.press("Stop the letters")
    assert storage.session().scalars(select(BoardLetter.member_id)).all() == [the_worker()]


def test_nothing_of_a_meeting_can_be_downloaded(signed_in: SignIn) -> None:
    theme_id = a_theme("The park is dark.")
    meeting_id = a_meeting([theme_id])
    board = signed_in("board_member")
    for address in (f"/board/meetings/{meeting_id}", _on(meeting_id, theme_id)):
        page = board.open(address)
        assert not page.soup.select("a[download], a[href^=mailto], a[href^=data]")
        assert page.headers["Cache-Control"] == "no-store"
        assert "Pass" in page.words or "pass" in page.words
        assert page.soup.select("a[href='/help-now']")


def test_after_its_time_notes_seats_and_names_go_and_decisions_stay(app: Flask) -> None:
    theme_id = a_theme("The park is dark.")
    meeting_id = a_meeting([theme_id])
    actions.write_note(meeting_id, theme_id, "Nine would do.", the_board()[0])
    actions.wish_for_talk(meeting_id)
    _decided(meeting_id, theme_id)
    row = storage.session().get_one(Meeting, meeting_id)
    row.adult_id, row.adult_name, row.adult_role = None, "Sam Hill", "Youth worker"
    storage.commit()
    far = storage.today() + timedelta(days=900)
    rules = {name: rule for name, rule in retention_of(app).all().items() if name in ("board_notes", "board_talks", "board_meetings")}
    assert {name: rule.due(far) for name, rule in rules.items()} == {"board_notes": 1, "board_talks": 1, "board_meetings": 6}
    for rule in rules.values():
        assert rule.due(storage.today()) == 0
        rule.remove(far, 100)
        assert rule.due(far) == 0
    storage.session().expire_all()
    found = queries.meeting(meeting_id)
    assert found
    assert (found.seats, found.adult.name) == ((), "Somebody we trusted")
    assert said.decision(meeting_id, theme_id)
