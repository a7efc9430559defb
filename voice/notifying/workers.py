"""Writing what is due. No transaction is open while a post server is spoken to, and each letter is written down as soon as it went: what was
told once is not told again. A server that is away costs nobody their letter; nothing of any of it is logged."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

from sqlalchemy import delete

from voice import post
from voice.notifying import letters, queries
from voice.notifying.actions import wrote
from voice.notifying.models import NewsCount, NewsWish
from voice.notifying.queries import Due
from voice.notifying.rules import pause_after
from voice.notifying.sealing import Wanted, count_mark
from voice.storage import commit, now, session, today

LONGEST_ROUND = 25.0  # seconds
IN_VAIN_AT_MOST = 3  # one after the other: then the server is away, and the others wait for the next round


def write_first_letters() -> int:
    """Ask those who asked for letters whether it was they. Returns how many letters went."""
    session().execute(delete(NewsCount).where(NewsCount.day < today() - timedelta(days=1)))
    return _write(queries.first_letters(), letters.ask_whether_it_was_they, _count_first)


def write_news() -> int:
    """Write to those for whose receipt there is news. Returns how many letters went."""
    return _write(queries.news(), letters.there_is_news, lambda due: wrote(due.wish, due.wanted))


def _count_first(due: Due) -> None:
    mark = count_mark(due.wanted.address, today())
    row = session().get(NewsCount, mark) or NewsCount(mark=mark, many=0)
    row.many += 1
    session().add(row)
    wrote(due.wish, None)


def _write(dues: Iterable[Due], send: Callable[[uuid.UUID, Wanted], None], note: Callable[[Due], None]) -> int:
    commit()
    until, went, in_vain = time.monotonic() + LONGEST_ROUND, 0, 0
    for due in dues:
        if in_vain == IN_VAIN_AT_MOST or time.monotonic() > until:
            break
        is_there = session().get(NewsWish, due.wish) is not None  # taken back or stopped a moment ago
        commit()
        try:
            if is_there:
                send(due.wish, due.wanted)
                note(due)
                went, in_vain = went + 1, 0
        except post.NotSent:
            in_vain += 1
            _try_later(due)
        commit()
    return went


def _try_later(due: Due) -> None:
    row = session().get(NewsWish, due.wish)
    if row is not None:
        row.tries = due.tries + 1
        row.not_before = now() + pause_after(row.tries)
