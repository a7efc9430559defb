"""Pictures that look alike come together, so that they are looked at side by side and decided about once."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import Select, func, or_, select, update

from voice import keeping
from voice.keeping.models import Submission
from voice.keeping.picture_models import Picture
from voice.reading.models import LockedPicture, PictureMark
from voice.reading.pictures_rules import BANDS, alike, bands, near
from voice.storage import new_id, session, today

DAYS_LOOKED_BACK = 90
WELL_KNOWN = 40  # in a group: from here on, new ones are found by those that are there
NEAREST = 2000


def not_looked_over(most: int) -> list[tuple[uuid.UUID, str]]:
    """Id and file of pictures that nothing is known of yet, oldest first; never one that is locked or that no scanner has seen."""
    wanted = (
        select(Picture.id, Picture.file)
        .outerjoin(PictureMark, PictureMark.picture_id == Picture.id)
        .outerjoin(LockedPicture, LockedPicture.picture_id == Picture.id)
        .where(PictureMark.picture_id.is_(None), LockedPicture.picture_id.is_(None), keeping.picture_is_open())
    )
    return [(each.id, each.file) for each in session().execute(wanted.order_by(Picture.received_on, Picture.id).limit(most))]


def join(picture_id: uuid.UUID, faces: Sequence[Sequence[float]]) -> uuid.UUID | None:
    """Keep what was found in a picture, and put it together with those it is much like. Returns their group."""
    row = session().get(Picture, picture_id)
    if row is None or session().get(PictureMark, picture_id) is not None:
        return None
    like = _much_like(row)
    group_id = _one_group(like) if like else None
    found: Sequence[int | None] = bands(row.likeness % 2**64) if group_id is None or _size(group_id) <= WELL_KNOWN else [None] * BANDS
    looked_up_by = {f"band_{at}": band for at, band in enumerate(found)}
    session().add(PictureMark(picture_id=picture_id, group_id=group_id, faces=[list(each) for each in faces], **looked_up_by))
    session().flush()
    return group_id


def _much_like(row: Picture) -> list[PictureMark]:
    """Marks of pictures much like this one."""
    columns = (PictureMark.band_0, PictureMark.band_1, PictureMark.band_2, PictureMark.band_3)
    close = or_(*(column.in_(near(band)) for column, band in zip(columns, bands(row.likeness % 2**64), strict=True)))
    since = today() - timedelta(days=DAYS_LOOKED_BACK)
    # A pledge’s picture never stands beside one from an answer: the two must not be matched, not even by what they look like.
    same = select(Submission.purpose).where(Submission.id == row.submission_id).scalar_subquery()
    wanted: Select[PictureMark, int] = (
        select(PictureMark, Picture.likeness)
        .join(Picture, Picture.id == PictureMark.picture_id)
        .join(Submission, Submission.id == Picture.submission_id)
        .where(close, Picture.received_on >= since, Submission.purpose == same)
    )
    found = session().execute(wanted.order_by(Picture.received_on.desc(), Picture.id).limit(NEAREST)).all()
    return [mark for mark, likeness in found if alike(row.likeness % 2**64, likeness % 2**64)]


def _one_group(like: Collection[PictureMark]) -> uuid.UUID:
    """The group of all of these, which may have been several or none until now."""
    groups = sorted({each.group_id for each in like if each.group_id})
    group_id = groups[0] if groups else new_id()
    for other in groups[1:]:
        session().execute(update(PictureMark).where(PictureMark.group_id == other).values(group_id=group_id))
    for each in like:
        each.group_id = group_id
    session().flush()
    return group_id


def _size(group_id: uuid.UUID) -> int:
    return session().scalar(select(func.count()).select_from(PictureMark).where(PictureMark.group_id == group_id)) or 0
