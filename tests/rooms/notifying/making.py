"""Somebody who wants letters, and the world that gives them news."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

from sqlalchemy import update

from tests.making import a_submission, a_theme, a_view, an_answer, the
from tests.rooms.safeguarding.postbox import Postbox
from voice import keeping, reading, storage
from voice.notifying import actions, workers
from voice.notifying.models import NewsWish

SAM = "sam@home.example"


def link_in(letter: str, part: str) -> str:
    found = re.search(rf"/letters/{part}/([\w-]+)", letter)
    assert found, letter
    return f"/letters/{part}/{found[1]}"


def asked(kept: keeping.Kept, address: str = SAM, language: str = "en") -> None:
    actions.ask(kept.submission_id, address, language)
    storage.commit()


def said_yes(kept: keeping.Kept, address: str = SAM, language: str = "en") -> None:
    """They asked for letters, got the first and said yes; no server needed."""
    asked(kept, address, language)
    everyone = update(NewsWish).where(NewsWish.first_letter_on.is_(None))
    storage.session().execute(everyone.values(first_letter_on=storage.today(), confirmed_on=storage.today()))
    storage.commit()


def a_reader(words: str = "The bus comes once a day.") -> keeping.Kept:
    """A sender whose words were cleared."""
    kept = a_submission(words)
    reading.clear(kept.view_ids, the("officer"))
    storage.commit()
    return kept


def answered(*kept: keeping.Kept, **more: str) -> uuid.UUID:
    """A theme of these senders and others, heard, with an answer that everyone sees. Returns the theme."""
    theme_id = a_theme(views=[*(each.view_ids[0] for each in kept), a_view(), a_view()], heard=True)
    an_answer(theme_id, **more)
    return theme_id


def days_pass(days: int) -> None:
    """Every row is so many days older."""
    for row in storage.session().query(NewsWish):
        for name in ("asked_on", "first_letter_on", "confirmed_on", "told_on"):
            day = getattr(row, name)
            setattr(row, name, day - timedelta(days=days) if day else None)
        row.not_before = row.not_before - timedelta(days=days) if row.not_before else None
    storage.commit()


def round_of_letters(box: Postbox) -> list[tuple[str, str, str]]:
    """What both jobs send now."""
    before = len(box.letters)
    workers.write_first_letters()
    workers.write_news()
    return box.letters[before:]
