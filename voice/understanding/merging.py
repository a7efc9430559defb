"""A theme goes into another, or comes out of one. Its views go along; its address stays and leads on; what was said about it is kept.

Who has read what became of their words must not find less afterwards. So what is further on its way takes in what is less far, and never the other
way round, and an answer that everyone can read stays readable.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, or_, select

from voice import audit
from voice.storage import session, today
from voice.understanding.actions import make_theme
from voice.understanding.models import Theme, ThemeChange, ThemeChangeView, ThemeQuote, ThemeView
from voice.understanding.quotes import MOST_QUOTES
from voice.web import slot

GATHERED, HEARD, DRAFTED, WITH_BOARD, OUT = range(5)
REASONS: Final = ("same", "gone", "other_priority", "place", "objected", "draft", "further")


class CannotChange(Exception):
    """These may not be merged, split or undone; `why` is one of REASONS, or `moved_on`, `all`, `none`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Standing:
    """How far a theme is on its way (GATHERED to OUT), as later rooms know it; whether the board says “that isn’t what they said”."""

    step: int
    objected: bool = False


@dataclass(frozen=True)
class Change:
    """One line of a theme's history. `slug`, `you_said`: the other theme's."""

    id: uuid.UUID
    kind: str  # joined, came_out, split_off
    slug: str
    wording: str
    on: date
    can_undo: bool


def standing(theme_id: uuid.UUID) -> Standing:
    found: list[Standing] = slot("theme_standing").fill(theme_id)
    return Standing(max((each.step for each in found), default=GATHERED), any(each.objected for each in found))


def why_not(theme_id: uuid.UUID, into_id: uuid.UUID) -> str | None:
    """Why a theme may not go into another, as one of REASONS; None where it may."""
    if theme_id == into_id:
        return "same"
    theme, into = session().get_one(Theme, theme_id), session().get_one(Theme, into_id)
    if theme.merged_into or into.merged_into:
        return "gone"
    if theme.priority_id != into.priority_id:
        return "other_priority"
    if into.place and into.place != theme.place:
        return "place"
    return _why_not_yet(standing(theme_id), standing(into_id))


def _why_not_yet(theme: Standing, into: Standing) -> str | None:
    if theme.objected or into.objected:
        return "objected"
    if theme.step in (DRAFTED, WITH_BOARD):
        return "draft"
    return "further" if theme.step > into.step else None


def merge(theme_id: uuid.UUID, into_id: uuid.UUID, by: uuid.UUID) -> None:
    """Put a theme into another, which has the views of both from now on.

    Raises:
        CannotChange: they may not be.
    """
    _hold(theme_id, into_id)
    why = why_not(theme_id, into_id)
    if why:
        raise CannotChange(why)
    moving = _views(theme_id)
    there = set(_views(into_id))
    _keep_change("merged", theme_id, into_id, moving, there, by)
    session().add_all([ThemeView(theme_id=into_id, view_id=each) for each in moving if each not in there])
    session().flush()
    _take_quotes_along(theme_id, into_id)
    session().execute(delete(ThemeView).where(ThemeView.theme_id == theme_id))
    session().get_one(Theme, theme_id).merged_into = into_id
    session().flush()
    audit.record(by, "merged", "theme", theme_id)
    audit.record(by, "took another in", "theme", into_id)


def undo(change_id: uuid.UUID, by: uuid.UUID) -> uuid.UUID:
    """Undo a merge: each theme has the views it had. What was taken back meanwhile stays away. Returns the theme that is back.

    Raises:
        CannotChange: something came after it that would be lost.
    """
    change = session().get_one(ThemeChange, change_id)
    _hold(change.theme_id, change.other_id)
    if not _can_undo(change):
        raise CannotChange("moved_on")
    went = session().execute(select(ThemeChangeView.view_id, ThemeChangeView.was_there).where(ThemeChangeView.change_id == change_id)).all()
    session().add_all([ThemeView(theme_id=change.theme_id, view_id=view_id) for view_id, _there in went])
    session().flush()
    only_then = [view_id for view_id, was_there in went if not was_there]
    _take_quotes_along(change.other_id, change.theme_id, {view_id for view_id, _there in went})
    session().execute(delete(ThemeView).where(ThemeView.theme_id == change.other_id, ThemeView.view_id.in_(only_then)))
    session().get_one(Theme, change.theme_id).merged_into = None
    change.undone_on = today()
    session().flush()
    session().expire_all()
    audit.record(by, "merge undone", "theme", change.theme_id)
    return change.theme_id


def split(theme_id: uuid.UUID, view_ids: Sequence[uuid.UUID], you_said: str, by: uuid.UUID, why: str | None = None) -> uuid.UUID:
    """Make a theme of some of a theme's views, under a sentence of its own. Where everyone can read the answer they stay in the first one too, so
    that whoever sent them does not lose it. `why`: the reason given for words that may label a child. Returns the new theme.

    Raises:
        CannotChange: no view was named (`none`), or nothing would be left (`all`).
    """
    _hold(theme_id)
    theme = session().get_one(Theme, theme_id)
    there = _views(theme_id)
    leaving = [each for each in there if each in set(view_ids)]
    if not leaving or theme.merged_into:
        raise CannotChange("none")
    if len(leaving) == len(there):
        raise CannotChange("all")
    stay = standing(theme_id).step == OUT
    made = make_theme(theme.priority_id, you_said, leaving, by, theme.place, why)
    _keep_change("split", made, theme_id, leaving, set(leaving) if stay else set(), by)
    if not stay:
        session().execute(delete(ThemeView).where(ThemeView.theme_id == theme_id, ThemeView.view_id.in_(leaving)))
        session().expire_all()
    audit.record(by, "split", "theme", theme_id)
    return made


def history(theme_id: uuid.UUID) -> list[Change]:
    """What went into this theme and came out of it, newest first; what was undone is in the record alone."""
    wanted = select(ThemeChange).where(or_(ThemeChange.theme_id == theme_id, ThemeChange.other_id == theme_id), ThemeChange.undone_on.is_(None))
    rows = session().scalars(wanted.order_by(ThemeChange.changed_on.desc(), ThemeChange.id)).all()
    return [_line(each, theme_id) for each in rows]


def _line(row: ThemeChange, theme_id: uuid.UUID) -> Change:
    other = session().get_one(Theme, row.other_id if row.theme_id == theme_id else row.theme_id)
    kind = "joined" if row.kind == "merged" else "came_out" if row.theme_id == theme_id else "split_off"
    return Change(row.id, kind, other.slug, other.you_said, row.changed_on, _can_undo(row))


def _can_undo(row: ThemeChange) -> bool:
    """A merge, as long as neither theme went on to another and nothing became of the one that has the views."""
    theme, into = session().get_one(Theme, row.theme_id), session().get_one(Theme, row.other_id)
    in_place = theme.merged_into == into.id and into.merged_into is None
    return row.kind == "merged" and row.undone_on is None and in_place and standing(into.id).step == row.step


def _keep_change(kind: str, theme_id: uuid.UUID, other_id: uuid.UUID, views: Sequence[uuid.UUID], there: set[uuid.UUID], by: uuid.UUID) -> None:
    row = ThemeChange(kind=kind, theme_id=theme_id, other_id=other_id, step=standing(other_id).step, changed_by=by)
    session().add(row)
    session().flush()
    session().add_all([ThemeChangeView(change_id=row.id, view_id=each, was_there=each in there) for each in views])
    session().flush()


def _take_quotes_along(from_id: uuid.UUID, to_id: uuid.UUID, only: set[uuid.UUID] | None = None) -> None:
    """What was picked for one theme is picked for the other as well, after its own, as far as there is room."""
    own = list(session().scalars(select(ThemeQuote.view_id).where(ThemeQuote.theme_id == to_id)))
    coming = session().scalars(select(ThemeQuote).where(ThemeQuote.theme_id == from_id).order_by(ThemeQuote.place)).all()
    new = [each for each in coming if each.view_id not in own and (only is None or each.view_id in only)][: MOST_QUOTES - len(own)]
    session().add_all(
        [ThemeQuote(theme_id=to_id, view_id=each.view_id, place=len(own) + at, picked_by=each.picked_by) for at, each in enumerate(new)]
    )
    session().flush()


def _views(theme_id: uuid.UUID) -> list[uuid.UUID]:
    return list(session().scalars(select(ThemeView.view_id).where(ThemeView.theme_id == theme_id).order_by(ThemeView.view_id)))


def _hold(*theme_ids: uuid.UUID) -> None:
    """Until the commit nobody else merges or splits these."""
    session().execute(select(Theme.id).where(Theme.id.in_(theme_ids)).order_by(Theme.id).with_for_update())
