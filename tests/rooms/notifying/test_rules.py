"""When a letter may go, and to what: rules alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from voice.notifying.rules import is_news, may_tell, pause_after
from voice.post import address_in

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize("typed", ["a@b.uk", " Sam.O'Neil+news@mail.example.org\n", "x_1@ex-ample.co"])
def test_one_address_is_taken(typed: str) -> None:
    assert address_in(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sam",
        "sam@",
        "@b.uk",
        "a@b",
        "a@b.uk, c@d.uk",
        "a@b.uk c@d.uk",
        "a@b.uk\nBcc: c@d.uk",
        "a@-b.uk",
        "sám@b.uk",
        f"{'a' * 65}@b.uk",
        "a@b.uk;",
    ],
)
def test_anything_else_is_none(typed: str) -> None:
    assert address_in(typed) is None


def test_at_most_one_letter_a_week() -> None:
    assert may_tell(None, TODAY)
    assert [may_tell(TODAY - timedelta(days=n), TODAY) for n in (0, 6, 7, 8)] == [False, False, True, True]


def test_only_what_is_new_is_news() -> None:
    assert is_news([], ["a"])
    assert is_news(["a"], ["a", "b"])
    assert not is_news(["a", "b"], ["a"]), "what is gone is no news"
    assert not is_news(["a"], [])
    assert not is_news([], [])


def test_tries_in_vain_grow_rarer_and_never_end() -> None:
    pauses = [pause_after(n) for n in range(1, 200)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=2)
    assert pauses[-1] == timedelta(hours=6)
