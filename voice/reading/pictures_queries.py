"""Pictures as the desk knows them: which wait to be looked at, where each stands, and which everyone may see. Never a pixel.

`by` is the member who looks. What a group asked on purpose sent is only there for those named for it; what is locked, or was sent with an
open concern, is there for the safeguarding lead alone (`pictures_worrying`).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, tuple_

from voice import inviting, keeping, safeguarding
from voice.imaging import Cover
from voice.keeping.models import Submission, View
from voice.keeping.picture_models import Picture
from voice.reading.aside import set_aside
from voice.reading.models import LockedPicture, PictureLook, PictureMark
from voice.reading.pictures_rules import alike, around
from voice.reading.queries import IS_HELD
from voice.safeguarding.models import Screening
from voice.storage import session, week_of

Wanted = Select[uuid.UUID, Submission, PictureLook, PictureMark]
READY, WAITS, STUCK, FOUND = "ready", "waits", "stuck", "found"
MOST_ALIKE = 12
"""Pictures of one group that are looked at side by side."""


@dataclass(frozen=True)
class PictureStanding:
    """Where one picture stands, for the reading room; without a decision nobody has looked at it."""

    id: uuid.UUID
    kept: keeping.KeptPicture
    activity_id: uuid.UUID | None  # None: a pledge
    week: date
    age_band: str | None
    place: str | None
    decision: str | None
    reason: str | None
    faces_covered: bool
    looked_by: uuid.UUID | None
    looked_in: date | None  # the week
    group_id: uuid.UUID | None
    faces: tuple[Cover, ...] | None  # suggested covers; None: not looked for yet
    like_locked: bool  # much like one that the lead has locked: nobody else opens it

    @property
    def may_open(self) -> bool:
        return self.kept.is_open and not self.like_locked

    @property
    def scan(self) -> str:
        """ready; waits: the scanner has not looked; stuck: the scanner cannot, and is asked again; found: it found something harmful."""
        if self.kept.is_open:
            return READY
        return {"found": FOUND, "error": STUCK}.get(self.kept.scanned or "", WAITS)


def waiting_pictures(most: int = 20, after: uuid.UUID | None = None, by: uuid.UUID | None = None) -> list[PictureStanding]:
    """Pictures nobody has looked at, oldest first. `after` is the last picture of the page before."""
    wanted = _new(by).order_by(Picture.received_on, Picture.id).limit(most)
    place = session().get(Picture, after) if after else None
    if place is not None:
        wanted = wanted.where(tuple_(Picture.received_on, Picture.id) > (place.received_on, place.id))
    return _standings(wanted)


def how_many_pictures(by: uuid.UUID | None = None) -> int:
    """How many pictures nobody has looked at."""
    return session().scalar(_new(by).with_only_columns(func.count())) or 0


def picture(picture_id: uuid.UUID, by: uuid.UUID | None = None) -> PictureStanding | None:
    """Where one picture stands; None where there is none, or only others may see it."""
    found = _standings(_theirs(by).where(Picture.id == picture_id))
    return found[0] if found else None


def looked_at(decision: str, by: uuid.UUID | None = None, most: int = 24, page: int = 1) -> list[PictureStanding]:
    """Pictures that are shown, or withheld; those decided last come first."""
    order = (PictureLook.looked_on.desc(), PictureLook.picture_id)
    return _standings(_theirs(by).where(PictureLook.decision == decision).order_by(*order).limit(most).offset((page - 1) * most))


def still_to_look_at(picture_ids: Collection[uuid.UUID], by: uuid.UUID | None = None) -> list[PictureStanding]:
    """Of these pictures, those nobody has decided about, in the order given."""
    there = {each.id: each for each in _standings(_new(by).where(Picture.id.in_(picture_ids)))}
    return [there[each] for each in dict.fromkeys(picture_ids) if each in there]


def alike_pictures(found: Collection[PictureStanding], by: uuid.UUID | None = None) -> dict[uuid.UUID, int]:
    """Of these pictures, those that others much alike wait with, with how many, by id."""
    wanted = {each.group_id for each in found if each.group_id}
    sizes = _new(by).where(PictureMark.group_id.in_(wanted)).with_only_columns(PictureMark.group_id, func.count()).group_by(PictureMark.group_id)
    many: dict[uuid.UUID | None, int] = dict(session().execute(sizes).all())
    return {each.id: many[each.group_id] - 1 for each in found if many.get(each.group_id, 0) > 1}


def group_pictures(group_id: uuid.UUID, by: uuid.UUID | None = None, most: int = MOST_ALIKE) -> list[PictureStanding]:
    """Pictures of a group that nobody has decided about, oldest first."""
    return _standings(_new(by).where(PictureMark.group_id == group_id).order_by(Picture.received_on, Picture.id).limit(most))


def pictures_beside(view_ids: Collection[uuid.UUID], by: uuid.UUID | None = None) -> dict[uuid.UUID, list[PictureStanding]]:
    """Pictures that belong to these views: of the same answer, or of the same pledge. Nothing else ties a view to what its sender also sent."""
    same = and_(View.submission_id == Picture.submission_id, (View.question == Picture.question) | Submission.activity_id.is_(None))
    wanted = select(View.id, Picture.id).join(Submission, Submission.id == View.submission_id).join(Picture, same).where(View.id.in_(view_ids))
    belongs = [(view_id, picture_id) for view_id, picture_id in session().execute(wanted)]
    there = {each.id: each for each in _standings(_theirs(by).where(Picture.id.in_([each for _, each in belongs])))} if belongs else {}
    found: dict[uuid.UUID, list[PictureStanding]] = {}
    for view_id, picture_id in belongs:
        if picture_id in there:
            found.setdefault(view_id, []).append(there[picture_id])
    return found


def words_beside(found: PictureStanding) -> list[uuid.UUID]:
    """Ids of the views that belong to a picture."""
    wanted = select(View.id).where(View.submission_id == found.kept.submission_id)
    return list(session().scalars(wanted.where(View.question == found.kept.question) if found.activity_id else wanted))


def may_everyone_see(picture_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these pictures, those a person has shown: not locked, not sent with an open concern, not set aside, not of a group asked on purpose."""
    if not picture_ids:
        return set()
    shown = _theirs(None).where(Picture.id.in_(picture_ids), PictureLook.decision == "shown", Picture.submission_id.not_in(set_aside()))
    return set(session().scalars(shown.with_only_columns(Picture.id)))


def _new(by: uuid.UUID | None) -> Wanted:
    """Those nobody has decided about."""
    return _theirs(by).where(PictureLook.picture_id.is_(None))


def _theirs(by: uuid.UUID | None) -> Wanted:
    """The one query that every list, count and gate of pictures begins with."""
    return (
        select(Picture.id, Submission, PictureLook, PictureMark)
        .select_from(Picture)
        .join(Submission, Submission.id == Picture.submission_id)
        .outerjoin(Screening, Screening.submission_id == Picture.submission_id)
        .outerjoin(PictureLook, PictureLook.picture_id == Picture.id)
        .outerjoin(PictureMark, PictureMark.picture_id == Picture.id)
        .outerjoin(LockedPicture, LockedPicture.picture_id == Picture.id)
        .where(LockedPicture.picture_id.is_(None), ~func.coalesce(IS_HELD, False), _open_to(by))
    )


def _open_to(by: uuid.UUID | None) -> ColumnElement[bool]:
    """True for what this member may look at as far as its group goes, and as it is not about them."""
    return and_(Picture.submission_id.not_in(inviting.hidden_submissions(by)), Picture.submission_id.not_in(safeguarding.submissions_about(by)))


def _standings(wanted: Wanted) -> list[PictureStanding]:
    rows = session().execute(wanted).all()
    if not rows:
        return []
    kept = keeping.pictures([row[0] for row in rows])
    locked = keeping.pictures(session().scalars(select(LockedPicture.picture_id)).all()).values()
    return [_standing(kept[row[0]], row, [each.likeness for each in locked]) for row in rows if row[0] in kept]


def _standing(kept: keeping.KeptPicture, row: Row[uuid.UUID, Submission, PictureLook, PictureMark], locked: Collection[int]) -> PictureStanding:
    submission, look, mark = row[1], row[2], row[3]
    return PictureStanding(
        id=kept.id,
        kept=kept,
        activity_id=submission.activity_id,
        week=week_of(kept.received_on),
        age_band=submission.age_band,
        place=submission.place,
        decision=look.decision if look else None,
        reason=look.reason if look else None,
        faces_covered=look.faces_covered if look else False,
        looked_by=look.looked_by if look else None,
        looked_in=week_of(look.looked_on) if look else None,
        group_id=mark.group_id if mark else None,
        faces=tuple(around((each[0], each[1]), (each[2], each[3]), kept.height / kept.width) for each in mark.faces) if mark else None,
        like_locked=any(alike(kept.likeness, each) for each in locked),
    )
