"""Before and after, from a phone to the officer’s page: kept as marks alone, matched, taken back."""

from __future__ import annotations

import json
import random
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import the
from tests.reading import Page, Visitor, ask
from tests.rooms.counting.coding import Code, children, slipped
from tests.rooms.listening.making import an_open_activity, shipped
from voice import asking, inviting, keeping, pairing, storage
from voice.config import settings
from voice.counting.pairing.queries import before_and_after, settle
from voice.keeping.ending import end_link
from voice.keeping.models import Submission, View
from voice.pairing.models import PairMark
from voice.reading.models import SetAside

CODE: dict[str, str] = {"code_first": "m", "code_last": "j", "code_day": "9", "code_month": "may", "code_road": "p"}
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
PAGE = "/work/before-and-after/course"


@pytest.fixture
def course(app: Flask) -> uuid.UUID:
    with app.app_context():
        return an_open_activity("course", document=shipped("skills-before-and-after"))


def answered(activity_id: uuid.UUID, moment: str, code: Code, speak_up: str, **more: Any) -> uuid.UUID:
    """One person’s answers, kept as the page keeps them."""
    activity = asking.activity_by_id(activity_id)
    assert activity
    answers = {"moment": [moment], "speak_up": [speak_up]}
    facts = keeping.Facts(speaker="young_person", **more)
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers=answers, words=[], facts=facts)
    marks = pairing.marks_of(code, activity.address, pairing.key_from(settings().receipt_key))
    if marks:
        pairing.keep_marks(kept.submission_id, moment, marks)
    return kept.submission_id


def a_class(activity_id: uuid.UUID, many: int = 60) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """A third could say it at the start and all but a sixth at the end; one in six slips."""
    chance, found = random.Random(8), []
    for number, code in enumerate(children(8, many).before.values()):
        now = "middle" if number % 6 == 0 else "agree_a_lot"
        later = slipped(chance, code) if number % 6 == 1 else code
        found.append(
            (answered(activity_id, "before", code, "agree_a_bit" if number % 3 == 0 else "middle"), answered(activity_id, "after", later, now))
        )
    storage.commit()
    return found


def walk(visitor: Visitor, **given: str) -> Page:
    """From the first page to the receipt, answering what is named and passing over the rest. Gives the page before the code."""
    visitor.open("/take-part/course?w=older")
    page, told = visitor.press("Start"), visitor.page
    while page.soup.select("[name=at]"):
        name = str(page.one("[name=at]")["value"])
        told = page if name == "code_why" else told
        page = visitor.press("Continue", **({f"a.{name}": given[name]} if name in given else {}))
    visitor.press("Send it")
    assert told
    return told


def everything_kept() -> str:
    """All that any table of what was sent holds, as text."""
    tables = [each.__table__ for each in (Submission, View, PairMark)]
    return json.dumps([[str(cell) for cell in row] for table in tables for row in storage.session().execute(select(table))])


# --- from the phone


@on_sqlite
def test_a_code_typed_on_the_page_is_kept_as_marks_and_nowhere_else(app, visitor, course):
    told = walk(visitor, moment="before", speak_up="middle", **CODE)
    assert "Then we can put your two answers side by side. We do not keep the code." in told.words
    with app.app_context():
        sent = storage.session().scalars(select(Submission)).one()
        mark = storage.session().get_one(PairMark, sent.id)
        assert sent.answers == {"moment": ["before"], "speak_up": ["middle"]}
        assert (mark.moment, len(mark.marks), len(set(mark.marks)), mark.joined) == ("before", 6, 6, None)
        assert not [name for name in CODE if name in everything_kept()]


def sent_by_phone(app: Flask, key: uuid.UUID, moment: str | None = "after", solve: str | None = "middle", **code: str) -> int:
    """The status of the reply."""
    answers: dict[str, Any] = {name: {"codes": [each]} if name != "code_day" else {"number": int(each)} for name, each in code.items()}
    answers |= {name: {"codes": [each]} for name, each in (("moment", moment), ("solve", solve)) if each}
    return ask(lambda: app.test_client().post("/api/v1/submissions", json={"activity": "course", "key": str(key), "answers": answers})).status_code


def test_a_phone_sends_the_same_and_another_code_under_its_key_is_another_answer(app, course):
    key = uuid.uuid4()
    assert [sent_by_phone(app, key, **CODE), sent_by_phone(app, key, **CODE)] == [201, 200]
    assert sent_by_phone(app, key, **{**CODE, "code_day": "8"}) == 409
    with app.app_context():
        assert [each.moment for each in storage.session().scalars(select(PairMark))] == ["after"]


@on_sqlite
def test_who_skips_two_parts_or_the_moment_has_no_marks_and_a_code_alone_is_no_answer(app, course):
    part = {name: CODE[name] for name in ("code_first", "code_last", "code_day")}
    assert sent_by_phone(app, uuid.uuid4(), **part) == 201
    assert sent_by_phone(app, uuid.uuid4(), None, **CODE) == 201
    assert sent_by_phone(app, uuid.uuid4(), None, None, **CODE) == 422
    with app.app_context():
        assert len(storage.session().scalars(select(Submission)).all()) == 2
        assert storage.session().scalars(select(PairMark)).all() == []


# --- what is read


@on_sqlite
def test_the_officer_reads_how_far_they_came_and_no_code(app, course, signed_in):
    with app.app_context():
        a_class(course)
    page = signed_in("officer").open(PAGE)
    assert "8 in 10 say yes now; at the start it was 3 in 10." in page.words
    assert "Of 60 people who answered both times" in page.words
    assert "60 could be put side by side by the code they made. About 10 of them with one slip in it." in page.words
    assert "This is more than chance would give." in page.words
    assert not [name for name in CODE if name in page.soup.decode()]


@on_sqlite
def test_fewer_than_ten_are_too_few_to_say(app, course, signed_in):
    with app.app_context():
        a_class(course, 9)
    page = signed_in("officer").open(PAGE)
    assert "Too few to say. Figures need 10 people who answered at the start and at the end." in page.words
    assert "9" not in page.one("main").get_text()


@on_sqlite
def test_only_what_asks_for_a_code_is_listed(app, course, signed_in):
    with app.app_context():
        an_open_activity("way", readers=False)
    officer = signed_in("officer")
    page = officer.open("/work/before-and-after")
    assert [str(each["href"]) for each in page.soup.select("main section a")] == [PAGE]
    officer.open("/work/before-and-after/way", 404)


def test_taken_back_is_in_no_pair_and_no_table(app, course):
    with app.app_context():
        pairs = a_class(course, 20)
        keeping.erase(pairs[3][0])
        storage.commit()
        found = before_and_after("course")
        assert found
        assert (found.pairs, storage.session().get(PairMark, pairs[3][0])) == (19, None)
        assert len(storage.session().scalars(select(PairMark)).all()) == 39


def test_what_was_set_aside_or_sent_by_a_group_asked_on_purpose_is_in_no_pair(app, course):
    with app.app_context():
        pairs = a_class(course, 20)
        group = inviting.invite(
            course,
            inviting.Invitation(
                name="Ours", kind="targeted", audience="Care leavers", readers=[the("officer")], expires_on=storage.today() + timedelta(days=9)
            ),
            the("officer"),
        )
        storage.session().get_one(Submission, pairs[0][1]).group_id = group
        storage.session().add(SetAside(submission_id=pairs[1][0], group_id=uuid.uuid4()))
        storage.commit()
        found = before_and_after("course")
        assert found
        assert found.pairs == 18


# --- when receipts end


def test_when_receipts_end_marks_go_and_pairs_stay(app, course):
    with app.app_context():
        pairs = a_class(course, 20)
        alone = answered(course, "before", {**CODE, "code_day": "30"}, "middle")
        whole = before_and_after("course")
        for submission_id in [*pairs[0], pairs[1][0], alone]:
            end_link(storage.session().get_one(Submission, submission_id), storage.today())
        settle(alone, ())  # once more does no harm
        storage.commit()
        storage.session().expire_all()
        left = before_and_after("course")
        assert whole
        assert left
        assert (left.pairs, left.statements) == (20, whole.statements)
        assert storage.session().get_one(PairMark, pairs[0][0]).marks == []
        assert storage.session().get(PairMark, alone) is None
        joined = storage.session().scalars(select(PairMark.joined)).all()
        assert len(joined) == 40
        assert len(set(joined)) == 20


@on_sqlite
def test_whoever_asks_what_we_hold_is_told_of_marks(app, course):
    from voice.pairing.contributions import what_we_hold

    with app.app_context():
        held = [each.what for each in what_we_hold(answered(course, "before", {**CODE}, "middle"))]
    assert held == ["Marks of the code they made"]
