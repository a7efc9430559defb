"""How many pledges were kept, for the wall: in steps, in words, and anew each Monday, so that nobody can watch one being kept."""

from __future__ import annotations

from flask_babel import ngettext
from sqlalchemy import func, select

from voice import reading
from voice.counting.rules import STEPS, step_below
from voice.pledging.models import Pledge
from voice.storage import session, today, week_of


def kept_pledges() -> str | None:
    """How many were kept before this week; None below the lowest step. Which ones nobody is told: a pledge bears no mark.

    Counting stops at the highest step.
    """
    before = (Pledge.kept_on < week_of(today()), Pledge.submission_id.not_in(reading.set_aside()))
    found = session().scalar(select(func.count()).select_from(select(Pledge.id).where(*before).limit(STEPS[0]).subquery())) or 0
    step = step_below(found)
    words: str | None = ngettext("%(num)s or more pledges are kept so far", "%(num)s or more pledges are kept so far", step) if step else None
    return words
