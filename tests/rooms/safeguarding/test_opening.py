"""The opening gate (bar G5): every condition, what a lapse does and when, and what a child meets."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.making import PASSPHRASE, a_member, people_to_read, the
from tests.reading import Visitor
from tests.rooms.listening.making import SHORT, an_open_activity, to_check
from voice import asking, identity, safeguarding, storage
from voice.asking.models import Activity
from voice.config import settings
from voice.identity.models import Member, MemberRole
from voice.keeping.models import Submission
from voice.safeguarding import opening
from voice.safeguarding.models import Drill
from voice.safeguarding.opening_models import Opening, Training
from voice.safeguarding.opening_rules import Condition, Reader, Readiness, may_go_on, readiness

SignIn = Callable[..., Visitor]
DAY = date(2027, 3, 1)
TWO = [Reader(uuid.uuid4(), name, DAY - timedelta(days=30), DAY + timedelta(days=300), True) for name in ("Ada", "Ben")]


def ready(readers: list[Reader] = TWO, drilled: date | None = DAY, *, hours: bool = True, night: bool = True, day: date = DAY) -> Readiness:
    return readiness(readers, drilled, has_hours=hours, has_night=night, day=day)


# --- the rules


def test_with_all_of_it_forms_may_open() -> None:
    assert ready().is_whole
    assert ready().is_open


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("people", ready(TWO[:1])),
        ("factor", ready([TWO[0], replace(TWO[1], has_second_factor=False)])),
        ("training", ready([TWO[0], replace(TWO[1], trained_on=None, valid_until=None)])),
        ("drill", ready(drilled=None)),
        ("hours", ready(hours=False)),
        ("night", ready(night=False)),
    ],
)
def test_without_any_one_of_them_none_opens(code: str, found: Readiness) -> None:
    assert code in [each.code for each in found.at("closed")]
    assert not found.is_open
    assert not may_go_on(found, DAY - timedelta(days=100))


def test_a_way_to_sign_in_that_is_not_known_is_no_lack_of_one() -> None:
    assert ready([replace(each, has_second_factor=None) for each in TWO]).is_whole


def test_training_counts_only_of_those_who_sign_in_with_two_factors() -> None:
    three = [*TWO, replace(TWO[0], name="Cy", has_second_factor=False)]
    assert ready([replace(three[0], valid_until=None), *three[1:]]).at("closed")[0].code == "training"


@pytest.mark.parametrize(("days", "level"), [(0, "met"), (5, "met"), (6, "soon"), (7, "soon"), (8, "late"), (14, "late"), (15, "closed")])
def test_a_practice_alert_warns_after_seven_days_and_closes_after_fourteen(days: int, level: str) -> None:
    found = ready(day=DAY + timedelta(days=days))
    assert [each.level for each in found.conditions if each.code == "drill"] == [level]
    assert found.is_open == (level != "closed")


@pytest.mark.parametrize(("days", "level"), [(-8, "met"), (-6, "soon"), (0, "soon"), (1, "late"), (14, "late"), (15, "closed")])
def test_training_warns_from_seven_days_before_and_closes_fourteen_after(days: int, level: str) -> None:
    day = TWO[0].valid_until + timedelta(days=days) if TWO[0].valid_until else DAY
    found = ready(drilled=day, day=day)
    assert [each.level for each in found.conditions if each.code == "training"] == [level]


def test_in_a_lapse_what_is_open_goes_on_and_nothing_new_begins() -> None:
    found = ready(day=DAY + timedelta(days=9))
    assert may_go_on(found, DAY)
    assert may_go_on(found, DAY + timedelta(days=7))
    assert not may_go_on(found, DAY + timedelta(days=8))
    assert found.closes_after == DAY + timedelta(days=14)


def test_nothing_closes_on_a_day_where_nothing_has_lapsed() -> None:
    assert ready().closes_after is None
    assert Readiness((Condition("hours", "closed"),)).good_until is None


# --- on the pages


def drilled(days_ago: int) -> None:
    for row in storage.session().query(Drill):
        row.passed_at = storage.now() - timedelta(days=days_ago)
    storage.commit()


def lack(what: str) -> None:
    """Take one thing away that must be there."""
    session, lead = storage.session(), identity.members_with("safeguarding_lead")[0].id
    if what == "people":
        session.delete(session.get_one(MemberRole, (lead, "safeguarding_lead")))
    elif what == "training":
        session.delete(session.get_one(Training, lead))
    elif what == "drill":
        session.query(Drill).delete()
    elif what == "hours":
        session.get_one(Opening, 1).days = []
    elif what == "night":
        session.get_one(Opening, 1).night_phone = None
    else:
        session.query(Activity).one().dpia = None
    storage.commit()


@pytest.mark.parametrize("what", ["people", "training", "drill", "hours", "night", "dpia"])
def test_the_form_shows_its_closed_page_with_help(visitor: Visitor, what: str) -> None:
    an_open_activity()
    assert visitor.open("/take-part/way").heading == "Your way to school"
    lack(what)
    page = visitor.open("/take-part/way")
    assert page.heading == "Closed for now"
    assert "0800 1111" in page.words
    assert "999" in page.words


def test_without_a_second_factor_it_stays_closed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    an_open_activity()
    lead = the("safeguarding_lead")

    class Factors:
        def __init__(self, enough: bool) -> None:
            self.enough = enough

    monkeypatch.setattr(identity, "factors_of", lambda member_id: Factors(member_id != lead), raising=False)
    assert visitor.open("/take-part/way").heading == "Closed for now"
    monkeypatch.setattr(identity, "factors_of", lambda member_id: Factors(True), raising=False)
    storage.changes_of().put_all()  # the product did not see it
    assert visitor.open("/take-part/way").heading == "Your way to school"


def test_where_nobody_writes_nobody_need_be_there_to_read(visitor: Visitor) -> None:
    picking = {**SHORT, "name": "pick", "questions": SHORT["questions"][:2]}
    an_open_activity("pick", document=picking, readers=False, dpia=None)
    assert visitor.open("/take-part/pick").heading == "Your way to school"


def test_after_seven_days_it_stays_open_after_fourteen_it_closes(visitor: Visitor) -> None:
    an_open_activity(opens_in=-30)
    drilled(14)
    assert visitor.open("/take-part/way").heading == "Your way to school"
    drilled(15)
    assert visitor.open("/take-part/way").heading == "Closed for now"


def test_nothing_new_opens_while_something_has_lapsed(visitor: Visitor) -> None:
    an_open_activity(opens_in=0)
    drilled(9)
    assert visitor.open("/take-part/way").heading == "Closed for now"


def test_whoever_had_begun_can_send_for_a_day_and_a_phone_for_thirty(app: Flask, visitor: Visitor) -> None:
    an_open_activity(opens_in=-60)
    to_check(visitor, change="More buses")
    drilled(15)
    assert visitor.press("Send it").heading == "Thank you. We have it."
    message: dict[str, Any] = {"activity": "way", "key": str(uuid.uuid4()), "answers": {"change": {"words": "Offline"}}}
    closed = {"on": "check", "go": "send", "key": str(uuid.uuid4()), "a.change": "Late"}
    last = storage.session().get_one(Opening, 1)
    last.last_open_at = storage.now() - timedelta(hours=25)
    storage.commit()
    assert "Closed for now" in app.test_client().post("/take-part/way/sent", data=closed).get_data(as_text=True)
    assert app.test_client().post("/api/v1/submissions", json=message).status_code == 403
    by_phone = {"Origin": "http://localhost"}
    assert app.test_client().post("/api/v1/submissions", json=message, headers=by_phone).status_code == 201
    last = storage.session().get_one(Opening, 1)
    last.last_open_at = storage.now() - timedelta(days=31)
    storage.commit()
    message["key"] = str(uuid.uuid4())
    assert app.test_client().post("/api/v1/submissions", json=message, headers=by_phone).status_code == 403
    assert storage.session().query(Submission).count() == 2


def test_a_pledge_needs_people_to_read_it_too(visitor: Visitor) -> None:
    an_open_activity()
    assert visitor.open("/pledges/new").soup.select("form")
    lack("hours")
    assert "Closed" in visitor.open("/pledges/new").heading or not visitor.open("/pledges/new").soup.select("[name=pledge]")


def test_the_worker_notes_when_all_was_last_well(app: Flask) -> None:
    an_open_activity()
    before = storage.session().get_one(Opening, 1).last_open_at
    assert opening.watch() == 1
    row = storage.session().get_one(Opening, 1)
    assert before
    assert row.last_open_at
    assert row.last_open_at >= before
    storage.commit()
    lack("drill")
    assert opening.watch() == 0


# --- warnings


def letters() -> list[tuple[str, str]]:
    found = sorted(Path(settings().data / "outbox").glob("*.eml"))
    read = (message_from_bytes(each.read_bytes(), policy=policy.default) for each in found)
    return [(str(each["To"]), f"{each['Subject']} {each.get_content()}") for each in read]


def test_leads_are_warned_before_a_lapse_and_all_staff_after_it_once(app: Flask) -> None:
    an_open_activity()
    a_member("officer", email="officer@demo.example")
    a_member("board_member", email="board@demo.example")
    assert opening.warn() == 0
    drilled(6)
    assert opening.warn() == 1
    storage.commit()
    assert sorted(to for to, _words in letters()) == ["lead-1@demo.example", "lead-2@demo.example"]
    assert opening.warn() == 0
    drilled(8)
    assert opening.warn() == 1
    storage.commit()
    assert [to for to, _words in letters()].count("officer@demo.example") == 1
    assert "board@demo.example" not in dict(letters())
    assert "/safeguarding/ready" in dict(letters())["officer@demo.example"]


def test_staff_read_of_it_above_their_work(signed_in: SignIn) -> None:
    an_open_activity(opens_in=-30)
    officer = signed_in("officer")
    assert not officer.open("/work/asking").soup.select(".lapsed")
    drilled(8)
    assert "Tell a safeguarding lead." in officer.open("/work/asking").one(".lapsed").get_text()
    drilled(20)
    assert "are closed" in officer.open("/work/asking").one(".lapsed").get_text()


# --- putting it on record


def test_a_lead_records_hours_and_the_others_training(signed_in: SignIn) -> None:
    an_open_activity(readers=False)
    other = a_member("safeguarding_deputy", email="deputy@demo.example")
    lead = signed_in("safeguarding_lead", email="lead@demo.example")
    page = lead.open("/safeguarding/ready")
    assert "are closed" in page.words
    assert "Somebody else records yours." in page.words
    today = storage.today()
    given = {"trained_on": str(today), "valid_until": str(today - timedelta(days=1))}
    assert "later than the day of the training" in lead.press("Record the training", status=400, **given).words
    lead.press("Record the training", **{**given, "valid_until": str(today + timedelta(days=365))})
    assert storage.session().get_one(Training, other).valid_until == today + timedelta(days=365)
    hours: dict[str, str | list[str]] = {"days": ["0", "1", "2", "4"], "opens_at": "9", "closes_at": "8:00", "night_phone": "x"}
    page = lead.press("Say it on the pages", status=400, **hours)
    assert "later than the time they begin" in page.words
    assert "no telephone number" in page.words
    page = lead.press("Say it on the pages", **{**hours, "closes_at": "16.30", "night_phone": "+44 1632 960999"})
    said = opening.reading_hours()
    assert said
    assert (said.days, said.opens_at, said.closes_at, said.night_phone) == ((0, 1, 2, 4), "09:00", "16:30", "01632 960999")
    own = the("safeguarding_lead")
    token = str(page.soup.select("[name=csrf_token]")[0]["value"])
    data = {"csrf_token": token, "trained_on": str(today), "valid_until": str(today + timedelta(days=9))}
    headers = {"Origin": "http://localhost", "Referer": "http://localhost/safeguarding/ready"}
    assert lead.client.post(f"/safeguarding/ready/training/{own}", data=data, headers=headers).status_code == 403
    with pytest.raises(opening.OwnTraining):
        safeguarding.record_training(own, today, today + timedelta(days=2), own)


def test_an_administrator_sees_readiness_and_no_concern(signed_in: SignIn) -> None:
    people_to_read()
    administrator = signed_in("administrator")
    assert "Yes. Young people may be asked to write." in administrator.open("/safeguarding/ready").words
    administrator.open("/safeguarding", status=403)
    assert storage.session().query(Member).count() == 3
    assert PASSPHRASE


@pytest.mark.parametrize("role", ["officer", "board_member", "answer_owner", "partner"])
def test_nobody_else_opens_it(signed_in: SignIn, role: str) -> None:
    someone = signed_in(role)
    someone.open("/safeguarding/ready", status=403)
    assert someone.client.post("/safeguarding/ready/hours").status_code in (400, 403)


def test_an_officer_names_the_dpia_of_an_activity(signed_in: SignIn) -> None:
    an_open_activity(dpia=None)
    officer = signed_in("officer")
    assert "Name the impact assessment" in officer.open("/work/asking/way").words
    assert "Write the reference" in officer.press("Name it", status=400, dpia="").words
    page = officer.press("Name it", dpia="DPIA 2026-14")
    assert "The impact assessment is named." in page.words
    found = asking.activity("way")
    assert found
    assert found.dpia == "DPIA 2026-14"
    assert asking.closed_because(found) is None


# --- what children read


def test_pages_say_when_somebody_reads_and_whom_to_call_when_not(visitor: Visitor) -> None:
    an_open_activity()
    words = visitor.open("/help-now").words
    assert "Monday – Friday, 9:00 am – 4:00 pm" in words
    assert "01632 960 999" in words
    visitor.open("/take-part/way")
    visitor.press("Start")
    for _page in range(3):
        page = visitor.press("Continue")
    assert "We read on these days: Monday – Friday, 9:00 am – 4:00 pm." in page.words
    assert "poniedziałek – piątek, 9:00 – 16:00" in visitor.open("/pl/help-now").words


def test_what_nobody_has_said_is_on_no_page(visitor: Visitor) -> None:
    words = visitor.open("/help-now").words
    assert "these days" not in words
    assert "help team" not in words
