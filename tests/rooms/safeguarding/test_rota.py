"""Who is on now, at every awkward hour of the year; bank holidays; clocks that run in hours of service."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.safeguarding.holidays import bank_holidays, easter_sunday, is_working_day
from voice.safeguarding.rota_rules import (
    Absence,
    Rota,
    Turn,
    a_working_day_after,
    after_service,
    gaps,
    local,
    longest_without,
    on_now,
    spans,
    steps_due,
    try_again_at,
)

ANN, BEN, CAL, DEE = (uuid.UUID(int=number) for number in range(1, 5))
WEEK = tuple(Turn(day, 9 * 60, 17 * 60, ANN, BEN) for day in range(5))
EVERYONE = frozenset((ANN, BEN, CAL, DEE))


def rota(*turns: Turn, away: tuple[Absence, ...] = (), able: frozenset[uuid.UUID] = EVERYONE) -> Rota:
    return Rota(turns or WEEK, away, able)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "in_hours"),
    [
        ("2026-03-27T09:00", True),  # the Friday before summer time: 9:00 is 9:00
        ("2026-03-27T08:59", False),
        ("2026-03-30T08:00", True),  # the Monday after: 9:00 is 8:00 UTC
        ("2026-03-30T07:59", False),
        ("2026-03-30T16:00", False),  # 17:00
        ("2026-10-23T15:59", True),  # the last Friday of summer time, 16:59
        ("2026-10-26T09:00", True),
        ("2026-10-26T08:59", False),
        ("2028-02-29T12:00", True),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(moment: str, in_hours: bool) -> None:
    assert on_now(at(moment), rota()).in_hours is in_hours


def test_midnight_belongs_to_the_turn_that_begins() -> None:
    late, early = Turn(1, 22 * 60, 24 * 60, ANN, BEN), Turn(2, 0, 6 * 60, CAL, DEE)
    known = rota(late, early)
    assert on_now(at("2026-01-06T23:59"), known).lead == ANN  # Tuesday
    assert on_now(at("2026-01-07T00:00"), known).lead == CAL
    assert not on_now(at("2026-01-07T06:00"), known).in_hours


def test_a_turn_over_the_night_the_clocks_change_is_an_hour_shorter_or_longer() -> None:
    night = Turn(6, 0, 6 * 60, ANN, BEN, on_holidays=True)  # Sunday
    spring, autumn = next(spans(date(2026, 3, 29), 0, [night])), next(spans(date(2026, 10, 25), 0, [night]))
    assert (spring.ends - spring.begins, autumn.ends - autumn.begins) == (timedelta(hours=5), timedelta(hours=7))


def test_out_of_hours_those_who_were_on_last_are_called_until_the_next_turn() -> None:
    friday = rota(*WEEK[:4], Turn(4, 9 * 60, 17 * 60, CAL, DEE))
    found = on_now(at("2026-01-09T17:05"), friday)
    assert (found.lead, found.deputy, found.in_hours) == (CAL, DEE, False)
    assert found.until == at("2026-01-12T09:00")
    assert found.called == (CAL, DEE, ANN, BEN)


def test_a_bank_holiday_has_no_turn_but_one_that_says_so() -> None:
    good_friday = at("2026-04-03T10:00")
    assert not on_now(good_friday, rota()).in_hours
    assert on_now(good_friday, rota(Turn(4, 0, 1440, DEE, CAL, on_holidays=True))).lead == DEE


def test_somebody_away_has_their_stand_in_and_a_stand_in_theirs() -> None:
    day = date(2026, 1, 7)
    away = (Absence(ANN, day, day, CAL), Absence(CAL, day, day, DEE))
    assert on_now(at("2026-01-07T10:00"), rota(away=away)).called[:2] == (DEE, BEN)
    assert on_now(at("2026-01-08T10:00"), rota(away=away)).called[:2] == (ANN, BEN)
    ring = (Absence(ANN, day, day, CAL), Absence(CAL, day, day, ANN))
    assert on_now(at("2026-01-07T10:00"), rota(away=ring)).lead == BEN


def test_who_left_or_must_not_know_is_passed_over_for_the_next_on_the_rota() -> None:
    known = rota(*WEEK[:3], Turn(3, 540, 1020, CAL, DEE))
    assert on_now(at("2026-01-07T10:00"), known.without([ANN])).lead == BEN
    assert on_now(at("2026-01-07T10:00"), known.without([ANN, BEN])).called == (CAL, DEE)
    assert on_now(at("2026-01-07T10:00"), known.without(EVERYONE)).called == ()
    assert on_now(at("2026-01-07T10:00"), Rota((), (), EVERYONE)).called == ()


def test_gaps_are_days_without_a_turn_and_turns_without_two_people() -> None:
    monday = date(2026, 1, 5)
    assert gaps(monday, 7, rota()) == []
    assert [(gap.day.weekday(), gap.kind) for gap in gaps(monday, 7, rota(*WEEK[:4]))] == [(4, "no_turn")]
    away = (Absence(BEN, monday, monday, ANN),)
    assert [(gap.day, gap.kind, gap.starts) for gap in gaps(monday, 7, rota(away=away))] == [(monday, "one_alone", 540)]
    assert {gap.kind for gap in gaps(monday, 7, rota(able=frozenset((CAL,))))} == {"nobody"}
    assert gaps(date(2026, 4, 3), 1, rota()) == []  # Good Friday


def test_the_longest_time_with_nobody_on_is_the_weekend() -> None:
    assert longest_without(date(2026, 1, 5), WEEK) == timedelta(hours=64)
    assert longest_without(date(2026, 1, 5), ()) is None


def test_bank_holidays_of_england_and_wales() -> None:
    """As gov.uk/bank-holidays has them."""
    assert sorted(bank_holidays(2026)) == [date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))]
    assert {date(2022, 12, 26), date(2022, 12, 27), date(2022, 6, 3), date(2022, 9, 19)} <= bank_holidays(2022)
    assert date(2022, 5, 30) not in bank_holidays(2022)
    assert {date(2023, 1, 2), date(2023, 5, 8)} <= bank_holidays(2023)
    assert {date(2028, 1, 3), date(2028, 4, 14), date(2028, 4, 17)} <= bank_holidays(2028)
    assert [easter_sunday(year) for year in (2024, 2025, 2038)] == [date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25)]


@given(st.integers(min_value=1978, max_value=2199))
def test_every_year_has_its_holidays_on_weekdays(year: int) -> None:
    days = bank_holidays(year)
    assert len(days) >= 8
    assert all(day.weekday() < 5 for day in days)


def test_two_hours_of_service_go_on_after_the_weekend_and_the_holiday() -> None:
    assert after_service(at("2026-01-09T16:00"), 120, WEEK) == at("2026-01-12T10:00")
    assert after_service(at("2026-04-02T15:30"), 120, WEEK) == at("2026-04-07T09:30")  # over Easter: 16:30 local, then 10:30
    assert after_service(at("2026-01-09T16:00"), 120, ()) == at("2026-01-09T18:00")
    assert after_service(at("2026-01-10T12:00"), 30, WEEK) == at("2026-01-12T09:30")


def test_one_working_day_is_the_same_time_on_the_next_one() -> None:
    assert a_working_day_after(at("2026-01-09T16:00")) == at("2026-01-12T16:00")
    assert a_working_day_after(at("2026-03-27T16:00")) == at("2026-03-30T15:00")  # 16:00 both times
    assert a_working_day_after(at("2028-02-28T10:00")).date() == date(2028, 2, 29)
    assert not is_working_day(date(2026, 12, 28))


def test_danger_climbs_at_15_and_30_minutes_at_any_hour_and_other_worries_in_service() -> None:
    since = at("2026-01-09T17:05")
    steps = {minutes: steps_due(since, danger=True, moment=since + timedelta(minutes=minutes), turns=WEEK)[-1] for minutes in (0, 14, 15, 29, 30)}
    assert steps == {0: "first", 14: "first", 15: "deputy", 29: "deputy", 30: "manager"}
    assert steps_due(since, danger=False, moment=at("2026-01-12T10:59"), turns=WEEK) == ["first"]
    assert steps_due(since, danger=False, moment=at("2026-01-12T11:00"), turns=WEEK) == ["first", "deputy"]
    assert steps_due(since, danger=False, moment=at("2026-01-12T13:00"), turns=WEEK)[-1] == "manager"
    assert steps_due(since, danger=True, moment=since - timedelta(hours=1), turns=WEEK) == ["first"]  # the clock went back


@given(st.integers(min_value=1, max_value=5000))
def test_there_is_never_more_than_ten_minutes_between_two_tries(attempts: int) -> None:
    moment = at("2026-01-01T00:00")
    assert timedelta(seconds=15) <= try_again_at(moment, attempts) - moment <= timedelta(minutes=10)


@given(st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1)))  # noqa: DTZ001 (made aware below)
def test_at_every_moment_somebody_is_called_and_never_twice(moment: datetime) -> None:
    found = on_now(moment.replace(tzinfo=UTC), rota())
    assert found.called == (ANN, BEN)
    assert found.in_hours is (is_working_day(local(moment.replace(tzinfo=UTC)).date()) and 9 <= local(moment.replace(tzinfo=UTC)).hour < 17)
