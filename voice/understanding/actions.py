"""Confirming what a view is about, and gathering views into themes. A suggestion never becomes a tag without a person."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select

from voice import audit, plans
from voice.storage import session
from voice.understanding import learning
from voice.understanding.figures import SIGN
from voice.understanding.models import Sorting, Tag, Theme, ThemeView, Tone


class EmptyTheme(Exception):
    """A theme needs at least one view."""


def confirm(view_id: uuid.UUID, priority_ids: Iterable[uuid.UUID], by: uuid.UUID, suggested: Sequence[dict[str, Any]] = ()) -> None:
    """A person says what a view is about; with no priority, none of these. What the machine had suggested is kept beside it."""
    session().execute(delete(Tag).where(Tag.view_id == view_id))
    row = session().get(Sorting, view_id) or Sorting(view_id=view_id)
    ids = list(dict.fromkeys(priority_ids))
    row.sorted_by, row.suggested = by, list(suggested)
    row.chosen, row.among = (len(ids), len(_suggested_ids(suggested) & set(ids))) if suggested else (None, None)
    session().add(row)
    session().add_all([Tag(view_id=view_id, priority_id=priority_id) for priority_id in ids])
    session().flush()
    learning.teach(learning.PRIORITIES)
    audit.record(by, "sorted", "view", view_id)


def unsort(view_id: uuid.UUID, by: uuid.UUID) -> None:
    """Undo: nobody has said yet what this view is about, nor how it sounds."""
    for kind in (Tag, Sorting, Tone):
        session().execute(delete(kind).where(kind.view_id == view_id))
    session().expire_all()
    for taught in learning.KINDS:
        learning.teach(taught)
    audit.record(by, "unsorted", "view", view_id)


def set_tone(view_id: uuid.UUID, tone: str, guessed: str | None, by: uuid.UUID) -> None:
    """A person confirms or corrects the guessed tone."""
    row = session().get(Tone, view_id) or Tone(view_id=view_id)
    row.tone, row.guessed, row.set_by = tone, guessed, by
    session().add(row)
    session().flush()
    learning.teach(learning.TONE)


def take_out_of_learning(view_id: uuid.UUID) -> None:
    """Somebody is worried about it: it keeps its tags, but no tone, and nothing is learned from it from now on."""
    learning.unlearn([view_id])
    session().execute(delete(Tone).where(Tone.view_id == view_id))
    session().expire_all()


def make_theme(
    priority_id: uuid.UUID, you_said: str, view_ids: Iterable[uuid.UUID], by: uuid.UUID, place: str | None = None, why: str | None = None
) -> uuid.UUID:
    """Gather views under one “You said” sentence. `why`: the reason given for words that may label a child.

    Raises:
        EmptyTheme: no view was named.
    """
    ids = list(dict.fromkeys(view_ids))
    if not ids:
        raise EmptyTheme
    priority = plans.priority_by_id(priority_id)
    if priority is None:
        raise LookupError(priority_id)
    row = Theme(slug=_free_slug(you_said), plan_id=priority.plan_id, priority_id=priority_id, you_said=you_said, place=place, made_by=by)
    session().add(row)
    session().flush()
    audit.record(by, "theme made", "theme", row.id, why)
    gather(row.id, ids, by)
    return row.id


def gather(theme_id: uuid.UUID, view_ids: Iterable[uuid.UUID], by: uuid.UUID) -> None:
    """Put more views into a theme."""
    there = set(session().scalars(select(ThemeView.view_id).where(ThemeView.theme_id == theme_id)))
    session().add_all([ThemeView(theme_id=theme_id, view_id=view_id) for view_id in view_ids if view_id not in there])
    session().flush()
    audit.record(by, "gathered", "theme", theme_id)


def take_out(theme_id: uuid.UUID, view_id: uuid.UUID, by: uuid.UUID) -> None:
    """Take a view out of a theme it does not belong to."""
    session().execute(delete(ThemeView).where(ThemeView.theme_id == theme_id, ThemeView.view_id == view_id))
    audit.record(by, "taken out", "theme", theme_id)


def reword(theme_id: uuid.UUID, you_said: str, by: uuid.UUID, why: str | None = None) -> None:
    """Put the “You said” sentence right; the address stays. `why`: the reason given for words that may label a child."""
    session().get_one(Theme, theme_id).you_said = you_said
    session().flush()
    audit.record(by, "reworded", "theme", theme_id, why)


def _free_slug(sentence: str) -> str:
    plain = unicodedata.normalize("NFKD", sentence.replace(SIGN, "")).encode("ascii", "ignore").decode().lower()
    start = "-".join(re.findall(r"[a-z0-9]+", plain)[:6]) or "theme"
    taken = set(session().scalars(select(Theme.slug).where(Theme.slug.like(f"{start}%"))))
    number = 2
    slug = start
    while slug in taken:
        slug, number = f"{start}-{number}", number + 1
    return slug


def _suggested_ids(suggested: Sequence[dict[str, Any]]) -> set[uuid.UUID]:
    """The priorities the machine had named, as far as the plan still has them."""
    plan = plans.current_plan()
    codes = {each["priority"] for each in suggested}
    return {each.id for each in plans.priorities(plan.id) if each.code in codes} if plan else set()
