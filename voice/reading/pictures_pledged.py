"""Pictures of pledges: what a person has shown here, and its maker (under 13 a parent too) agreed to there, is for all to see."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select

from voice import keeping, pledging
from voice.keeping.models import Submission
from voice.keeping.picture_models import Picture
from voice.pledging import WallPicture
from voice.reading.pictures_queries import may_everyone_see
from voice.storage import session


def open_to_everyone(picture_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """The gate of `/pictures/…`: as a person decided, and of pledges only while the pledge may show it."""
    shown = may_everyone_see(picture_ids)
    if not shown:
        return shown
    pledged = select(Picture.id).join(Submission, Submission.id == Picture.submission_id).where(Picture.id.in_(shown), Submission.purpose == "pledge")
    shut = set(session().scalars(pledged.where(Picture.submission_id.not_in(pledging.may_show_picture()))))
    return shown - shut


def pictures_for_the_wall(submission_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, WallPicture]:
    """By submission, the picture that everyone may see."""
    found = keeping.pictures_of(submission_ids)
    shown = keeping.shown_to_all([each.id for pictures in found.values() for each in pictures])
    return {
        submission_id: WallPicture(each.file, each.width, each.height, each.alt)
        for submission_id, pictures in found.items()
        for each in pictures
        if each.id in shown
    }
