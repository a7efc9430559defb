"""What pages tell about keeping is what this installation is set to do (P11)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import a_submission, an_activity, people_to_read
from tests.reading import Visitor, tidy
from voice import keeping, storage
from voice.config import WrongSetting, read_settings
from voice.keeping.arriving import forget_arrivals
from voice.keeping.models import Arrival
from voice.web.promise import promise_of

NO_ADDRESS = "We do not keep the address of your phone on the net (IP)."
OURS = "Our pages do not keep the address of your phone on the net (IP)."


@pytest.fixture
def set_to(app: Flask) -> Iterator[object]:
    """Change settings for a test: `set_to(front_logs=3)`; `keep_...` for how long."""
    before = app.extensions["voice.settings"]

    def change(**more: object) -> None:
        keep = {name.removeprefix("keep_"): value for name, value in more.items() if name.startswith("keep_")}
        rest = {name: value for name, value in more.items() if not name.startswith("keep_")}
        app.extensions["voice.settings"] = dataclasses.replace(before, keep=dataclasses.replace(before.keep, **keep), **rest)

    yield change
    app.extensions["voice.settings"] = before


def said(visitor: Visitor, path: str = "/privacy") -> str:
    return tidy(visitor.open(path).one("main").get_text(" "))


@pytest.mark.parametrize(
    ("more", "says", "never"),
    [
        ({"front_logs": 0, "public_url": "https://voice.example"}, NO_ADDRESS, "in front"),
        ({"front_logs": 3, "public_url": "https://voice.example"}, f"{OURS} A machine in front of them keeps it for 3 days.", NO_ADDRESS),
        ({"front_logs": 1}, f"{OURS} A machine in front of them keeps it for 1 day.", NO_ADDRESS),
        ({"front_logs": None, "public_url": "https://voice.example"}, f"{OURS} A machine in front of them may keep it for some time.", NO_ADDRESS),
        ({"front_logs": None, "public_url": "http://localhost:8000"}, NO_ADDRESS, "in front"),
    ],
)
def test_the_address_of_a_phone_is_spoken_of_as_it_is_kept(visitor: Visitor, set_to: object, more: dict[str, object], says: str, never: str) -> None:
    set_to(**more)  # type: ignore[operator]
    text = said(visitor)
    assert says in text
    assert never not in text


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_the_mark_of_where_something_came_from_is_told_and_gone_when_the_page_says(visitor: Visitor) -> None:
    """The mark is a row, and the page says so for as long as the worker keeps it."""
    assert "we make a mark, to tell a machine from a class. The mark goes after 15 minutes." in said(visitor)
    assert "it can stay for 24 hours." in said(visitor)
    for language in ("cy", "pl", "ro", "uk", "ur", "easy"):
        text = said(visitor, f"/{language}/privacy")
        assert re.search(r"\b15\b.*\b24\b", text), language
    kept = a_submission("More benches.")
    keeping.note_arrival(kept.submission_id, "192.0.2.7")
    storage.commit()
    row = storage.session().scalars(select(Arrival)).one()
    assert "192.0.2.7" not in row.mark
    assert forget_arrivals(row.at + timedelta(minutes=14)) == 0
    assert forget_arrivals(row.at + timedelta(minutes=15, seconds=1)) == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("keep_link_months", 3, "They work for 3 months after we answer."),
        ("keep_link_at_most_months", 9, "They stop 9 months after you sent it, if not before."),
        ("keep_answers_months", 1, "We keep what you said for 1 month after we answer. Then we delete it."),
        ("keep_pledges_months", 5, "A pledge stays for 5 months."),
        ("keep_contact_days", 14, "We delete how to reach you 14 days after we last talked."),
        ("keep_backups_days", 20, "Each goes after 20 days."),
        ("keep_concern_words_days", 11, "We delete that copy 11 days after we have done our part."),
    ],
)
def test_each_time_is_the_one_that_is_set(visitor: Visitor, set_to: object, name: str, value: int, says: str) -> None:
    assert says not in said(visitor)
    set_to(**{name: value})  # type: ignore[operator]
    assert says in said(visitor)


def test_hours_are_said_when_somebody_reads_and_not_before(visitor: Visitor) -> None:
    assert "We read on these days" not in said(visitor)
    people_to_read()
    text = said(visitor)
    assert "We read on these days: Monday – Friday, 9:00 am – 4:00 pm." in text
    assert "01632 960 999" in text
    assert "You can just tell us. You can ask for a reply. Or you can ask us to contact you." in text


def test_the_first_page_says_how_long_it_can_be_taken_back(visitor: Visitor, set_to: object) -> None:
    people_to_read()
    an_activity()
    set_to(keep_link_months=4, keep_link_at_most_months=9)  # type: ignore[operator]
    assert "With them you can take it back for 4 months." in said(visitor, "/take-part/my-week?w=older")
    set_to(keep_link_months=6, keep_link_at_most_months=2)  # type: ignore[operator]
    assert "With them you can take it back for 2 months." in said(visitor, "/take-part/my-week?w=older")


@pytest.mark.parametrize(("text", "days"), [(None, None), ("", None), ("none", 0), ("None", 0), ("7", 7), ("30", 30)])
def test_the_setting_is_read(tmp_path: object, text: str | None, days: int | None) -> None:
    found = read_settings({"VOICE_DATA": str(tmp_path), **({} if text is None else {"VOICE_FRONT_LOGS": text})}, testing=True)
    assert found.front_logs == days
    assert promise_of(found).front_days == (days or 0)


@pytest.mark.parametrize("text", ["never", "0", "31", "-1", "1.5"])
def test_a_setting_that_says_nothing_clear_is_refused(tmp_path: object, text: str) -> None:
    with pytest.raises(WrongSetting, match="VOICE_FRONT_LOGS"):
        read_settings({"VOICE_DATA": str(tmp_path), "VOICE_FRONT_LOGS": text}, testing=True)
