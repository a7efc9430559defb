"""What of a pledge a person has let through: for the wall, for whoever asks for its picture, and for a parent who is asked."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from flask import Flask
from sqlalchemy import select

from voice import keeping, pledging
from voice.keeping.models import Submission
from voice.keeping.picture_models import Picture
from voice.pledging import WallPicture
from voice.reading.pictures_queries import may_everyone_see
from voice.reading.queries import shown
from voice.storage import session


def install(app: Flask) -> None:
    pledging.provide_words(app, words_for_the_wall)
    pledging.provide_pictures(app, pictures_for_the_wall)
    pledging.provide_let_through(app, may_everyone_see)
    keeping.provide_gate(app, everyones)


def words_for_the_wall(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The pledge wall shows what a person has cleared, and nothing else."""
    return {view_id: view.words for view_id, view in shown(view_ids).items()}


def everyones(picture_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these pictures, those that everybody may open: of pledges, shown by a person, while the pledge itself stands on the wall with it.

    Whoever draws for a survey was told that we do not show it to others; what an officer decides of it is for the room alone.
    """
    let = may_everyone_see(picture_ids)
    wanted = select(Picture.id, Picture.submission_id).join(Submission).where(Picture.id.in_(let), Submission.purpose == "pledge")
    of_pledges: dict[uuid.UUID, uuid.UUID] = {row[0]: row[1] for row in session().execute(wanted) if row[1]} if let else {}
    stand = pledging.pictured(list(of_pledges.values()))
    return {each for each in let if of_pledges.get(each) in stand}


def pictures_for_the_wall(submission_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, WallPicture]:
    """The picture of each that everyone may see, with the words in which a person said what is in it."""
    kept = {each.id: each for found in keeping.pictures_of(submission_ids).values() for each in found}
    open_to_all = keeping.shown_to_all(list(kept))
    return {
        each.submission_id: WallPicture(each.file, each.width, each.height, each.alt)
        for each in kept.values()
        if each.id in open_to_all and each.submission_id
    }
