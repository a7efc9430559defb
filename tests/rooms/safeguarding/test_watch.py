"""The watch is watched (R12): whatever stops shows within five minutes, on the page and to an outside monitor. And practice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.making import a_member, a_submission, the
from tests.reading import Visitor
from tests.rooms.safeguarding.clock import Simulated, simulated
from tests.rooms.safeguarding.postbox import a_post_server, free_port, letters_go_to
from voice import safeguarding, storage
from voice.command import voice
from voice.safeguarding import chasing, queries, rota_actions, watching
from voice.safeguarding.actions import UNSURE
from voice.safeguarding.models import Drill, Practice, Screening
from voice.workers import Job, jobs_of

SignIn = Callable[..., Visitor]
MINUTE = timedelta(minutes=1)
Tell = Callable[[str, object], None]


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Simulated:
    ours = {job.name: job for job in jobs_of(app).all() if job.name in (watching.ALERTS, watching.WATCH)}
    monkeypatch.setattr(jobs_of(app), "_jobs", ours)
    found = simulated(app, monkeypatch, datetime(2026, 1, 7, 10, tzinfo=UTC))
    found.pass_time(2 * MINUTE, pause=MINUTE)
    return found


@pytest.fixture
def rota_people(app: Flask) -> Iterator[None]:
    lead, deputy = a_member("safeguarding_lead", email="ann@demo.example"), a_member("safeguarding_deputy", email="ben@demo.example")
    rota_actions.add_turns(range(5), 540, 1020, lead=lead, deputy=deputy, by=None)
    storage.commit()
    return iter(())


def drilled(app: Flask, patch: pytest.MonkeyPatch) -> Result:
    """What `voice drill` answers."""
    patch.setattr("voice.command._make_app", lambda: app)
    storage.session().rollback()
    return CliRunner().invoke(voice, ["drill"])


def seen(visitor: Visitor) -> tuple[int, str]:
    answer = visitor.client.get("/watch")
    return answer.status_code, answer.text


def test_all_is_well_while_all_of_it_runs(clock: Simulated, visitor: Visitor, signed_in: SignIn) -> None:
    assert seen(visitor) == (200, "ok\n")
    assert "Set-Cookie" not in visitor.client.get("/watch").headers
    assert not signed_in("officer").open("/work").soup.select(".stopped")


def test_a_worker_that_died_shows_on_every_desk_within_five_minutes(
    clock: Simulated, visitor: Visitor, signed_in: SignIn, record_property: Tell
) -> None:
    officer = signed_in("officer")
    stopped_at = clock.moment
    while seen(visitor)[0] == 200:
        clock.set(clock.moment + timedelta(seconds=15))
        assert clock.moment - stopped_at <= 5 * MINUTE
    assert seen(visitor) == (503, "stopped: worker\nstopped: alerts\n")
    assert "the work in the background" in officer.open("/work").one(".stopped").get_text()
    record_property("budget", f"safeguarding: a worker that stopped shows after {(clock.moment - stopped_at).total_seconds() / 60:.1f} min of 5")
    clock.work()
    assert seen(visitor)[0] == 200


def test_a_post_server_that_stopped_shows_before_anybody_needs_it(app: Flask, clock: Simulated, visitor: Visitor) -> None:
    with letters_go_to(app, free_port()):
        clock.pass_time(MINUTE + timedelta(seconds=5))
        assert seen(visitor) == (503, "stopped: post\n")
    clock.pass_time(MINUTE + timedelta(seconds=5))
    assert seen(visitor)[0] == 200


def test_an_outbox_nobody_can_write_to_shows(app: Flask, clock: Simulated, visitor: Visitor) -> None:
    before = app.extensions["voice.settings"]
    (before.data / "a file").write_text("")
    app.extensions["voice.settings"] = replace(before, data=before.data / "a file")
    clock.pass_time(MINUTE + timedelta(seconds=5))
    app.extensions["voice.settings"] = before
    assert "stopped: post" in seen(visitor)[1]


@pytest.mark.parametrize("verdict", ["dead", "blind"])
def test_a_screen_that_stopped_shows_and_what_came_meanwhile_is_read_first(
    clock: Simulated, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, verdict: str
) -> None:
    def dead(*_given: object, **_more: object) -> object:
        raise RuntimeError("gone")

    monkeypatch.setattr("voice.safeguarding.watching.screen_all", dead if verdict == "dead" else lambda *_given: UNSURE)
    monkeypatch.setattr("voice.safeguarding.actions.screen_all", dead)
    a_submission("My dad hits me.")
    assert storage.session().query(Screening).one().read_first
    clock.pass_time(MINUTE + timedelta(seconds=5))
    assert seen(visitor) == (503, "stopped: screen\n")


def test_a_job_that_breaks_or_is_not_run_shows(app: Flask, clock: Simulated, visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    def breaks() -> int:
        raise RuntimeError("broken")

    jobs_of(app)._jobs["seal"] = Job("seal", MINUTE, breaks)
    clock.work()
    assert seen(visitor) == (503, "stopped: jobs\n")
    jobs_of(app)._jobs["seal"] = Job("seal", MINUTE, lambda: 0)
    clock.pass_time(2 * MINUTE)
    assert seen(visitor)[0] == 200


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=3), timedelta(days=-400)])
def test_a_clock_that_jumps_shows(clock: Simulated, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, jump: timedelta) -> None:
    begun = clock.moment
    clock.set(clock.moment + jump)
    monkeypatch.setattr(watching, "_running", lambda: (begun + (clock.moment - begun - jump)).timestamp())
    clock.pass_time(2 * MINUTE)
    assert "stopped: clock\n" in seen(visitor)[1]
    clock.pass_time(timedelta(minutes=80), pause=20 * MINUTE)
    assert seen(visitor)[0] == 200


def test_what_is_watched_holds_no_number_and_needs_no_sign_in(visitor: Visitor) -> None:
    a_submission("I will kill myself tonight.")
    status, words = seen(visitor)
    assert status == 503
    assert not any(letter.isdigit() for letter in words)


def test_a_practice_goes_the_real_way_and_is_in_no_figure(
    app: Flask, clock: Simulated, rota_people: None, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_post_server(app) as box:
        ran = drilled(app, monkeypatch)
        assert ran.exit_code == 0, ran.output
        assert ran.output.startswith("Sent to Ann.")
        assert [letter[:2] for letter in box.letters] == [("ann@demo.example", "Practice alert in Voice")]
        clock.pass_time(16 * MINUTE, pause=MINUTE)
        assert box.to() == ["ann@demo.example", "ben@demo.example"]
    assert safeguarding.waiting() == 0
    assert queries.times().unopened == 0
    lead = signed_in("safeguarding_lead", email="ann@demo.example")
    assert "Practice alert" in lead.open("/safeguarding").words
    page = lead.press("Open the practice")
    assert "opened after 16 min" in page.words
    assert storage.session().query(Drill).count() == 0  # too late to count
    lead.press("Practise with whoever is on")
    clock.pass_time(MINUTE)
    lead.open("/safeguarding")
    lead.press("Open the practice")
    assert safeguarding.leads_ready()
    assert storage.session().query(Practice).count() == 2


def test_a_practice_that_cannot_be_sent_says_so(app: Flask, rota_people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with letters_go_to(app, free_port()):
        ran = drilled(app, monkeypatch)
    assert ran.exit_code == 1
    assert "could not be sent" in ran.output


def test_a_mash_that_does_not_acknowledge_is_chased_after_24_hours_also_when_closed(
    app: Flask, clock: Simulated, rota_people: None, signed_in: SignIn
) -> None:
    a_submission("My dad hits me.")
    lead = signed_in("safeguarding_lead", email="ann@demo.example")
    lead.open("/safeguarding")
    lead.press("Open")
    lead.press("Write it down", what="referred_to_mash", reference="M-7")
    lead.press("Close it", outcome="referred", reason="Over the line.")
    with a_post_server(app) as box:
        clock.pass_time(timedelta(hours=23), pause=timedelta(hours=1))
        assert box.letters == []
        clock.pass_time(timedelta(hours=2), pause=timedelta(minutes=30))
        assert [letter[:2] for letter in box.letters] == [("ann@demo.example", "An acknowledgement is late in Voice")]
    lead = signed_in("safeguarding_lead", email="ann@demo.example")  # a day later
    page = lead.open("/safeguarding")
    assert "The MASH has not acknowledged" in page.words
    assert page.one(".case.urgent h3").get_text(strip=True) == "The MASH has not acknowledged"
    lead.follow("Look at it")
    lead.press("Write it down", what="mash_acknowledged")
    assert chasing.awaited() == []


def test_times_to_a_human_are_told_as_they_are(clock: Simulated, rota_people: None, signed_in: SignIn) -> None:
    lead_id = the("safeguarding_lead")
    for minutes in (2, 10, 60):
        a_submission("My dad hits me.")
        clock.set(clock.moment + timedelta(minutes=minutes))
        row = storage.session().query(Screening).filter_by(opened_at=None).one()
        safeguarding.open_concern(row.id, lead_id)
        storage.commit()
    a_submission("My dad hits me.")
    clock.set(clock.moment + timedelta(minutes=7))
    found = safeguarding.times()
    assert (found.this_month.opened, found.this_month.median, found.this_month.worst) == (3, 10, 60)
    assert (found.open_now, found.unopened, found.oldest, found.out_of_hours_gap) == (4, 1, 7, 64)
    clock.set(datetime(2026, 2, 3, tzinfo=UTC))
    assert safeguarding.times().this_month.opened == 0
    assert safeguarding.times().this_year.opened == 3
    lead = signed_in("safeguarding_lead", email="ann@demo.example")
    assert "middle 10 min, longest 60 min, of 3" in lead.open("/safeguarding").words


def test_a_lead_makes_the_rota_and_names_who_is_beyond_it(rota_people: None, signed_in: SignIn) -> None:
    lead = signed_in("safeguarding_lead", email="ann@demo.example")
    lead_id, deputy_id = (str(the(role)) for role in ("safeguarding_lead", "safeguarding_deputy"))
    lead.open("/safeguarding/rota")
    assert (
        "It must end after it starts."
        in lead.press("Add them", weekdays=["5"], starts="12:00", ends="09:00", lead=lead_id, deputy=deputy_id, status=400).words
    )
    assert "Pick two people." in lead.press("Add them", weekdays=["5"], starts="09:00", ends="12:00", lead=lead_id, deputy=lead_id, status=400).words
    assert "Saturday, 22:00–24:00" in lead.press("Add them", weekdays=["5"], starts="22:00", ends="00:00", lead=lead_id, deputy=deputy_id).words
    assert (5, 22 * 60, 24 * 60) in safeguarding.hours()
    day = storage.today().isoformat()
    assert "Pick somebody else." in lead.press("Write it down", member=lead_id, first_day=day, last_day=day, stand_in=lead_id, status=400).words
    assert "stands in." in lead.press("Write it down", member=lead_id, first_day=day, last_day=day, stand_in=deputy_id).words
    lead.open("/safeguarding/people")
    assert "not an e-mail address" in lead.press("Keep these", lado_email="somewhere", status=400).words
    lead.press("Keep these", manager=deputy_id, lado_name="The LADO", lado_email="lado@county.example", alert_also="ann@texts.example")
    page = lead.open("/safeguarding/people")
    assert page.one("[name=alert_also]")["value"] == "ann@texts.example"
    assert page.one("[name=manager] option[selected]")["value"] == deputy_id


def test_without_a_rota_the_page_says_so(signed_in: SignIn) -> None:
    assert "There is no rota." in signed_in("safeguarding_lead").open("/safeguarding").words
