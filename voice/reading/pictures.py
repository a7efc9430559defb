"""What an officer does with a picture: open it, let everyone see it, with faces covered or not, or withhold it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from voice import audit, imaging, keeping
from voice.imaging import Clean, Cover
from voice.keeping.picture_models import Picture
from voice.reading.models import PictureLook
from voice.reading.pictures_queries import PictureStanding, still_to_look_at
from voice.reading.pictures_rules import REASONS
from voice.storage import session, today


def record_opening(picture_ids: Iterable[uuid.UUID], by: uuid.UUID) -> None:
    """Somebody is about to see these. On record, and that record committed, before a byte is read. Ask `may_open` of each first."""
    audit.read_raw(by, "picture opened", "picture", picture_ids)


def covered(found: PictureStanding, covers: Sequence[Cover], by: uuid.UUID) -> Clean:
    """The picture with these parts covered for good. Commits the record of the opening first, so that nobody waits for the database
    while the picture is made.

    Raises:
        NoSuchFile, StoreAway, Refused.
    """
    record_opening([found.id], by)
    return imaging.cover(keeping.picture_bytes(found.kept.file, "full"), covers)


def take_up_pictures(picture_ids: Collection[uuid.UUID], by: uuid.UUID) -> list[PictureStanding]:
    """Of these pictures, those nobody has decided about, held until the commit so that two officers never decide at once."""
    session().execute(select(Picture.id).where(Picture.id.in_(picture_ids)).order_by(Picture.id).with_for_update())
    return still_to_look_at(picture_ids, by)


def show_picture(picture_id: uuid.UUID, alt: str, by: uuid.UUID, made: Clean | None = None) -> None:
    """It may be shown, with these words for whoever cannot; `made`: with parts covered, in the place of what was sent.

    Raises:
        StoreAway: `made` could not be kept. Nothing was changed.
    """
    if made is not None:
        keeping.replace_picture(picture_id, made)
    _decide(picture_id, by, "shown", alt=alt, faces_covered=made is not None)
    keeping.describe_picture(picture_id, alt)


def withhold_picture(picture_id: uuid.UUID, reason: str, by: uuid.UUID) -> None:
    """Nobody outside the reading room sees it, for this reason; after a week it goes. Its sender sees no difference."""
    if reason not in REASONS:
        raise ValueError(reason)
    _decide(picture_id, by, "withheld", reason=reason)


def put_back_picture(picture_id: uuid.UUID, by: uuid.UUID) -> None:
    """Undo: it waits to be looked at again, and nobody else sees it."""
    row = session().get(PictureLook, picture_id)
    if row is not None:
        session().delete(row)
        session().flush()
        audit.record(by, "put back to look at", "picture", picture_id)


def _decide(
    picture_id: uuid.UUID, by: uuid.UUID, decision: str, *, reason: str | None = None, alt: str | None = None, faces_covered: bool = False
) -> None:
    row = session().get(PictureLook, picture_id) or PictureLook(picture_id=picture_id)
    row.decision, row.reason, row.alt, row.looked_by, row.looked_on, row.faces_covered = decision, reason, alt, by, today(), faces_covered
    session().add(row)
    session().flush()
    audit.record(by, f"picture {decision}", "picture", picture_id, reason)
