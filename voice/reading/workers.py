"""Work on pictures in the background: opening one takes a while, and nobody waits for the database meanwhile."""

from __future__ import annotations

from voice import imaging, keeping
from voice.reading.pictures_alike import join, not_looked_over
from voice.storage import commit
from voice.storage.files import NoSuchFile, StoreAway

AT_ONCE = 5  # so that alerts, which the same worker sends, are not kept waiting


def look_over_pictures() -> int:
    """Put new pictures together with those they are much like, and look where faces are in them. Returns how many were new."""
    new = not_looked_over(AT_ONCE)
    commit()
    try:
        found = {picture_id: _faces(file) for picture_id, file in new}
    except StoreAway:  # next time
        return 0
    for picture_id, faces in found.items():
        join(picture_id, faces)
    return len(found)


def _faces(file: str) -> list[list[float]]:
    """Middle, width and height of what may be a face, as shares of the picture’s; none where it cannot be looked at."""
    try:
        return [[each.x, each.y, each.width, each.height] for each in imaging.faces(keeping.picture_bytes(file, "full"))]
    except (imaging.Refused, NoSuchFile):
        return []
