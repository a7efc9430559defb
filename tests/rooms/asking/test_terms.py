"""When the same questions are asked again: days, terms and what is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from voice.asking.terms import Span, due, last_day_before, name_of, term_of

TERMS = ((9, 1), (1, 5), (4, 20))


def span(opens: str, closes: str | None, reply: str) -> Span:
    return Span(opens_on=date.fromisoformat(opens), closes_on=date.fromisoformat(closes) if closes else None, reply_by=date.fromisoformat(reply))


AUTUMN = span("2026-09-14", "2026-10-14", "2026-12-01")


@pytest.mark.parametrize(
    ("day", "began", "called"),
    [
        ("2026-09-01", "2026-09-01", "autumn 2026"),
        ("2026-12-31", "2026-09-01", "autumn 2026"),
        ("2027-01-01", "2026-09-01", "autumn 2026"),  # January holidays still belong to the year before
        ("2027-01-04", "2026-09-01", "autumn 2026"),
        ("2027-01-05", "2027-01-05", "spring 2027"),
        ("2028-02-29", "2028-01-05", "spring 2028"),
        ("2027-04-19", "2027-01-05", "spring 2027"),
        ("2027-04-20", "2027-04-20", "summer 2027"),
        ("2027-08-31", "2027-04-20", "summer 2027"),
    ],
)
def test_a_day_is_in_the_term_that_began_last(day: str, began: str, called: str) -> None:
    term = term_of(date.fromisoformat(day), TERMS)
    assert term.isoformat() == began
    assert name_of(term) == called


def test_a_county_with_two_terms_has_two() -> None:
    assert term_of(date(2027, 6, 1), ((9, 1), (2, 1))) == date(2027, 2, 1)


@pytest.mark.parametrize("day", ["2026-09-14", "2026-10-14", "2026-10-15", "2026-12-31", "2027-01-04"])
def test_a_term_that_has_its_wave_gets_no_second(day: str) -> None:
    assert due(AUTUMN, date.fromisoformat(day), TERMS) is None


def test_the_next_wave_is_as_long_and_answered_as_soon() -> None:
    assert due(AUTUMN, date(2027, 1, 5), TERMS) == span("2027-01-05", "2027-02-04", "2027-03-24")


def test_made_late_it_still_counts_from_the_first_day_of_term() -> None:
    assert due(AUTUMN, date(2027, 1, 20), TERMS) == due(AUTUMN, date(2027, 1, 5), TERMS)


def test_a_term_that_went_by_is_left_out() -> None:
    assert due(AUTUMN, date(2027, 3, 1), TERMS) is None
    assert due(AUTUMN, date(2027, 4, 20), TERMS) == span("2027-04-20", "2027-05-20", "2027-07-07")


def test_nobody_is_asked_the_same_twice_at_once() -> None:
    long = span("2026-12-01", "2027-02-01", "2027-03-01")
    assert due(long, date(2027, 1, 5), TERMS) is None
    assert due(long, date(2027, 2, 2), TERMS) is None, "it ran in this term"
    assert due(long, date(2027, 4, 20), TERMS) is not None


def test_one_without_an_end_stays_open_until_the_next_begins() -> None:
    open_ended = span("2026-09-14", None, "2026-12-01")
    following = due(open_ended, date(2027, 1, 5), TERMS)
    assert following == span("2027-01-05", None, "2027-03-24")
    assert following
    assert last_day_before(following) == date(2027, 1, 4)


def test_one_that_opens_later_waits_for_its_day() -> None:
    assert due(span("2027-02-01", "2027-03-01", "2027-04-01"), date(2027, 1, 5), TERMS) is None


def test_a_length_over_a_leap_day_is_counted_in_days() -> None:
    before = span("2027-09-01", "2027-10-31", "2027-11-30")  # 60 days
    wave = due(before, date(2028, 1, 5), TERMS)
    assert wave
    assert wave.closes_on == date(2028, 3, 5)
    assert wave.closes_on - wave.opens_on == timedelta(days=60)


def test_a_day_begins_for_the_house_when_it_begins_in_greenwich() -> None:
    london = ZoneInfo("Europe/London")
    just_after_midnight = datetime(2027, 4, 20, 0, 30, tzinfo=london).astimezone(UTC).date()
    at_one = datetime(2027, 4, 20, 1, 0, tzinfo=london).astimezone(UTC).date()
    newest = span("2027-01-05", "2027-02-04", "2027-03-24")
    assert due(newest, just_after_midnight, TERMS) is None, "in summer time it is still the day before"
    assert due(newest, at_one, TERMS) is not None
    in_winter = datetime(2027, 1, 5, 0, 0, tzinfo=london).astimezone(UTC).date()
    assert due(AUTUMN, in_winter, TERMS) is not None
