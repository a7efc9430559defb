"""What a passphrase, a PIN and a code must be, and when a session is over: without an application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from voice.identity.rules import (
    CODE,
    RECOVERY,
    ROLES,
    SIGNS,
    code_of,
    good_step,
    idle_for,
    is_over,
    is_sign_in_name,
    new_code,
    new_secret,
    pin_weakness,
    read_code,
    step_of,
    weakness,
    written,
)

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
ABOUT = ("ada.weaver@hereford.example", "Ada Weaver", "Herefordshire")


@pytest.mark.parametrize(
    "good", ["a long walk by the river", "Ünder drei Bäumen lag ein Igel", "kettle 9 lantern moss pigeon", "x" * 3 + " quiet hammer orbit violet"]
)
def test_any_long_passphrase_that_is_not_easy_to_guess_is_good(good: str) -> None:
    assert weakness(good, ABOUT) is None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("kettle lantern", "short"),
        ("a" + " " * 20, "short"),
        ("x" * 501, "long"),
        ("passwordpassword1", "guessable"),
        ("qwertyuiopasdfghjkl", "guessable"),
        ("aaaaaaaaaaaaaaaaaaaaaa", "guessable"),
        ("iloveyouiloveyou", "guessable"),
        ("Ada Weaver Herefordshire", "guessable"),
        ("ada.weaver@hereford.example", "guessable"),
        ("herefordshire herefordshire", "guessable"),
        ("Herefordshire2026!", "guessable"),
    ],
)
def test_a_short_or_much_used_or_personal_passphrase_is_refused(bad: str, why: str) -> None:
    assert weakness(bad, ABOUT) == why


def test_passphrases_people_had_found_out_are_refused(record_property: Callable[[str, object], None]) -> None:
    """Of the 30,000 in zxcvbn's list of passwords that were found out, and of each of them twice over, none is taken."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    known = list(FREQUENCY_LISTS["passwords"])
    tried = [each for each in known if len(each) >= 15] + [each * 2 for each in known[:400] if len(each) * 2 >= 15]
    taken = [each for each in tried if weakness(each) is None]
    record_property("budget", f"S13: {len(tried)} known passphrases tried, {len(taken)} taken (0)")
    assert len(tried) > 100
    assert not taken


@pytest.mark.parametrize("good", ["482915", "7204918365", "930271"])
def test_a_pin_of_six_figures_or_more_is_good(good: str) -> None:
    assert pin_weakness(good) is None


@pytest.mark.parametrize("bad", ["123456", "987654", "111111", "121212", "123123", "246802", "112233", "159753"])
def test_a_pin_everybody_thinks_of_is_refused(bad: str) -> None:
    assert pin_weakness(bad) == "guessable"


@pytest.mark.parametrize("bad", ["48291", "48291a", "", "4829 15", "٤٨٢٩١٥", "1" * 13])
def test_a_pin_is_six_to_twelve_figures(bad: str) -> None:
    assert pin_weakness(bad) == "shape"


def test_sign_in_names() -> None:
    assert all(is_sign_in_name(name) for name in ("river-fox", "sam7", "a.b", "x" * 30))
    assert not any(is_sign_in_name(name) for name in ("ab", "-fox", "fox-", "river fox", "sam@home", "Sam", "x" * 31, "ру", ""))


def test_codes_are_read_however_they_are_typed() -> None:
    code = new_code()
    assert len(code) == CODE
    assert set(code) <= set(SIGNS)
    for typed in (written(code), written(code).lower(), f" {code[:5]} {code[5:]} ", code.replace("-", "–")):
        assert read_code(typed) == code
    assert len(written(new_code(RECOVERY))) == RECOVERY + 1
    assert len({new_code() for _ in range(1000)}) == 1000


def test_each_step_is_good_once_and_one_beside_now_as_well() -> None:
    secret, now = new_secret(), step_of(NOON)
    good = [step for step in range(now - 4, now + 5) if good_step(secret, code_of(secret, step), NOON, 0) == step]
    assert good == [now - 1, now, now + 1]
    assert good_step(secret, code_of(secret, now), NOON, last=now) is None, "used before"
    assert good_step(secret, code_of(secret, now - 1), NOON, last=now) is None, "older than one that was used"
    assert good_step(secret, code_of(secret, now + 1), NOON, last=now) == now + 1
    spaced = f"{code_of(secret, now)[:3]} {code_of(secret, now)[3:]}"
    assert good_step(secret, spaced, NOON, 0) == now
    assert good_step(secret, "", NOON, 0) is None
    assert good_step(new_secret(), code_of(secret, now), NOON, 0) is None


def test_sessions_end(record_property: Callable[[str, object], None]) -> None:
    """A quarter of an hour for those who see what worries us, an hour for others, twelve hours for all."""
    minutes = {role: idle_for([role]).total_seconds() / 60 for role in ROLES}
    assert {role for role, idle in minutes.items() if idle <= 15} == {"safeguarding_lead", "safeguarding_deputy"}
    assert idle_for(["officer", "safeguarding_deputy"]) == timedelta(minutes=15)
    began = NOON - timedelta(hours=11, minutes=59)
    assert not is_over(["officer"], began, NOON, NOON)
    assert is_over(["officer"], began, NOON, NOON + timedelta(minutes=1))
    assert not is_over(["safeguarding_lead"], NOON, NOON, NOON + timedelta(minutes=14, seconds=59))
    assert is_over(["safeguarding_lead"], NOON, NOON, NOON + timedelta(minutes=15))
    assert is_over(["officer"], NOON, NOON, NOON + timedelta(minutes=60))
    assert is_over(["officer"], NOON + timedelta(hours=1), NOON, NOON), "a clock that went back"
    record_property(
        "budget", f"S13: idle {max(v for r, v in minutes.items() if 'safeguarding' in r):.0f} min for leads (<= 15), absolute 12 h (<= 12)"
    )
