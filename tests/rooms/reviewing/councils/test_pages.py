"""A school council asks its own, decides, and sends it up; nothing of it is before the board until an officer has read it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import a_plan, a_theme, an_answer, member_visitor, people_to_read, the
from tests.reading import Visitor
from voice import asking, identity, inviting, storage
from voice.reviewing.councils import actions, queries

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
NAMED = "Mr Pendragon must stop shouting in the queue."
SAID = {"talked_about": "Lunch takes too long.", "decided": "We want two queues.", "asked_for": "Ask all schools for longer lunches."}


def a_school(app: Flask, name: str = "The Academy", email: str = "school@demo.example") -> tuple[Visitor, uuid.UUID]:
    """Whoever signs in for a school, and its council."""
    visitor = member_visitor(app, ["school"], email)
    member = next(each.id for each in identity.members_with("school") if each.email == email)
    place = identity.make_organisation(name, "school", None)
    identity.belong(place, None, member_id=member)
    council = actions.make_council(f"Council of {name}", "school", the("officer"), organisation_id=place)
    storage.commit()
    return visitor, council


def a_decision(council: uuid.UUID, *, through: bool = True) -> uuid.UUID:
    decision = actions.send_up(council, SAID, None, the("school"))
    if through:
        actions.let_through(decision, SAID, the("officer"))
    storage.commit()
    return decision


def test_nothing_a_council_sends_is_before_the_board_until_an_officer_read_it(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    school, council = a_school(app)
    officer, member, worker = signed_in("officer"), signed_in("board_member"), signed_in("board_worker")
    school.open(f"/work/councils/{council}")
    school.follow("Send up what we decided")
    page = school.press("Send it up", status=400, talked_about="Lunch takes too long.", decided="", asked_for="")
    assert "Say what you decided" in page.words
    assert "Lunch takes too long." in page.soup.select("textarea[name=talked_about]")[0].text
    page = school.press("Send it up", **SAID, minority=NAMED)
    assert "A participation officer reads it" in page.words
    sent = queries.unread()[0]
    for each in (member, worker):
        assert SAID["asked_for"] not in each.open("/board").words
        each.open(f"/board/councils/{sent.id}", status=404)
    page = officer.open("/work/councils")
    page = officer.open(f"/work/councils/decisions/{sent.id}")
    assert page.soup.select("mark"), "a name is not pointed at"
    officer.press("Let the board see it", minority="Some think the shouting in the queue must stop.")
    page = member.open("/board")
    assert SAID["asked_for"] in page.words
    page = member.open(f"/board/councils/{sent.id}")
    assert "Pendragon" not in page.words
    assert "Some think the shouting" in page.words
    assert "Pendragon" not in school.open(f"/work/councils/{council}").words, "what was taken out is still kept"


def test_the_board_answers_and_takes_it_to_a_theme_and_the_council_sees_what_came_of_it(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    theme = a_theme(heard=True)
    school, council = a_school(app)
    decision = a_decision(council)
    member = signed_in("board_member")
    member.open(f"/board/councils/{decision}")
    page = member.press("Take it there", status=400, theme=[])
    assert "Choose the theme it belongs to" in page.words
    member.press("Take it there", theme="buses-stop-too-early-for-us")
    assert "heard it with what others said" in school.open(f"/work/councils/{council}").words
    an_answer(theme)
    page = school.open(f"/work/councils/{council}")
    assert "What came of it" in page.words
    assert "Buses stop too early" in page.words
    member.open(f"/board/councils/{decision}")
    member.press("Answer them", words="We asked for it too. Tell us how it goes.")
    assert "Tell us how it goes" in school.open(f"/work/councils/{council}").words


def test_what_goes_back_says_why(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    school, council = a_school(app)
    decision, officer = a_decision(council, through=False), signed_in("officer")
    officer.open(f"/work/councils/decisions/{decision}")
    officer.press("Send it back", reason="Say it without the name of the teacher.")
    assert "without the name of the teacher" in school.open(f"/work/councils/{council}").words
    assert not queries.before_the_board()
    with pytest.raises(actions.TooLate):
        actions.let_through(decision, SAID, the("officer"))
    with pytest.raises(actions.TooLate):
        actions.reply(decision, "Words.", the("board_member"))


def test_another_school_sees_nothing_of_it(app: Flask) -> None:
    _school, council = a_school(app)
    other, _council = a_school(app, "The Other", "other@demo.example")
    for page in ("", "/decision", "/ask", "/ask/youth-opinion-sheet"):
        other.open(f"/work/councils/{council}{page}", status=404)


def test_a_council_asks_its_own_once_every_gate_is_passed(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    a_plan()
    school, council = a_school(app)
    officer = signed_in("officer")
    school.open(f"/work/councils/{council}/ask/youth-opinion-sheet")
    page = school.press("Make it", title="What about lunch?", closes_on=str(storage.today() + timedelta(days=400)), status=400)
    assert "three months" in page.words
    page = school.press("Make it", title="What about lunch?", closes_on=str(storage.today() + timedelta(days=10)))
    assert "Nobody can answer before" in page.words
    activity = queries.activities_of(council)[0]
    assert asking.closed_because(activity)
    assert "What about lunch?" in officer.open("/work/councils").words
    assert not school.open(f"/work/councils/{council}").soup.select("button[name=activity]"), "a code to what is not open"
    people_to_read()
    asking.name_dpia(activity.id, "DPIA 9", the("officer"))
    storage.commit()
    school.open(f"/work/councils/{council}")
    page = school.press("Make a code for our own")
    code = page.one(".show bdi").text

    assert inviting.check_code(code) == activity.slug


def test_an_officer_keeps_the_list(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    officer, worker = signed_in("officer"), signed_in("board_worker")
    officer.open("/work/councils")
    page = officer.press("Add the council", name="", run_by="", status=400)
    assert "Choose who runs it" in page.words
    officer.press("Add the council", name="Youth council", kind="youth", run_by=f"worker:{the('board_worker')}")
    page = officer.press("Add the council", name="Youth council", kind="youth", run_by=f"worker:{the('board_worker')}", status=400)
    assert "of this name already" in page.words
    assert "Youth council" in worker.open("/work/councils").words
