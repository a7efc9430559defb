"""Alerts on a simulated clock and through a real post server: within a minute, at 15 and 30 minutes, and for 48 hours of no post."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from tests.making import a_member, a_submission, an_activity
from tests.reading import Visitor
from tests.rooms.safeguarding.clock import Simulated, simulated
from tests.rooms.safeguarding.postbox import Postbox, a_post_server, free_port, letters_go_to
from voice import safeguarding, storage
from voice.extensions import db
from voice.keeping.models import Submission
from voice.safeguarding import rota_actions
from voice.safeguarding.models import Alert, Screening
from voice.safeguarding.queries import alerts_of
from voice.workers import jobs_of

FRIDAY_17_05 = datetime(2026, 1, 9, 17, 5, tzinfo=UTC)
WEDNESDAY_10 = datetime(2026, 1, 7, 10, tzinfo=UTC)
DANGER = "I will kill myself tonight."
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEAD, DEPUTY, MANAGER = "ann@demo.example", "ben@demo.example", "max@demo.example"
Tell = Callable[[str, object], None]


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    with a_post_server(app) as found:
        yield found


@pytest.fixture
def people(app: Flask) -> dict[str, uuid.UUID]:
    """A lead and a deputy on weekdays from nine to five, and a manager beyond the rota with a second address."""
    made = {
        LEAD: a_member("safeguarding_lead", email=LEAD),
        DEPUTY: a_member("safeguarding_deputy", email=DEPUTY),
        MANAGER: a_member("safeguarding_deputy", email=MANAGER),
    }
    rota_actions.add_turns(range(5), 540, 1020, lead=made[LEAD], deputy=made[DEPUTY], by=None)
    rota_actions.set_contact("manager", by=None, member=made[MANAGER])
    rota_actions.set_contact("lado", by=None, name="LADO", email="lado@county.example")
    for email in (LEAD, MANAGER):
        rota_actions.set_second_address(made[email], email.replace("@", "-text@"), made[email])
    storage.commit()
    return made


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Simulated:
    """Only what this room does in the background runs: two days of it take seconds."""
    ours = tuple(job for job in jobs_of(app).all() if job.name in ("alert the leads", "watch the watch"))
    monkeypatch.setattr(jobs_of(app), "_jobs", {job.name: job for job in ours})
    return simulated(app, monkeypatch, WEDNESDAY_10)


def a_concern(*, immediate: bool = True) -> uuid.UUID:
    submission_id = a_submission(DANGER).submission_id
    row = storage.session().query(Screening).filter_by(submission_id=submission_id).one()
    row.is_immediate, concern_id = immediate, row.id
    storage.commit()
    return concern_id


def alerts() -> list[Alert]:
    storage.session().expire_all()
    return storage.session().query(Alert).order_by(Alert.made_at, Alert.recipient).all()


def test_an_alert_leaves_within_a_minute_at_whatever_second_it_comes(
    app: Flask, clock: Simulated, people: object, box: Postbox, record_property: Tell
) -> None:
    took = []
    for second in range(0, 60, 7):
        clock.pass_time(timedelta(seconds=second % 13 + 1), pause=timedelta(seconds=1))
        before = len(box.letters)
        a_concern()
        took.append(clock.until(lambda before=before: len(box.letters) > before, timedelta(seconds=60)))  # type: ignore[misc]
    assert max(took) <= timedelta(seconds=60)
    assert set(box.to()) == {LEAD}
    worst = max(took).total_seconds()
    record_property(
        "budget",
        f"safeguarding ({app.extensions['voice.settings'].database_url.split(':')[0]}): alert sent, worst of {len(took)}: {worst:.0f} s of 60",
    )


def test_friday_17_05(
    app: Flask, clock: Simulated, people: dict[str, uuid.UUID], box: Postbox, signed_in: Callable[..., Visitor], record_property: Tell
) -> None:
    """The screen flags it, those who were on last are written to, nobody opens it, it climbs; the page says it is out of hours."""
    clock.set(FRIDAY_17_05)
    concern_id = a_concern()
    sent = {"lead": clock.until(lambda: LEAD in box.to(), MINUTE)}
    clock.pause = timedelta(seconds=20)
    sent["deputy"] = sent["lead"] + clock.until(lambda: DEPUTY in box.to(), 16 * MINUTE)
    sent["manager"] = sent["deputy"] + clock.until(lambda: MANAGER in box.to(), 16 * MINUTE)
    assert sent["lead"] <= MINUTE
    assert timedelta(0) <= sent["deputy"] - 15 * MINUTE <= MINUTE
    assert timedelta(0) <= sent["manager"] - 30 * MINUTE <= MINUTE
    assert sorted(box.to()) == sorted([LEAD, DEPUTY, MANAGER, "ann-text@demo.example", "max-text@demo.example"])
    clock.pass_time(2 * HOUR, pause=10 * MINUTE)
    assert len(box.letters) == 5  # nobody is written to twice
    for _to, subject, text in box.letters:
        assert not {"kill", "myself", "tonight", "danger", "suicide"} & set(re.findall(r"\w+", f"{subject} {text}".lower()))
    lead = signed_in("safeguarding_deputy", email=DEPUTY)
    page = lead.open("/safeguarding")
    assert "Out of hours." in page.words
    assert "999" in page.words
    assert "Danger now" in page.words
    for each, time in sent.items():
        record_property("budget", f"safeguarding, Friday 17:05: {each} written to after {time.total_seconds() / 60:.1f} min")
    assert {told.to for told in alerts_of(concern_id)} == {"Ann", "Ben", "Max"}


def test_what_is_opened_in_time_climbs_no_further(clock: Simulated, people: dict[str, uuid.UUID], box: Postbox) -> None:
    concern_id = a_concern()
    clock.pass_time(10 * MINUTE, pause=15 * MINUTE / 60)
    safeguarding.open_concern(concern_id, people[LEAD])
    storage.commit()
    clock.pass_time(HOUR, pause=MINUTE)
    assert box.to() == [LEAD]


def test_other_worries_climb_after_two_and_four_hours_of_service(clock: Simulated, people: object, box: Postbox) -> None:
    clock.set(datetime(2026, 1, 9, 16, tzinfo=UTC))
    a_concern(immediate=False)
    clock.pass_time(timedelta(days=2), pause=HOUR)
    assert box.to() == [LEAD]
    clock.set(datetime(2026, 1, 12, 9, 59, tzinfo=UTC))
    clock.work()
    assert DEPUTY not in box.to()
    clock.pass_time(MINUTE)
    assert DEPUTY in box.to()
    clock.pass_time(2 * HOUR, pause=10 * MINUTE)
    assert MANAGER in box.to()


def test_the_next_turns_lead_is_told_of_what_nobody_opened(clock: Simulated, people: dict[str, uuid.UUID], box: Postbox) -> None:
    other = a_member("safeguarding_lead", email="cal@demo.example")
    storage.session().query(rota_actions.RotaTurn).filter_by(weekday=3).one().lead_id = other
    storage.commit()
    clock.set(datetime(2026, 1, 7, 16, 30, tzinfo=UTC))
    a_concern(immediate=False)
    clock.pass_time(MINUTE)
    clock.set(datetime(2026, 1, 8, 9, 0, tzinfo=UTC))
    clock.work()
    assert box.to() == [LEAD, "cal@demo.example"]


def test_where_one_address_is_refused_the_other_is_not_written_to_again(clock: Simulated, app: Flask, box: Postbox) -> None:
    """Without a rota everyone is written to; the post fails between two of them."""
    for number in (1, 2):
        a_member("safeguarding_lead", email=f"lead-{number}@demo.example")
    box.refused.add("lead-2@demo.example")
    a_concern(immediate=False)
    clock.pass_time(30 * MINUTE, pause=timedelta(seconds=15))
    assert box.to() == ["lead-1@demo.example"]
    assert box.tries > 5
    box.refused.clear()
    clock.pass_time(11 * MINUTE, pause=timedelta(seconds=15))
    assert box.to() == ["lead-1@demo.example", "lead-2@demo.example"]


def test_after_48_hours_without_post_the_letter_still_goes(
    app: Flask, clock: Simulated, people: object, signed_in: Callable[..., Visitor], record_property: Tell
) -> None:
    officer = signed_in("officer")
    with letters_go_to(app, free_port()):
        a_concern()
        clock.pass_time(MINUTE)
        assert "stopped: alerts" in officer.client.get("/watch").text
        clock.pass_time(HOUR, pause=5 * MINUTE)
        clock.pass_time(47 * HOUR, pause=45 * MINUTE)
        first = next(each for each in alerts() if each.step == "first")
        assert first.sent_at is None
        assert first.gave_up_at is None
        assert first.attempts >= 48
        tried = first.attempts
    with a_post_server(app) as box:
        clock.pass_time(10 * MINUTE)
        assert {LEAD, DEPUTY, MANAGER} <= set(box.to())
        assert len(box.to()) == len(set(box.to()))
        clock.pass_time(MINUTE)
    assert officer.client.get("/watch").status_code == 200
    record_property("budget", f"safeguarding: post away for 48 hours, {tried} tries, then sent once to each")


def test_its_final_failure_is_an_alarm_that_stays(
    app: Flask, clock: Simulated, people: object, box: Postbox, signed_in: Callable[..., Visitor]
) -> None:
    box.how = "refuse"
    a_concern()
    clock.pass_time(50 * HOUR, pause=HOUR)
    assert all(each.gave_up_at for each in alerts() if each.step == "first")
    box.how = "take"
    clock.pass_time(2 * MINUTE)
    officer = signed_in("officer")
    assert officer.client.get("/watch").status_code == 503
    assert "alerts to the safeguarding leads" in officer.open("/work").soup.get_text()


def test_a_slow_post_server_holds_up_nobody(app: Flask, clock: Simulated, people: object, box: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.post.TIMEOUT", 0.3)
    box.how = "dawdle"
    a_concern()
    clock.work()
    assert [each.failure for each in alerts()] == ["SMTPServerDisconnected"]
    a_submission("More bins in the park.")  # somebody sends their words meanwhile
    box.how = "take"
    clock.pass_time(MINUTE)
    assert LEAD in box.to()


def test_a_clock_that_goes_back_puts_no_alert_off(clock: Simulated, people: object, box: Postbox) -> None:
    clock.pass_time(MINUTE)
    clock.set(clock.moment - 5 * HOUR)
    a_concern()
    clock.pass_time(MINUTE)
    assert LEAD in box.to()


def test_a_crash_after_the_letter_sends_it_again_and_never_loses_it(
    clock: Simulated, people: object, box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_given: object) -> None:
        raise SystemExit

    a_concern()
    with monkeypatch.context() as broken:
        broken.setattr("voice.safeguarding.alerting._write_outcome", dies)
        with pytest.raises(SystemExit):
            safeguarding.alert_leads()
    a_concern()  # what comes meanwhile is another letter
    clock.pass_time(MINUTE)
    assert box.to() == [LEAD, LEAD, LEAD]
    assert box.names.count(box.names[0]) == 2, "the letter that may have gone is the same letter again"
    assert len(set(box.names)) == 2
    assert all(each.sent_at for each in alerts())


@pytest.mark.parametrize("at", range(12))
def test_whatever_fails_between_keeping_and_screening_nothing_is_kept_alone(app: Flask, at: int) -> None:
    """R4: a submission is never there without its row of screening, at whatever statement the transaction breaks."""

    an_activity()
    count = iter(range(1000))

    def breaks(*_given: object) -> None:
        if next(count) == at:
            raise RuntimeError("injected")

    event.listen(db.engine, "before_cursor_execute", breaks)
    try:
        a_submission(DANGER)
    except RuntimeError:
        storage.session().rollback()
    finally:
        event.remove(db.engine, "before_cursor_execute", breaks)
    kept, screened = (storage.session().query(table).count() for table in (Submission, Screening))
    assert kept == screened


def test_a_gap_in_the_rota_is_written_to_everyone_once(clock: Simulated, people: object, box: Postbox, signed_in: Callable[..., Visitor]) -> None:
    storage.session().query(rota_actions.RotaTurn).filter_by(weekday=4).delete()
    storage.commit()
    clock.pass_time(HOUR, pause=MINUTE)
    assert sorted(box.to()) == sorted([LEAD, DEPUTY, MANAGER])
    assert "gap" in box.letters[0][1]
    lead = signed_in("safeguarding_lead", email=LEAD)
    assert "The rota has a gap." in lead.open("/safeguarding").words
