"""Keeping a picture: its files first, then its row; taken back, both are gone.

Files are on disk before the row is committed, and go after its end is. A crash in between leaves files without a row, which `tidying` finds;
never a row without files.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Flask, current_app
from sqlalchemy import ColumnElement, false, or_, select, update

from voice.config import settings
from voice.imaging import SIZES, Clean
from voice.keeping.leaving import named, remove_files, remove_now
from voice.keeping.lifetimes import lifetimes_of
from voice.keeping.models import Submission
from voice.keeping.picture_models import KINDS, Picture
from voice.storage import scrub_soon, session
from voice.storage.files import NoSuchFile, StoreAway, files, new_name

Gate = Callable[[Collection[uuid.UUID]], Collection[uuid.UUID]]
LONGEST_ALT: Final = 300


@dataclass(frozen=True)
class KeptPicture:
    """What is known of a picture."""

    id: uuid.UUID
    submission_id: uuid.UUID | None  # None: taken back while it was locked
    question: str
    kind: str  # one of `KINDS`
    file: str  # `picture_bytes(file, size)`; on pages `url_for("pictures.show", file=…, size=…)`
    width: int  # of the largest size, in pixels
    height: int
    likeness: int  # 64 bits, see `imaging.unlike`
    alt: str  # in the sender’s words; may be empty
    cover_faces: bool  # the sender asks for every face to be covered
    ends_on: date | None
    received_on: date
    scanned: str | None  # clean, found, error; None: not scanned (yet)
    is_open: bool  # whether the scanner, where there is one, lets anybody open it


def keep_picture(
    submission_id: uuid.UUID,
    question: str,
    clean: Clean,
    *,
    kind: str,
    alt: str = "",
    cover_faces: bool = False,
    ends_on: date | None = None,
) -> uuid.UUID:
    """Keep a clean picture with what was sent. Its files are on disk when this returns; the caller commits.

    Raises:
        StoreAway: the store is down or full. Nothing was kept.
        ValueError: there is no such kind.
    """
    if kind not in KINDS:
        raise ValueError(f"There is no kind of picture “{kind}”.")
    file = _put(clean)
    row = Picture(
        submission_id=submission_id,
        question=question,
        kind=kind,
        file=file,
        width=clean.width,
        height=clean.height,
        likeness=_signed(clean.likeness),
        alt=alt.strip()[:LONGEST_ALT] or None,
        cover_faces=cover_faces,
        ends_on=ends_on,
        received_on=session().get_one(Submission, submission_id).received_on,  # of a pledge only its week is known
    )
    session().add(row)
    session().flush()
    return row.id


def replace_picture(picture_id: uuid.UUID, clean: Clean) -> None:
    """Other pixels for this picture, such as with faces covered: under a new name, so that no cache shows the old; the old go with the
    commit.

    Raises:
        StoreAway, KeyError.
    """
    row = _row(picture_id)
    old, row.file = row.file, _put(clean)
    row.width, row.height, row.likeness = clean.width, clean.height, _signed(clean.likeness)
    row.scanned, row.scan_tries, row.scan_next = None, 0, None
    session().flush()
    remove_files([old])


def describe_picture(picture_id: uuid.UUID, alt: str) -> None:
    """Say what is in it. Raises KeyError."""
    _row(picture_id).alt = alt.strip()[:LONGEST_ALT] or None
    session().flush()


def pictures_of(submission_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[KeptPicture]]:
    """Pictures by submission, in the order of their questions’ names; submissions without any are left out."""
    rows = session().scalars(select(Picture).where(Picture.submission_id.in_(submission_ids)).order_by(Picture.question))
    found: dict[uuid.UUID, list[KeptPicture]] = {}
    for row in rows:
        if row.submission_id is not None:
            found.setdefault(row.submission_id, []).append(_kept(row))
    return found


def pictures(picture_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, KeptPicture]:
    """Pictures by their ids; those that are no more are left out."""
    return {row.id: _kept(row) for row in session().scalars(select(Picture).where(Picture.id.in_(picture_ids)))}


def picture_named(file: str) -> KeptPicture | None:
    """The picture whose files have this name."""
    row = session().scalar(select(Picture).where(Picture.file == file))
    return _kept(row) if row else None


def picture_bytes(file: str, size: str) -> bytes:
    """One size (thumb, card, full) of a picture, as WebP.

    Raises:
        NoSuchFile, StoreAway.
    """
    if size not in SIZES:
        raise NoSuchFile(size)
    return files().get(named(file, size))


def remove_picture(picture_id: uuid.UUID) -> None:
    """Row and files; nothing happens where it is gone already. The caller commits, then calls `storage.scrub()`."""
    row = session().get(Picture, picture_id)
    if row is None:
        return
    file = row.file
    session().delete(row)
    session().flush()
    scrub_soon()
    remove_files([file])


def provide_gate(app: Flask, may_everyone_see: Gate) -> None:
    """`may_everyone_see(picture ids)` gives those of them that everybody may open. Without a gate: none."""
    app.extensions["voice.picture gate"] = may_everyone_see


def shown_to_all(picture_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these pictures that everybody may open: the gate says so, and the scanner, where there is one, found nothing."""
    gate: Gate | None = current_app.extensions.get("voice.picture gate")
    if gate is None or not picture_ids:
        return set()
    let = set(gate(picture_ids))
    return set(session().scalars(select(Picture.id).where(Picture.id.in_(let), is_open())))


def is_open() -> ColumnElement[bool]:
    """Whether a picture may be opened by anybody at all: with a scanner only what it found clean; without, all but what one once found."""
    if settings().scanner:
        return Picture.scanned == "clean"
    return Picture.scanned.is_(None) | (Picture.scanned != "found")


def forget_pictures(submission_id: uuid.UUID, _view_ids: Sequence[uuid.UUID]) -> None:
    """The eraser. What is locked for the safeguarding lead stays, joined to nothing, until the lead is done with it."""
    held = list(session().scalars(select(Picture.id).where(Picture.submission_id == submission_id, is_locked())))
    session().execute(update(Picture).where(Picture.id.in_(held)).values(submission_id=None, alt=None))
    remove_files(session().scalars(select(Picture.file).where(Picture.submission_id == submission_id)).all())


def is_locked() -> ColumnElement[bool]:
    """Whether another room holds it (“locked without viewing”)."""
    return or_(false(), *(Picture.id.in_(locked()) for locked in lifetimes_of().picture_locks().values()))


def _put(clean: Clean) -> str:
    file = new_name()
    try:
        for size, data in clean.sizes.items():
            files().put(named(file, size), data)
    except StoreAway:
        with contextlib.suppress(StoreAway):
            remove_now(file)
        raise
    return file


def _row(picture_id: uuid.UUID) -> Picture:
    row = session().get(Picture, picture_id)
    if row is None:
        raise KeyError(picture_id)
    return row


def _kept(row: Picture) -> KeptPicture:
    return KeptPicture(
        row.id,
        row.submission_id,
        row.question,
        row.kind,
        row.file,
        row.width,
        row.height,
        row.likeness % 2**64,
        row.alt or "",
        row.cover_faces,
        row.ends_on,
        row.received_on,
        row.scanned,
        row.scanned == "clean" if settings().scanner else row.scanned != "found",
    )


def _signed(likeness: int) -> int:
    """As a database keeps 64 bits."""
    return likeness - 2**64 if likeness >= 2**63 else likeness
