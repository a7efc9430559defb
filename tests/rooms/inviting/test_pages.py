"""Officers make activities and groups, and print what lets people in; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from tests.making import a_member, a_plan, the
from tests.reading import Visitor
from tests.rooms.inviting.making import a_group
from tests.rooms.listening.making import an_open_activity, people_to_read
from voice import asking, inviting, plans, storage

SignIn = Callable[..., Visitor]


def test_an_officer_invites_a_class_and_prints_its_slips(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    officer.open("/work/asking")
    officer.follow("Your way to school")
    officer.follow("Invite a group")
    page = officer.press("Make the group", name="Maple 4B", kind="class")
    assert page.heading == "Maple 4B"
    assert "do not keep the codes" in page.words
    group_id = inviting.groups(asking.activity("way").id)[0].id  # type: ignore[union-attr]
    reply = officer.client.post(
        f"/work/asking/way/groups/{group_id}/slips",
        data={"csrf_token": page.one("form[target] [name=csrf_token]")["value"], "codes": "9", "language": "en"},
    )
    assert reply.status_code == 200
    assert reply.content_type == "application/pdf"
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.data.startswith(b"%PDF-")


def test_a_targeted_group_needs_its_words_and_its_people(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    officer.open("/work/asking/way/groups/new")
    page = officer.press("Make the group", status=400, name="Thursday circle", kind="targeted", reader=[])
    assert "Choose who the group is" in page.words
    assert "Choose at least one person" in page.words
    page = officer.press("Make the group", status=400, name="Thursday circle", kind="targeted", audience="own", own_words="")
    assert "Write who the group is" in page.words
    page = officer.press(
        "Make the group", name="Thursday circle", kind="targeted", audience="own", own_words="Young interpreters", reader=[str(the("officer"))]
    )
    assert "Young interpreters" in page.words
    facts = inviting.groups(asking.activity("way").id)[0]  # type: ignore[union-attr]
    assert facts.readers == {the("officer")}


def test_only_those_named_change_who_may_see_a_group(signed_in: SignIn, app: Flask) -> None:
    named = a_member("officer", email="named@demo.example")
    group = a_group("targeted", readers=[named], audience="Care leavers")
    other = signed_in("officer", email="other@demo.example")
    page = other.open(f"/work/asking/way/groups/{group}")
    assert "Change who may see it" not in page.words
    token = page.soup.select_one("[name=csrf_token]")
    assert token
    reply = other.client.post(f"/work/asking/way/groups/{group}/readers", data={"csrf_token": token["value"], "reader": str(the("officer"))})
    assert reply.status_code in (400, 403)
    assert inviting.group(group).readers == {named}  # type: ignore[union-attr]


def test_lost_slips_are_stopped(signed_in: SignIn, app: Flask) -> None:
    group = a_group()
    officer = signed_in("officer")
    officer.open(f"/work/asking/way/groups/{group}")
    assert "let nobody in any more" in officer.press("Stop the codes").words


def test_an_officer_makes_an_activity_and_reads_why_nobody_can_answer_yet(signed_in: SignIn, app: Flask) -> None:
    a_plan()
    officer = signed_in("officer")
    officer.open("/work/asking")
    officer.follow("Ask something new")
    officer.follow("See the questions")
    officer.open("/work/asking/new/youth-opinion-sheet")
    page = officer.press("Make it", status=400, decision_maker="", title="My mental health")
    assert "Name the role that can decide" in page.words
    assert "would tell others" in page.words
    page = officer.press("Make it", title="My week", decision_maker="Director for Children", dpia="DPIA 7")
    assert page.heading == "My week"
    assert page.path.startswith("/work/asking/my-week")
    assert "Two trained safeguarding leads are needed" in page.words
    people_to_read()
    assert "Open" in officer.open("/work/asking/my-week").words
    page = officer.open("/work/asking/new/youth-opinion-sheet")
    assert "Another activity has this address" in officer.press("Make it", status=400, title="My week", decision_maker="x").words


def test_what_matters_most_asks_for_the_priorities_of_the_plan_in_force(signed_in: SignIn, app: Flask) -> None:
    plan_id = a_plan()
    officer = signed_in("officer")
    officer.open("/work/asking/new/what-matters-most")
    officer.press("Make it", title="First things", decision_maker="Director for Children")
    made = asking.activity("first-things")
    assert made
    asked = asking.load_instrument(made.document, published=True).question("put_first")
    assert [choice.name for choice in asked.choices] == [each.code for each in plans.priorities(plan_id)]


def test_the_days_of_an_activity_must_follow_each_other(signed_in: SignIn, app: Flask) -> None:
    a_plan()
    officer = signed_in("officer")
    officer.open("/work/asking/new/youth-opinion-sheet")
    today = storage.today()
    page = officer.press(
        "Make it",
        status=400,
        title="My week",
        decision_maker="Director",
        closes_on=str(today - timedelta(days=2)),
        reply_by=str(today - timedelta(days=1)),
    )
    assert "cannot close before it opens" in page.words
    assert "Choose a day after it closes" in page.words


def test_only_a_feedback_box_names_sites(signed_in: SignIn, app: Flask) -> None:
    a_plan()
    officer = signed_in("officer")
    officer.open("/work/asking/new/one-thing-i-would-change")
    page = officer.press("Make it", status=400, title="One thing", decision_maker="Director", hosts="https://school.example/page")
    assert "not the name of a site" in page.words
    officer.press("Make it", title="One thing", decision_maker="Director", hosts="school.example\nclub.example", termly="y")
    facts = asking.activity("one-thing")
    assert facts
    assert (facts.embed_hosts, facts.repeats) == (("school.example", "club.example"), "termly")


def test_the_closing_day_changes(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    officer.open("/work/asking/way")
    assert "cannot close before" in officer.press("Change the closing day", status=400, closes_on="2020-01-01").words
    later = storage.today() + timedelta(days=70)
    officer.press("Change the closing day", closes_on=str(later))
    assert asking.activity("way").closes_on == later  # type: ignore[union-attr]


def test_nobody_but_officers_asks(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    for role in ("board_member", "answer_owner", "safeguarding_lead"):
        visitor = signed_in(role)
        for path in ("/work/asking", "/work/asking/way", "/work/asking/way/groups/new"):
            visitor.open(path, status=403)
