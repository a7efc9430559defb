"""The wall: pledges whose words a person has cleared, that are not over, and that a parent agreed to where one must."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, func, or_, select

from voice.keeping.models import Submission, View
from voice.plans.models import Priority
from voice.pledging.models import WITH_PICTURE, Pledge
from voice.storage import session, today, week_of

PAGE = 24
AT_ONCE = 100  # how many views the words are asked for at a time
LAST_PAGE = 200  # beyond this nobody turns pages by hand


@dataclass(frozen=True)
class WallPicture:
    """A picture a person has looked at and shown: its file (`/pictures/<file>/card.webp`), its size in pixels, and what is in it, in words."""

    file: str
    width: int
    height: int
    alt: str

    def sized(self, edge: int) -> tuple[int, int]:
        """Width and height in pixels of the kept size whose longest edge is this."""
        longest = max(self.width, self.height)
        share = min(edge, longest) / longest
        return max(1, round(self.width * share)), max(1, round(self.height * share))


@dataclass(frozen=True)
class WallPledge:
    """A pledge as everyone may see it: no name, no day, nothing that leads to what else its maker sent."""

    id: uuid.UUID
    words: str
    language: str  # of the page they were written on
    kind: str
    avatar: Mapping[str, Any] | None  # where a drawn person was chosen
    priority: str | None  # as the plan says it to young people
    place: str | None  # a locality’s code
    picture: WallPicture | None = None


@dataclass(frozen=True)
class WallPage:
    pledges: list[WallPledge]
    number: int
    has_more: bool


class ShownWords(Protocol):
    """Of these views, the words of those that others may see. A later room, where a person reads them, provides it."""

    def __call__(self, view_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]: ...


class ShownPictures(Protocol):
    """Of these submissions, the picture that everyone may see. The room where a person looks at pictures provides it."""

    def __call__(self, submission_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, WallPicture]: ...


class KeptInWords(Protocol):
    """How many pledges were kept, rounded and in words; None where they are too few to say. The room of numbers provides it."""

    def __call__(self) -> str | None: ...


def provide_words(app: Flask, words: ShownWords) -> None:
    app.extensions["voice.pledging.words"] = words


def provide_pictures(app: Flask, pictures: ShownPictures) -> None:
    app.extensions["voice.pledging.pictures"] = pictures


def provide_kept(app: Flask, kept: KeptInWords) -> None:
    app.extensions["voice.pledging.kept"] = kept


def kept_in_words() -> str | None:
    kept: KeptInWords | None = current_app.extensions.get("voice.pledging.kept")
    return kept() if kept else None


def wall(priority_id: uuid.UUID | None = None, number: int = 1, place: str | None = None) -> WallPage:
    """One page of the wall, the newest week first; inside a week in no order anyone could read a day from."""
    number = min(max(1, number), LAST_PAGE)
    wanted = [Pledge.priority_id == priority_id] if priority_id else []
    wanted += [Submission.place == place] if place else []
    found = list(islice(_shown(wanted), (number - 1) * PAGE, number * PAGE + 1))
    return WallPage(_no_face_first(_with_pictures(found[:PAGE])), number, len(found) > PAGE)


def _no_face_first(pledges: list[WallPledge]) -> list[WallPledge]:
    """A page never begins with a face: nobody shall think that one is wanted."""
    first = next((number for number, each in enumerate(pledges) if not (each.picture and each.kind == "selfie")), 0)
    return [pledges[first], *pledges[:first], *pledges[first + 1 :]] if first else pledges


def on_the_wall(pledge_id: uuid.UUID) -> WallPledge | None:
    """One pledge; None where there is none, or nobody may see it (now)."""
    return next(iter(_with_pictures(list(_with_words(session().execute(_pledges([Pledge.id == pledge_id])).all())))), None)


def may_show_picture() -> Select[uuid.UUID]:
    """Submissions of pledges whose picture may stand on the wall as far as this room knows: its maker agreed to it, a parent where one must, and the
    pledge itself may stand there. Whether a person has looked at it the room above says."""
    return _pledges([], Pledge.submission_id).where(
        Pledge.kind.in_(WITH_PICTURE),
        Pledge.shows_picture,
        or_(Pledge.is_under_13.is_(False), Pledge.picture_agreed_on.is_not(None)),
    )


def pictured(submission_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these submissions, the pledges whose picture may stand on the wall now: as `may_show_picture`, and their words are shown."""
    rows = session().execute(_pledges([Pledge.submission_id.in_(_may_show(submission_ids))])).all() if submission_ids else []
    return {each.submission_id for each in _with_words(rows)}


@dataclass(frozen=True)
class _Found:
    """A pledge, and what only this room may know of it."""

    submission_id: uuid.UUID
    pledge: WallPledge


def _shown(wanted: list[ColumnElement[bool]]) -> Iterator[_Found]:
    """Pledges of one week after the other; inside a week by their ids, which are random."""
    newest = session().scalar(_pledges(wanted, func.max(View.received_on)))
    while newest:
        week = week_of(newest)
        rows = session().execute(_pledges(wanted).where(View.received_on.between(week, week + timedelta(days=6))).order_by(Pledge.id)).all()
        for start in range(0, len(rows), AT_ONCE):
            yield from _with_words(rows[start : start + AT_ONCE])
        newest = session().scalar(_pledges(wanted, func.max(View.received_on)).where(View.received_on < week))


def _with_words(rows: Collection[Any]) -> Iterator[_Found]:
    """Those whose words others may see. Without anybody who says which, none."""
    words: ShownWords | None = current_app.extensions.get("voice.pledging.words")
    said = words([row[0].view_id for row in rows]) if words and rows else {}
    for pledge, language, place, title in rows:
        if pledge.view_id in said:
            avatar = pledge.avatar if pledge.kind == "avatar" else None
            yield _Found(pledge.submission_id, WallPledge(pledge.id, said[pledge.view_id], language, pledge.kind, avatar, title, place))


def _with_pictures(found: list[_Found]) -> list[WallPledge]:
    pictures: ShownPictures | None = current_app.extensions.get("voice.pledging.pictures")
    there = _may_show([each.submission_id for each in found if each.pledge.kind in WITH_PICTURE])
    shown = pictures(there) if pictures and there else {}
    return [replace(each.pledge, picture=shown.get(each.submission_id)) for each in found]


def _may_show(submission_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    wanted = list(submission_ids)
    return list(session().scalars(may_show_picture().where(Pledge.submission_id.in_(wanted)))) if wanted else []


def _pledges(wanted: list[ColumnElement[bool]], *columns: Any) -> Select[Any]:
    """Those that may be on the wall once their words are cleared: not over, and under 13 only with a parent’s or carer’s yes."""
    found = select(*(columns or (Pledge, View.language, Submission.place, Priority.child_title))).select_from(Pledge)
    found = found.join(View, View.id == Pledge.view_id).join(Submission, Submission.id == Pledge.submission_id)
    return found.outerjoin(Priority, Priority.id == Pledge.priority_id).where(
        or_(Pledge.ends_on.is_(None), Pledge.ends_on >= today()),
        or_(Pledge.is_under_13.is_(False), Pledge.words_agreed_on.is_not(None)),
        *wanted,
    )
