"""Wrong guesses at signing in are slowed: five a minute for one name, fewer where six figures are guessed. Nobody is locked out for good.

Tries are rows, so that they count for all processes together. A row holds a mark of the name that was typed, under a key that changes
every day, and the time: never an address of a machine. A name that nobody has costs the same. Where a member has signed in before, that
browser counts for itself, so that somebody who tries a name elsewhere does not keep its owner out. Young people who answer are nowhere here.
"""

from __future__ import annotations

import hmac
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import Response, abort, has_request_context, request
from sqlalchemy import delete, func, select

from voice.config import settings
from voice.identity.models import Try
from voice.identity.sealing import mark
from voice.storage import commit, now, session


@dataclass(frozen=True)
class Pace:
    """So many tries within so long."""

    kind: str
    tries: int
    within: timedelta


NAME: Final = Pace("name", 5, timedelta(minutes=1))
FIGURES: Final = Pace("figures", 5, timedelta(minutes=15))
"""For what has but a million answers: a PIN, an app's code. 480 a day: with three codes good at a time, a day's guessing succeeds once in 700."""
ANY_CODE: Final = Pace("any code", 30, timedelta(minutes=1))
"""For invitations, where no name is typed: all tries of everybody. At 57 bits that is no help to a guesser."""

KNOWN_BROWSER: Final = timedelta(days=90)
SHARED_BY: Final = 4
"""Members whom one browser knows, the last of them."""


def waits(pace: Pace, name: str) -> int:
    """Count one more try at this name. 0: go on. Else the seconds until the next is heard; a try that is not heard does not count.

    Ends the transaction of whatever the request has done so far, so that the row stands whatever becomes of the request.
    """
    own = _mark(pace, name)
    _alone(own)
    moment = now()
    earlier = session().scalars(select(Try.at).where(Try.mark == own, Try.at > moment - pace.within).order_by(Try.at)).all()
    if len(earlier) >= pace.tries:
        commit()
        return max(1, math.ceil((earlier[-pace.tries] + pace.within - moment).total_seconds()))
    session().add(Try(mark=own, at=moment))
    session().execute(delete(Try).where(Try.at < moment - timedelta(days=1)))
    commit()
    return 0


def slow_down(name: str) -> None:
    """Refuse the sixth try within a minute, with the page that says so."""
    if waits(NAME, name):
        abort(429)


def forget(pace: Pace, name: str) -> None:
    """It was the right person: their tries count no more. Flushes nothing but rows of this name."""
    session().execute(delete(Try).where(Try.mark == _mark(pace, name)))


def _mark(pace: Pace, name: str) -> str:
    name = name.strip().lower()
    return mark(f"try {now().date()} {pace.kind}", f"{name}\0{'known' if _is_known(name) else ''}")


def _alone(own: str) -> None:
    """Let one request at a time count the tries at a name; SQLite has but one writer as it is."""
    if not settings().is_sqlite:
        session().execute(select(func.pg_advisory_xact_lock(int(own[:15], 16))))


# --- browsers in which someone has signed in


def _cookie() -> str:
    return "voice-known" if settings().local else "__Host-voice-known"


def _is_known(name: str) -> bool:
    given = request.cookies.get(_cookie(), "") if has_request_context() else ""
    return any(hmac.compare_digest(each, mark("browser", name)) for each in given.split(".") if len(each) == 64)


def know(response: Response, name: str) -> None:
    """Let this browser say from now on that this member has signed in here. It opens nothing: it only has tries of its own."""
    own = mark("browser", name.strip().lower())
    others = [each for each in request.cookies.get(_cookie(), "").split(".") if len(each) == len(own) and each != own]
    response.set_cookie(
        _cookie(),
        ".".join((own, *others[: SHARED_BY - 1])),
        max_age=KNOWN_BROWSER,
        secure=not settings().local,
        httponly=True,
        samesite="Strict",
        path="/",
    )
