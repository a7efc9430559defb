"""What is past its last day goes on that day: neither before nor never, whatever the calendar does."""

from __future__ import annotations

import dataclasses
import itertools
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from tests.making import a_submission, a_theme, a_view, an_activity, an_answer, the
from tests.reading import Visitor
from voice import identity, inviting, keeping, reading, safeguarding, storage
from voice.answering.models import Answer
from voice.command import voice
from voice.config import Settings, WrongSetting, read_settings
from voice.extensions import db
from voice.keeping import AlreadyTakenBack, Facts, Kept
from voice.keeping.models import RetentionRun, Submission, Tombstone, View
from voice.keeping.workers import carry_out, every_hour
from voice.reading import translating
from voice.reading.alike import put_together
from voice.reading.models import Fingerprint, Translation
from voice.retention import months_before, retention_of
from voice.safeguarding.models import Screening
from voice.understanding.models import Theme, ThemeView

DAY = timedelta(days=1)
SENT = date(2027, 3, 1)


def sent(words: str = "The bus is late.", on: date = SENT, *, key: str | None = None, cleared: bool = True, pledge: bool = False) -> Kept:
    """Words of one sender that came in on a day of their own, read by an officer."""
    activity_id = None if pledge else an_activity()
    facts = Facts(age_band="11_13", received_on=on)
    kept = keeping.keep(key or str(uuid.uuid4()), activity_id=activity_id, answers={}, words=[("would_change", words)], facts=facts)
    safeguarding.screen_submission(kept.submission_id, [words])
    if cleared:
        reading.clear(kept.view_ids, the("officer"))
    storage.commit()
    return kept


def answered(kept: Kept, on: date) -> uuid.UUID:
    """The first “you said, we did” on a theme these words are part of."""
    answer_id = an_answer(a_theme(views=[*kept.view_ids, a_view(), a_view()], heard=True))
    row = storage.session().get_one(Answer, answer_id)
    row.published_on = on
    storage.commit()
    return row.theme_id


def there(kept: Kept) -> bool:
    storage.session().expire_all()
    return storage.session().get(Submission, kept.submission_id) is not None


def words_of(kept: Kept) -> list[str]:
    return list(storage.session().scalars(select(View.words).where(View.submission_id == kept.submission_id)))


# --- the calendar ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "months", "last"),
    [
        (date(2027, 9, 1), 6, date(2027, 3, 1)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2029, 2, 28), 12, date(2028, 2, 29)),  # a year after 29 February ends on 28 February
        (date(2028, 2, 28), 12, date(2027, 2, 28)),
        (date(2027, 2, 27), 6, date(2026, 8, 27)),
        (date(2027, 2, 28), 6, date(2026, 8, 31)),
        (date(2027, 3, 30), 1, date(2027, 2, 28)),
        (date(2027, 1, 15), 25, date(2024, 12, 15)),
    ],
)
def test_a_month_is_a_month_of_the_calendar(on: date, months: int, last: date) -> None:
    assert months_before(on, months) == last


def test_every_day_has_its_turn_once() -> None:
    """No day is left out, none is over before the ones before it, over a leap year and the one after."""
    for months in (1, 6, 12, 24):
        ends = [months_before(date(2027, 6, 1) + DAY * count, months) for count in range(800)]
        assert ends == sorted(ends)
        assert all(after - before <= 4 * DAY for before, after in itertools.pairwise(ends))
        assert months_before(date(2028, 12, 31), 12) == date(2027, 12, 31)


# --- the receipt ------------------------------------------------------------------------------------------------------------------


def test_a_receipt_ends_six_months_after_the_first_answer(app: Flask) -> None:
    kept = sent()
    answered(kept, date(2027, 5, 31))
    carry_out(date(2027, 11, 29))
    assert keeping.find(kept.words)
    carry_out(date(2027, 11, 30))  # November has no 31st
    assert keeping.find(kept.words) is None
    assert there(kept)
    assert words_of(kept) == ["The bus is late."]


def test_a_receipt_ends_a_year_after_it_was_sent_at_the_latest(app: Flask) -> None:
    kept = sent(on=date(2028, 2, 29))
    carry_out(date(2029, 2, 27))
    assert keeping.find(kept.words)
    carry_out(date(2029, 2, 28))
    assert keeping.find(kept.words) is None


def test_a_late_answer_does_not_wind_the_clock_back(app: Flask) -> None:
    kept = sent()
    answered(kept, SENT + 300 * DAY)
    carry_out(months_before_end(SENT, 12))
    assert keeping.find(kept.words) is None


def months_before_end(begun: date, months: int) -> date:
    """The first day on which what began then is over."""
    day = begun
    while months_before(day, months) < begun:
        day += DAY
    return day


def test_an_ended_receipt_leaves_no_way_from_words_to_row_and_no_second_copy(app: Flask) -> None:
    key = str(uuid.uuid4())
    kept = sent(key=key)
    before = storage.session().get_one(Submission, kept.submission_id)
    hashes = {before.key_hash, before.receipt_hash, before.payload_digest}
    carry_out(date(2028, 3, 2))
    after = storage.session().get_one(Submission, kept.submission_id)
    assert not hashes & {after.key_hash, after.receipt_hash, after.payload_digest}
    assert keeping.is_known(key)
    with pytest.raises(AlreadyTakenBack):
        sent(key=key)
    storage.session().rollback()
    assert storage.session().scalar(select(func.count()).select_from(Submission)) == 1
    tombstone = storage.session().scalars(select(Tombstone)).one()
    assert (tombstone.why, tombstone.erased_on) == ("link_ended", date(2028, 3, 1))


def test_words_of_an_ended_receipt_go_to_nobody_else(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sent()
    carry_out(date(2028, 3, 2))
    real = keeping.receipts.words_for
    monkeypatch.setattr(keeping.receipts, "words_for", lambda key, secret, again=0: real(key, secret, again) if again else kept.words)
    assert sent().words != kept.words


def test_what_nobody_may_see_goes_with_the_receipt(app: Flask) -> None:
    """From then on no receipt can take it out, so only what others may see of it stays."""
    shown, withheld, plain = (sent(words, cleared=False) for words in ("Ask Ivy Smith.", "My street is Elm Road.", "More buses."))
    officer = the("officer")
    reading.redact(shown.view_ids[0], "Ask …", reading.REASONS[0], officer)
    reading.withhold(withheld.view_ids[0], reading.REASONS[0], officer)
    reading.clear(plain.view_ids, officer)
    translating.translate(shown.view_ids[0], "cy", "Gofyn i Ivy Smith.", "Ask Ivy Smith.", officer)
    translating.translate(plain.view_ids[0], "cy", "Mwy o fysiau.", "More buses.", officer)
    put_together()
    storage.commit()
    carry_out(date(2028, 3, 2))
    assert list(storage.session().scalars(select(Translation.words))) == ["Mwy o fysiau."]
    assert storage.session().scalar(select(func.count()).select_from(Fingerprint).where(Fingerprint.view_id.in_(shown.view_ids))) == 0
    assert (words_of(shown), words_of(withheld), words_of(plain)) == (["Ask …"], [], ["More buses."])
    assert [each.words for each in reading.shown(shown.view_ids).values()] == ["Ask …"]


# --- what was said ------------------------------------------------------------------------------------------------------------------


def test_words_go_two_years_after_they_were_answered_and_what_was_published_stays(app: Flask, visitor: Visitor) -> None:
    kept = sent()
    theme_id = answered(kept, date(2027, 5, 31))
    page = f"/you-said-we-did/{storage.session().get_one(Theme, theme_id).slug}"
    before = visitor.open(page).raw
    carry_out(date(2029, 5, 30))
    assert there(kept)
    carry_out(date(2029, 5, 31))
    assert not there(kept)
    for view_id in storage.session().scalars(select(ThemeView.view_id).where(ThemeView.theme_id == theme_id)).all():
        keeping.erase(storage.session().get_one(View, view_id).submission_id)
    storage.commit()
    assert visitor.open(page).raw == before


def test_words_nobody_answered_go_two_years_after_their_receipt(app: Flask) -> None:
    kept = sent()
    carry_out(date(2030, 2, 28))
    assert there(kept)
    carry_out(date(2030, 3, 1))
    assert not there(kept)


def test_a_pledge_stays_a_year(app: Flask) -> None:
    an_activity()
    kept, answers = sent(pledge=True), sent()
    carry_out(date(2028, 2, 29))
    assert there(kept)
    carry_out(date(2028, 3, 1))
    assert not there(kept)
    assert there(answers)


# --- what is locked -----------------------------------------------------------------------------------------------------------------


def test_an_open_concern_is_never_touched_and_its_closing_lets_go(app: Flask) -> None:
    kept = a_submission("my dad hits me every night and i am scared", facts=Facts(received_on=SENT))
    reading.clear(kept.view_ids, the("officer"))
    storage.commit()
    carry_out(date(2040, 1, 1))
    assert there(kept)
    assert keeping.find(kept.words)
    assert keeping.overdue(date(2040, 1, 1))["receipts"] == 0
    assert keeping.locked(date(2040, 1, 1))["an open concern"] == 1
    concern, lead = safeguarding.concerns()[0], the("safeguarding_lead")
    safeguarding.open_concern(concern.id, lead)
    safeguarding.close(concern.id, lead, "referred", "The case is with them.")
    storage.commit()
    assert keeping.overdue(date(2040, 1, 1))["answers"] == 1
    carry_out(date(2040, 1, 1))
    assert not there(kept)


def test_words_nobody_has_read_stay_until_somebody_has(app: Flask) -> None:
    kept = sent(cleared=False)
    carry_out(date(2031, 1, 1))
    assert there(kept)
    assert keeping.locked(date(2031, 1, 1))["nobody having read it"] == 1
    reading.clear(kept.view_ids, the("officer"))
    storage.commit()
    carry_out(date(2031, 1, 1))
    assert not there(kept)


def test_a_closed_concern_keeps_its_words_thirty_days_and_its_dates_six_years(app: Flask) -> None:
    kept = a_submission("my dad hits me every night and i am scared")
    keeping.erase(kept.submission_id)
    concern, lead = safeguarding.concerns()[0], the("safeguarding_lead")
    safeguarding.open_concern(concern.id, lead)
    safeguarding.close(concern.id, lead, "referred", "The case is with them.")
    storage.commit()
    closed = storage.today()
    row = storage.session().get_one(Screening, concern.id)
    carry_out(closed + 30 * DAY)
    assert row.kept
    assert row.because
    carry_out(closed + 31 * DAY)
    row = storage.session().get_one(Screening, concern.id)
    assert (row.kept, row.because, row.outcome) == (None, [], "referred")
    carry_out(closed + 365 * 6 * DAY)
    assert storage.session().scalar(select(func.count()).select_from(Screening)) == 1
    carry_out(closed + (365 * 6 + 3) * DAY)
    assert storage.session().scalar(select(func.count()).select_from(Screening)) == 0


# --- the rest -------------------------------------------------------------------------------------------------------------------------


def test_letters_stay_a_week(app: Flask, ground: object) -> None:
    outbox = keeping.actions.settings().data / "outbox"
    outbox.mkdir(exist_ok=True)
    for name, ago in (("old", 8.1), ("new", 6)):
        letter = outbox / f"{name}.eml"
        letter.write_text("x")
        moment = (storage.now() - timedelta(days=ago)).timestamp()
        os.utime(letter, (moment, moment))
    assert keeping.overdue()["letters"] == 1
    carry_out()
    assert [each.name for each in outbox.iterdir()] == ["new.eml"]


def test_tombstones_stay_six_years_in_the_database_and_beside_it(app: Flask) -> None:
    settings = keeping.actions.settings()
    settings.taken_back.unlink(missing_ok=True)
    kept = sent()
    keeping.erase(kept.submission_id)
    storage.commit()
    day = storage.today()
    assert len(keeping.journal.read(settings.taken_back)) == 1
    carry_out(day + 365 * 6 * DAY)
    assert len(keeping.journal.read(settings.taken_back)) == 1
    carry_out(day + (365 * 6 + 3) * DAY)
    assert keeping.journal.read(settings.taken_back) == []
    assert storage.session().scalar(select(func.count()).select_from(Tombstone)) == 0


def test_an_answer_nobody_published_goes_after_a_year(app: Flask) -> None:
    an_answer(published=False)
    carry_out(storage.today() + 364 * DAY)
    assert storage.session().scalar(select(func.count()).select_from(Answer)) == 1
    carry_out(storage.today() + 366 * DAY)
    assert storage.session().scalar(select(func.count()).select_from(Answer)) == 0


def test_nothing_is_overdue_after_a_run_and_the_run_is_written_down(app: Flask) -> None:
    for count in range(7):
        sent(f"Words {count}.", on=storage.today() - (2000 + count) * DAY)
    on = storage.today()
    due = keeping.overdue(on)
    assert due["receipts"] == due["answers"] == 7
    done = carry_out(on)
    assert (done["receipts"], done["answers"]) == (7, 7)
    assert set(keeping.overdue(on).values()) == {0}
    told = keeping.last_runs()["answers"]
    assert (told.removed, told.overdue) == (7, 0)
    assert set(keeping.last_runs()) == set(retention_of(app).all())


def test_a_run_with_nothing_to_do_is_written_down_once_a_day(app: Flask) -> None:
    carry_out()
    count = storage.session().scalar(select(func.count()).select_from(RetentionRun))
    carry_out()
    assert storage.session().scalar(select(func.count()).select_from(RetentionRun)) == count == len(retention_of(app).all())


def test_it_goes_in_small_steps(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        sent()
    monkeypatch.setattr(keeping.workers, "BATCH", 2)
    committed = list[int]()
    real = keeping.workers.commit
    monkeypatch.setattr(keeping.workers, "commit", lambda: (committed.append(1), real())[1])
    carry_out(date(2028, 3, 2))
    assert len(committed) >= len(retention_of(app).all()) * 2 + 3
    assert set(keeping.overdue(date(2028, 3, 2)).values()) == {0}


def test_the_demo_is_left_as_it_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sent(on=date(2020, 1, 1))
    marker = keeping.actions.settings().demo_marker
    marker.write_text("{}")
    try:
        assert every_hour() == 0
        assert there(kept)
    finally:
        marker.unlink()
    assert every_hour() > 0
    assert not there(kept)


# --- the command -----------------------------------------------------------------------------------------------------------------------


def told(app: Flask, *options: str) -> str:
    db.session.remove()  # the command writes in a session of its own
    ran = CliRunner().invoke(voice, ["retention", *options], obj=lambda: app, standalone_mode=False)
    if ran.exception:
        raise ran.exception
    return ran.output


def lines(output: str) -> Iterator[tuple[int, str]]:
    for line in output.splitlines():
        count, _, what = line.strip().partition("  ")
        yield int(count), what


def test_the_command_counts_first_and_then_does(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sent(on=storage.today() - 1500 * DAY)
    monkeypatch.setattr("voice.command._make_app", lambda: app)
    first = {what: count for count, what in lines(told(app))}
    assert first["receipts past its day"] == first["answers past its day"] == 1
    assert there(kept)
    second = {what: count for count, what in lines(told(app, "--do"))}
    assert second["answers went"] == 1
    assert second["answers past its day"] == 0
    assert not there(kept)


def test_the_command_counts_as_on_another_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(on=storage.today())
    monkeypatch.setattr("voice.command._make_app", lambda: app)
    later = (storage.today() + 400 * DAY).isoformat()
    assert {what: count for count, what in lines(told(app, "--on", later))}["receipts past its day"] == 1
    with pytest.raises(Exception, match="stands alone"):
        told(app, "--do", "--on", later)


# --- settings and what we tell --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VOICE_KEEP_LINK_MONTHS", "13"),
        ("VOICE_KEEP_LINK_AT_MOST_MONTHS", "24"),
        ("VOICE_KEEP_ANSWERS_MONTHS", "25"),
        ("VOICE_KEEP_CONTACT_DAYS", "31"),
        ("VOICE_KEEP_BACKUPS_DAYS", "36"),
        ("VOICE_KEEP_READS_MONTHS", "24"),
        ("VOICE_KEEP_LETTERS_DAYS", "soon"),
    ],
)
def test_a_time_the_rules_do_not_allow_is_refused_kindly(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=rf"{name} is “{value}”. Set it to a whole number from \d+ to \d+ of (days|months)"):
        read_settings({"VOICE_DATA": str(tmp_path), name: value})


def test_the_periods_are_the_settings_and_each_rule_has_one(app: Flask, tmp_path: Path) -> None:
    usual = read_settings({"VOICE_DATA": str(tmp_path)}).keep
    other = dataclasses.replace(usual, link_months=3)
    assert [each.how_long for each in keeping.periods(usual) if each.name == "receipts"] == [6, 12]
    assert [each.how_long for each in keeping.periods(other) if each.name == "receipts"] == [3, 12]
    told_of = {each.name for each in keeping.periods(usual)}
    # These hold nothing of a child, and no page speaks of them.
    ours = {
        "journal",
        "leases",
        "runs",
        "backup runs",
        "drills",
        "practices",
        "alerts",
        "absences",
        "challenges",
        "limits",
    }
    assert set(retention_of(app).all()) - ours <= told_of
    assert all(each.how_long > 0 and each.why.endswith(".") for each in keeping.periods(usual))


def test_nothing_goes_early_in_the_hour_the_clocks_change(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days are those on the wall: in British summer one begins while UTC is still an hour behind, and none goes before its own midnight."""
    kept = sent(on=date(2027, 3, 28))
    for moment, still in ((datetime(2028, 3, 27, 22, 59, tzinfo=UTC), True), (datetime(2028, 3, 27, 23, 0, tzinfo=UTC), False)):
        monkeypatch.setattr("voice.storage.base.now", lambda moment=moment: moment)
        carry_out()
        assert (keeping.find(kept.words) is not None) is still


def test_settings_reach_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings: Settings = app.extensions["voice.settings"]
    monkeypatch.setitem(
        app.extensions, "voice.settings", dataclasses.replace(settings, keep=dataclasses.replace(settings.keep, link_at_most_months=2))
    )
    kept = sent()
    carry_out(date(2027, 5, 1))
    assert keeping.find(kept.words) is None
    assert identity.members_with("officer")
    assert inviting.groups(an_activity()) == []
