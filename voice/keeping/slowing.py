"""Wrong guesses at receipts and codes are slowed, and nobody is locked out.

Beyond 30 wrong ones a minute of all together, whoever just guessed wrong waits, the longer the more there are; whoever did not is heard at once,
so that no machine can shut a child out. docs/decisions/0015 has the figures. A guess is a row, so that it counts for all processes: a mark of
where it came from (`keeping.arriving`) and the time, for minutes.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final

from flask import abort
from sqlalchemy import func, select

from voice.config import settings
from voice.keeping.arriving import mark_of
from voice.keeping.models import WrongGuess
from voice.storage import commit, now, session
from voice.web.senders import sender

WRONG_A_MINUTE: Final = 30
SHORTEST: Final = timedelta(seconds=20)
LONGEST: Final = timedelta(minutes=10)
SLOWLY: Final = 0.4  # seconds a wrong guess waits: a person does not notice, a machine that tries millions does


def before_looking() -> None:
    """Before words or a code are looked up.

    Raises:
        TooManyRequests: a page that says to wait a minute and load it again.
    """
    moment = now()
    wrong = session().scalar(select(func.count()).select_from(WrongGuess).where(WrongGuess.at > moment - timedelta(minutes=1))) or 0
    if wrong < WRONG_A_MINUTE:
        return
    own = select(WrongGuess.id).where(WrongGuess.mark == mark_of(sender()), WrongGuess.at > moment - pause(wrong)).limit(1)
    if session().scalar(own) is not None:
        abort(429)


def pause(wrong: int) -> timedelta:
    """How long after a wrong guess the next from the same place is heard, where so many were wrong within a minute."""
    return min(SHORTEST * wrong / WRONG_A_MINUTE, LONGEST)


def looked_in_vain() -> None:
    """They were nobody’s. What the request did so far ends first: nobody else may have to wait for it."""
    session().rollback()
    session().add(WrongGuess(mark=mark_of(sender()), at=now()))
    commit()
    time.sleep(0 if settings().testing else SLOWLY)
