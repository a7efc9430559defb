"""How far somebody’s words came: written, read by a person, tied to the plan, in a theme, answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection

from flask import Flask, current_app
from sqlalchemy import Select, select

from voice.keeping.models import View
from voice.reading.models import Reading
from voice.storage import session

Tied = tuple[uuid.UUID, str, str]
AnsweredThemes = Callable[[], Select[uuid.UUID]]
"""Themes whose answer everyone can see."""


def provide_answered(app: Flask, themes: AnsweredThemes) -> None:
    app.extensions["voice.counting.answered"] = themes


def how_far(submission_ids: Collection[uuid.UUID], tied: Collection[Tied]) -> set[tuple[uuid.UUID, str]]:
    """Each of these submissions with every step its words came to. `tied`: their priorities and themes, which are two of the steps."""
    rows = session().execute(
        select(View.submission_id, Reading.decision, Reading.reason)
        .outerjoin(Reading, Reading.view_id == View.id)
        .where(View.submission_id.in_(submission_ids))
    )
    found = {(submission_id, fact) for submission_id, fact, _value in tied}
    for submission_id, decision, reason in rows:
        found.add((submission_id, "words"))
        if decision is not None:
            found.add((submission_id, "read"))
        if decision == "withheld":
            found.add((submission_id, f"withheld:{reason}"))
    answered = _answered({uuid.UUID(value) for _submission, fact, value in tied if fact == "theme"})
    return found | {(submission_id, "answered") for submission_id, fact, value in tied if fact == "theme" and uuid.UUID(value) in answered}


def _answered(theme_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these themes, those that are answered for everyone to see."""
    give: AnsweredThemes | None = current_app.extensions.get("voice.counting.answered")
    if give is None or not theme_ids:
        return set()
    themes = give().subquery()
    return set(session().scalars(select(themes.c[0]).where(themes.c[0].in_(theme_ids))))
