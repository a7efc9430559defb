"""How many pledges were kept, for the wall: in steps, in words, and anew only where ten came or went: nobody can watch one."""

from __future__ import annotations

import uuid

from flask_babel import ngettext
from sqlalchemy import Select, delete, func, insert, select

from voice import reading
from voice.counting.models import KeptFigure, ToldKept
from voice.counting.rules import MOVES_BY, step_below
from voice.counting.tallies import alone
from voice.pledging.models import Pledge
from voice.storage import session, today, week_of


def kept_pledges() -> str | None:
    """How many are kept, as it was last given out; None below the lowest step. Which ones nobody is told: a pledge bears no mark."""
    last = _last()
    words: str | None = None
    if last and last.step:
        words = ngettext("%(num)s or more pledges are kept so far", "%(num)s or more pledges are kept so far", last.step)
    return words


def give_out_kept() -> int:
    """The worker’s job: the number anew, where ten pledges or more are in it that were not, or were and are not. Flushes; returns 1 where it is.

    Pledges of this week wait, so that nobody knows the day.
    """
    alone()
    last, kept, told = _last(), _kept(), select(ToldKept.pledge_id)
    came, still = _count(kept.where(Pledge.id.not_in(told))), _count(kept.where(Pledge.id.in_(told)))
    gone = (last.people if last else 0) - still
    if came + gone < MOVES_BY:
        return 0
    now = list(session().scalars(kept))
    session().execute(delete(ToldKept))
    if now:
        session().execute(insert(ToldKept), [{"pledge_id": each} for each in now])
    session().add(KeptFigure(number=last.number + 1 if last else 1, people=len(now), step=step_below(len(now))))
    session().flush()
    return 1


def _last() -> KeptFigure | None:
    return session().scalar(select(KeptFigure).order_by(KeptFigure.number.desc()).limit(1))


def _kept() -> Select[uuid.UUID]:
    return select(Pledge.id).where(Pledge.kept_on < week_of(today()), Pledge.submission_id.not_in(reading.set_aside()))


def _count(wanted: Select[uuid.UUID]) -> int:
    return session().scalar(select(func.count()).select_from(wanted.subquery())) or 0
