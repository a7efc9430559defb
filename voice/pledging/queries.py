"""The wall: pledges whose words a person has cleared."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy import Select, func, or_, select

from voice.keeping.models import Submission, View
from voice.plans.models import Priority
from voice.pledging.models import Pledge
from voice.storage import session, today, week_of

PAGE = 24
AT_ONCE = 500  # how many views the words are asked for at a time
LAST_PAGE = 200  # beyond this nobody turns pages by hand


class ShownWords(Protocol):
    """Of these views, the words of those that others may see. A later room, where a person reads them, provides it."""

    def __call__(self, view_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]: ...


@dataclass(frozen=True)
class WallPledge:
    """A pledge as everyone may see it: no name, no day it came.

    `picture` is the file of the picture (`/pictures/<file>/card.webp`) where everyone may see it, with its `alt`; else the drawn person stands in.
    """

    id: uuid.UUID
    words: str
    kind: str
    avatar: Mapping[str, Any]
    priority: str | None  # as the plan says it to young people
    place: str | None  # a locality’s code
    ends_on: date | None
    kept_on: date | None
    picture: str | None = None
    alt: str = ""


@dataclass(frozen=True)
class WallPage:
    pledges: list[WallPledge]
    number: int
    has_more: bool


def provide_words(app: Flask, words: ShownWords) -> None:
    app.extensions["voice.pledging.words"] = words


def wall(priority_id: uuid.UUID | None = None, number: int = 1) -> WallPage:
    """One page of the wall, the newest week first; inside a week in no order anyone could read a day from."""
    number = min(max(1, number), LAST_PAGE)
    found = list(islice(_shown(priority_id), (number - 1) * PAGE, number * PAGE + 1))
    return WallPage(found[:PAGE], number, len(found) > PAGE)


def _shown(priority_id: uuid.UUID | None) -> Iterator[WallPledge]:
    words: ShownWords | None = current_app.extensions.get("voice.pledging.words")
    if words is None:
        return
    for view_id_to_pledge in _in_parts(priority_id):
        said = words(list(view_id_to_pledge))
        yield from (_card(said[view_id], *row) for view_id, row in view_id_to_pledge.items() if view_id in said)


def _card(words: str, pledge: Pledge, place: str | None, title: str | None) -> WallPledge:
    return WallPledge(pledge.id, words, pledge.kind, pledge.avatar, title, place, pledge.ends_on, pledge.kept_on)


def _in_parts(priority_id: uuid.UUID | None) -> Iterator[dict[uuid.UUID, tuple[Pledge, str | None, str | None]]]:
    """Pledges of one week after the other, and of each week so many at a time."""
    newest = session().scalar(_pledges(priority_id, func.max(View.received_on)))
    while newest:
        week = week_of(newest)
        wanted = _pledges(priority_id, Pledge, Submission.place, Priority.child_title)
        rows = session().execute(wanted.where(View.received_on.between(week, week + timedelta(days=6))).order_by(Pledge.id)).all()
        for start in range(0, len(rows), AT_ONCE):
            yield {pledge.view_id: (pledge, place, title) for pledge, place, title in rows[start : start + AT_ONCE]}
        newest = session().scalar(_pledges(priority_id, func.max(View.received_on)).where(View.received_on < week))


def _pledges(priority_id: uuid.UUID | None, *columns: Any) -> Select[Any]:
    """Those that may be on the wall once their words are cleared: not over, and under 13 only with a parent’s or carer’s yes."""
    found = select(*columns).select_from(Pledge).join(View, View.id == Pledge.view_id).join(Submission, Submission.id == Pledge.submission_id)
    found = found.outerjoin(Priority, Priority.id == Pledge.priority_id).where(
        or_(Pledge.ends_on.is_(None), Pledge.ends_on >= today()), or_(Pledge.is_under_13.is_(False), Pledge.words_agreed_on.is_not(None))
    )
    return found.where(Pledge.priority_id == priority_id) if priority_id else found
