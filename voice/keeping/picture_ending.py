"""When pictures go: past their last day, soon after a person decided against them, and once the safeguarding lead is done with them."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, false, func, select

from voice.keeping.lifetimes import lifetimes_of
from voice.keeping.periods import REFUSED_DAYS
from voice.keeping.picture_models import Picture
from voice.keeping.pictures import is_locked, remove_picture
from voice.retention import Condition, Rule
from voice.storage import session


def picture_rules() -> dict[str, Rule]:
    """What a safeguarding lead holds is in none of them."""
    return {
        "pictures": _rule("Pictures past the last day their senders chose", lambda on: Picture.ends_on < on),
        "refused pictures": _rule("Pictures a person decided against", _was_refused),
        "pictures held": _rule("Pictures taken back, once the safeguarding lead is done with them", lambda _on: Picture.submission_id.is_(None)),
    }


def _was_refused(on: date) -> ColumnElement[bool]:
    refused_pictures = lifetimes_of().refused_pictures
    if refused_pictures is None:
        return false()
    refused = refused_pictures().subquery()
    return Picture.id.in_(select(refused.c[0]).where(refused.c[1] <= on - timedelta(days=REFUSED_DAYS)))


def _rule(what: str, over: Condition) -> Rule:
    def due(on: date) -> int:
        return session().scalar(select(func.count()).select_from(Picture).where(over(on), ~is_locked())) or 0

    def remove(on: date, most: int) -> int:
        found = session().scalars(select(Picture.id).where(over(on), ~is_locked()).limit(most)).all()
        for each in found:
            remove_picture(each)
        return len(found)

    return Rule(what, due, remove)
