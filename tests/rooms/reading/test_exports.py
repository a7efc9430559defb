"""Words as a file: two people, a reason, one day, once; and a record of every view in it."""

from __future__ import annotations

import contextvars
import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.making import a_plan, a_submission, a_view, an_activity, the
from tests.reading import Visitor, ask
from voice import audit, keeping, storage
from voice.audit.models import AuditRow
from voice.reading import exports
from voice.reading.models import RawExport

SignIn = Callable[..., Visitor]
WHY = "The review of buses on 3 March."
BUS = "=The bus comes once a day."
HITS = "My dad hits me when mum is at work."


@pytest.fixture
def activity(app: Flask) -> str:
    a_plan()
    an_activity()
    a_view(BUS)
    a_submission(HITS)
    return "my-week"


@pytest.fixture
def asker(activity: str, signed_in: SignIn) -> Visitor:
    """An officer who has asked for the words of the activity."""
    officer = signed_in("officer", email="asks@demo.example")
    page = officer.open("/work/exports")
    value = str(page.soup.select("select option")[1]["value"])
    page = officer.press("Ask", activity=value, reason=WHY)
    assert "Waits for a second person" in page.words
    return officer


def request() -> RawExport:
    storage.session().expire_all()
    return storage.session().query(RawExport).one()


def say(who: Visitor, words: str) -> None:
    who.open("/work/exports")
    who.press(words)


def take(who: Visitor) -> tuple[int, bytes]:
    """Press the button as a browser would, or send what it would send where there is none."""
    found = who.open("/work/exports").soup.select_one("input[name=csrf_token]")
    assert found
    sent, address = {"csrf_token": str(found["value"]), "kind": "csv"}, f"/work/exports/{request().id}/take"
    reply = ask(lambda: who.client.post(address, data=sent))
    return reply.status_code, reply.data


def long_ago(who: Visitor, *, minutes: int) -> None:
    """They showed their second factor so many minutes ago."""

    def set_back() -> None:
        with who.client.session_transaction() as kept:
            kept["proved"] = int(storage.now().timestamp()) - 60 * minutes

    contextvars.Context().run(set_back)


def test_with_one_person_nothing_leaves(asker: Visitor) -> None:
    assert take(asker)[0] == 403
    page = asker.open("/work/exports")
    assert not page.soup.select("button[name=say]"), "they cannot say yes themselves"
    token = str(page.soup.select("input[name=csrf_token]")[0]["value"])
    reply = asker.client.post(f"/work/exports/{request().id}/answer", data={"csrf_token": token, "say": "yes"})
    assert reply.status_code == 403
    assert request().said_yes is None


@pytest.mark.parametrize("role", ["officer", "safeguarding_deputy", "board_worker"])
def test_with_two_it_leaves_once_and_every_line_says_for_whom(asker: Visitor, signed_in: SignIn, role: str) -> None:
    say(signed_in(role, email="second@demo.example"), "Yes, once")
    status, data = take(asker)
    assert status == 200
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [line["Words"] for line in lines] == [f"'{BUS}"]
    assert lines[0]["Made for"].startswith("Asks, 20")
    assert HITS.encode() not in data, "what the lead holds is not in it"
    assert take(asker)[0] == 403, "once"
    recorded = [row.what for row in storage.session().query(AuditRow).order_by(AuditRow.number) if "export" in row.what]
    assert recorded == ["raw export asked for", "raw export agreed to", "raw export taken", "exported"]
    assert audit.about("export", request().id)[0].why == WHY


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_yes_and_taking_ask_for_the_second_factor_again(asker: Visitor, signed_in: SignIn) -> None:
    second = signed_in("officer", email="second@demo.example")
    second.open("/work/exports")
    long_ago(second, minutes=31)
    assert second.press("Yes, once").path.startswith("/me/again")
    assert request().said_yes is None
    assert second.open("/work/exports").path.startswith("/me/again"), "the page with the buttons asks first"
    long_ago(second, minutes=0)
    say(second, "Yes, once")
    asker.open("/work/exports")
    long_ago(asker, minutes=31)
    assert asker.press("Take it as CSV").path.startswith("/me/again")
    assert request().taken_at is None
    long_ago(asker, minutes=0)
    assert take(asker)[0] == 200


def test_a_no_is_a_no(asker: Visitor, signed_in: SignIn) -> None:
    say(signed_in("officer", email="second@demo.example"), "No")
    assert take(asker)[0] == 403
    assert "said no" in asker.open("/work/exports").words


def test_after_a_day_it_is_too_late(asker: Visitor, signed_in: SignIn) -> None:
    second = signed_in("officer", email="second@demo.example")
    say(second, "Yes, once")
    assert take(second)[0] == 403, "only who asked for it may take it"
    row = request()
    assert row.answered_at
    row.answered_at -= timedelta(hours=24, seconds=1)
    storage.commit()
    assert take(asker)[0] == 403
    assert "Lapsed" in asker.open("/work/exports").words


def test_the_database_itself_refuses_one_person_twice(activity: str) -> None:
    officer, known = the("officer"), an_activity()
    export_id = exports.ask(known, WHY, officer)
    row = storage.session().get_one(RawExport, export_id)
    row.answered_by, row.answered_at, row.said_yes = officer, storage.now(), True
    with pytest.raises(IntegrityError):
        storage.session().flush()
    storage.session().rollback()


def test_what_was_taken_back_meanwhile_is_not_in_it(asker: Visitor, signed_in: SignIn) -> None:
    kept = a_submission("I change my mind.")
    say(signed_in("officer", email="second@demo.example"), "Yes, once")
    keeping.erase(kept.submission_id)
    storage.commit()
    assert b"I change my mind." not in take(asker)[1]


def test_an_empty_reason_is_put_right(activity: str, signed_in: SignIn) -> None:
    officer = signed_in("officer", email="asks@demo.example")
    officer.open("/work/exports")
    page = officer.press("Ask", reason="why", status=400)
    assert "Choose an activity." in page.words
    assert "Say it in a whole sentence." in page.words
