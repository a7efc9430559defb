"""Figures as they were given out."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from voice import inviting, keeping, reading, understanding
from voice.counting.models import Figure
from voice.counting.release_models import Release
from voice.counting.rounding import GROUP_FROM
from voice.counting.rules import FEWEST, FEWEST_SENDERS, STEPS, step_below
from voice.keeping.models import Submission
from voice.storage import session
from voice.understanding.models import Theme


def how_many_said(theme_id: uuid.UUID) -> str:
    """How many said it, in words, as frozen at publication."""
    words: str = _("Many of you said this") if bands([theme_id]).get(theme_id) == "many" else _("Some of you said this")
    return words


def bands(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """“some” or “many”, for those of these that a figure was given out for. Of a theme that took others in, “many” if it was of any of them:
    whoever reads them all knows that already."""
    frozen = dict(session().execute(select(Figure.theme_id, Figure.band).where(Figure.theme_id.in_(theme_ids))).all())
    taken_in = set(session().scalars(select(Theme.merged_into).where(Theme.merged_into.in_(theme_ids))))
    for theme_id in frozen.keys() & taken_in:
        others = [each.id for each in understanding.went_into(theme_id)]
        was_many = select(Figure.theme_id).where(Figure.theme_id.in_(others), Figure.band == "many").limit(1)
        if frozen[theme_id] != "many" and session().scalar(was_many):
            frozen[theme_id] = "many"
    return frozen


def may_be_public(view_ids: Collection[uuid.UUID]) -> bool:
    """Whether enough people said it for it to be shown to all."""
    return keeping.senders(reading.not_set_aside(view_ids)) >= FEWEST_SENDERS


def how_many_answered(activity_id: uuid.UUID, by: uuid.UUID) -> str:
    """How many answered an activity, in words, as far as this member may know; counting stops at the highest step."""
    counted = (Submission.activity_id == activity_id, Submission.id.not_in(reading.set_aside()))
    theirs = select(Submission.id).where(*counted, Submission.id.not_in(inviting.hidden_submissions(by)))
    found = session().scalar(select(func.count()).select_from(theirs.limit(STEPS[0]).subquery())) or 0
    step = step_below(found)
    words: str = ngettext("%(num)s or more", "%(num)s or more", step) if step else _("Fewer than %(few)s", few=FEWEST)
    return words


def came_from(activity_id: uuid.UUID, group_id: uuid.UUID) -> int | None:
    """How many of a group of a school or setting answered, to the nearest 5, as of the last release; None where they are too few to show."""
    wanted = (Release.activity_id == activity_id, Release.published_on.is_not(None))
    centers = session().scalar(select(Release.centers).where(*wanted).order_by(Release.number.desc()).limit(1)) or {}
    people: int = centers.get("own", {}).get("group", {}).get(str(group_id), 0)
    return people if people >= GROUP_FROM else None
