"""The safeguarding lead opens, reads and closes; the alert holds no words; nobody else comes in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask

from tests.making import PASSPHRASE, a_member, a_submission, app_code, the
from tests.reading import Visitor
from voice import audit, keeping, reading, safeguarding, storage
from voice.audit.models import AuditRow
from voice.config import settings
from voice.safeguarding.models import Alert, Drill, Screening
from voice.workers import run_due

DANGER = "I will kill myself tonight."
SignIn = Callable[..., Visitor]


@pytest.fixture
def lead(signed_in: SignIn) -> Visitor:
    return signed_in("safeguarding_lead", email="lead@demo.example")


def letters() -> list[str]:
    """Letters in the outbox, each as its headers and text."""
    found = sorted(Path(settings().data / "outbox").glob("*.eml"))
    return [
        "\n".join([str(message["To"]), str(message["Subject"]), message.get_content()])
        for message in (message_from_bytes(f.read_bytes(), policy=policy.default) for f in found)
    ]


def a_concern(*, immediate: bool = True) -> uuid.UUID:
    submission_id = a_submission(DANGER).submission_id
    row = storage.session().query(Screening).filter_by(submission_id=submission_id).one()
    assert row.is_concern
    row.is_immediate, concern_id = immediate, row.id
    storage.commit()
    return concern_id


def work(app: Flask) -> dict[str, int]:
    """What the worker does beside the pages; what the test itself has open ends first."""
    storage.session().rollback()
    return run_due(app, "tests")


def acts(what: str) -> int:
    return storage.session().query(AuditRow).filter_by(what=what).count()


def test_a_lead_opens_reads_and_closes_with_a_reason_and_all_of_it_is_recorded(lead: Visitor) -> None:
    a_concern(immediate=False)
    page = lead.open("/safeguarding")
    assert "Nobody has opened it" in page.words
    assert DANGER.encode() not in page.raw
    page = lead.press("Open")
    assert page.one("mark").get_text() in DANGER
    assert page.one(".voice.said .words").get_text() == DANGER
    assert "11–13" in page.words
    assert acts("concern opened") == acts("read concern") == 1
    assert "Say why." in lead.press("Close it", outcome="referred", status=400).words
    assert acts("read concern") == 2
    page = lead.press("Close it", outcome="referred", reason="Spoke to social care.")
    assert "Referred to children’s social care" in page.words
    assert "Nothing waits." in page.words
    assert safeguarding.waiting() == 0
    assert "Spoke to social care." in lead.follow("Read it again").words


def test_the_question_stands_above_what_was_said(lead: Visitor) -> None:
    a_concern()
    lead.open("/safeguarding")
    heading = lead.press("Open").one(".voice.said h2").get_text()
    assert heading.endswith("?") or len(heading.split()) > 2


def test_no_further_action_on_danger_now_needs_another_lead(lead: Visitor) -> None:
    a_member("safeguarding_deputy", email="deputy@demo.example")
    a_member("officer", email="officer@demo.example")
    a_concern()
    lead.open("/safeguarding")
    lead.press("Open")
    alone = {"outcome": "no_further_action", "reason": "A line of a song."}
    wrong = [
        ("", ""),
        ("lead@demo.example", PASSPHRASE),
        ("officer@demo.example", PASSPHRASE),
        ("deputy@demo.example", "not the passphrase"),
        ("deputy@demo.example", PASSPHRASE),
    ]  # the last without a code
    for email, passphrase in wrong:
        page = lead.press("Close it", **alone, second_email=email, second_passphrase=passphrase, status=400)
        assert "needs another lead or deputy" in page.words
        assert safeguarding.waiting() == 1
    lead.press("Close it", **alone, second_email="deputy@demo.example", second_passphrase=PASSPHRASE, second_code=app_code("deputy@demo.example"))
    assert safeguarding.waiting() == 0
    assert storage.session().query(Screening).one().second_by == the("safeguarding_deputy")


def test_a_concern_is_not_shown_before_it_is_opened(lead: Visitor) -> None:
    concern_id = a_concern()
    page = lead.open(f"/safeguarding/{concern_id}")
    assert page.heading == "Safeguarding"
    assert acts("read concern") == 0
    lead.open(f"/safeguarding/{uuid.uuid4()}", status=404)


def test_danger_now_comes_first_then_what_waits_longest(lead: Visitor) -> None:
    a_concern(immediate=False)
    a_concern(immediate=True)
    headings = [each.get_text() for each in lead.open("/safeguarding").soup.select(".case h3")]
    assert headings == ["Danger now", "A worry"]


@pytest.mark.parametrize("role", ["officer", "board_member", "administrator", "partner"])
def test_nobody_but_leads_and_deputies_comes_in_or_learns_that_something_waits(role: str, signed_in: SignIn) -> None:
    concern_id = a_concern()
    someone = signed_in(role)
    for path in ("/safeguarding", f"/safeguarding/{concern_id}"):
        page = someone.open(path, status=403)
        assert "Danger" not in page.words
    for path in (f"/safeguarding/{concern_id}/open", f"/safeguarding/{concern_id}/close", "/safeguarding/drill", "/safeguarding/drill/passed"):
        assert someone.client.post(path).status_code in (400, 403)
    assert safeguarding.waiting() == 1
    assert acts("concern opened") == 0


def test_the_way_in_and_its_number_are_in_the_bar_of_a_lead_alone(lead: Visitor, signed_in: SignIn) -> None:
    a_concern()
    assert lead.open("/safeguarding").one(".deskbar nav a[aria-current]").get_text(" ", strip=True) == "Safeguarding 1"
    officer = signed_in("officer")
    assert "Safeguarding" not in officer.open("/work").one(".deskbar").get_text()


def test_the_alert_is_sent_once_to_every_lead_and_holds_no_words(app: Flask) -> None:
    for number in (1, 2):
        a_member("safeguarding_lead", email=f"lead-{number}@demo.example")
    a_concern()
    assert work(app)["alert the leads"] == 1
    assert sorted(letter.split("\n")[0] for letter in letters()) == ["lead-1@demo.example", "lead-2@demo.example"]
    for letter in letters():
        assert not {"kill", "myself", "tonight"} & set(re.findall(r"\w+", letter.lower()))
    assert safeguarding.alert_leads() == 0
    assert len(letters()) == 2


@pytest.fixture
def no_post(app: Flask) -> Iterator[None]:
    """A post server that does not answer."""
    before = app.extensions["voice.settings"]
    app.extensions["voice.settings"] = replace(before, smtp_url="smtp://127.0.0.1:9")
    yield
    app.extensions["voice.settings"] = before


@pytest.mark.usefixtures("no_post")
def test_while_the_post_is_down_the_alert_stays_due_and_the_page_says_so(app: Flask, lead: Visitor) -> None:
    a_concern()
    assert work(app)["alert the leads"] == 0
    storage.session().expire_all()
    assert storage.session().query(Screening).one().alerted_at is None
    assert "Alerts are not going out." in lead.open("/safeguarding").words
    assert "could not be sent" in lead.press("Start a practice alert", status=503).words
    app.extensions["voice.settings"] = replace(settings(), smtp_url=None)
    assert safeguarding.alert_leads() == 0  # it was tried just now
    storage.session().query(Alert).one().next_try_at = storage.now()
    storage.commit()
    assert safeguarding.alert_leads() == 1


def test_the_page_warns_while_nothing_runs_in_the_background(app: Flask, lead: Visitor) -> None:
    assert "Alerts are not going out." in lead.open("/safeguarding").words
    work(app)
    assert "Alerts are not going out." not in lead.open("/safeguarding").words
    assert "Not working now" not in lead.open("/safeguarding").soup.get_text()
    storage.session().expire_all()
    lease = storage.session().get_one(storage.Lease, "alert the leads")
    lease.last_done = storage.now() - timedelta(minutes=6)
    storage.commit()
    assert "Alerts are not going out." in lead.open("/safeguarding").words


def test_a_practice_alert_opens_the_pages_where_young_people_write(lead: Visitor) -> None:
    a_member("safeguarding_deputy", email="deputy@demo.example")
    assert "are closed" in lead.open("/safeguarding").words
    page = lead.press("Start a practice alert")
    code = re.findall(r"\d{6}", letters()[0])[0]
    assert code.encode() not in page.raw
    assert "That is not the code" in lead.press("That is the code", code="12", status=400).words
    assert "are closed" not in lead.press("That is the code", code=f"{code[:3]} {code[3:]}").words
    assert safeguarding.leads_ready()
    assert acts("drill passed") == 1


def test_a_practice_alert_too_late_or_of_someone_else_does_not_count(lead: Visitor, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    lead.open("/safeguarding")
    token = str(lead.press("Start a practice alert").one("[name=token]")["value"])
    code = re.findall(r"\d{6}", letters()[0])[0]
    other = signed_in("safeguarding_deputy")
    other.open("/safeguarding")
    other.press("Start a practice alert")
    other.press("That is the code", code=code, token=token, status=400)
    monkeypatch.setattr("voice.safeguarding.drills.IN_TIME", -1)
    lead.press("That is the code", code=code, status=400)
    assert storage.session().query(Drill).count() == 0


def test_a_drill_of_last_week_and_a_single_lead_close_the_pages(lead: Visitor) -> None:
    safeguarding.pass_drill(the("safeguarding_lead"))
    storage.commit()
    assert "There is 1 safeguarding lead." in lead.open("/safeguarding").words
    a_member("safeguarding_deputy")
    assert "are closed" not in lead.open("/safeguarding").words
    storage.session().query(Drill).one().passed_at = storage.now() - timedelta(days=8)
    storage.commit()
    assert "The last practice alert was passed on" in lead.open("/safeguarding").words
    assert not safeguarding.leads_ready()


def test_what_worried_us_keeps_its_words_when_it_is_taken_back_and_what_did_not_does_not(lead: Visitor) -> None:
    a_concern()
    worried = storage.session().query(Screening).one().submission_id
    ordinary = a_submission("More bins in the park, so that it is clean.").submission_id
    assert worried
    for submission_id in (worried, ordinary):
        keeping.erase(submission_id)
        storage.commit()
    left = storage.session().query(Screening).one()
    assert list((left.kept or {}).values()) == [DANGER]
    lead.open("/safeguarding")
    page = lead.press("Open")
    assert DANGER in page.one(".voice.said .words").get_text()
    assert "took it back" in page.words


def test_what_a_person_raised_says_why_and_goes_on_to_the_readers_when_closed(lead: Visitor) -> None:
    kept = a_submission("Dad gets cross on Fridays.")
    safeguarding.raise_concern(kept.submission_id, the("officer"), "The tone of it.")
    storage.commit()
    assert kept.view_ids[0] not in reading.next_to_read()
    assert "A person raised it" in lead.open("/safeguarding").words
    assert "The tone of it." in lead.press("Open").words
    lead.press("Close it", outcome="advice_left", reason="Left a number to call.")
    assert kept.view_ids[0] in reading.next_to_read()
    assert audit.about("concern", storage.session().query(Screening).one().id)
