"""Files and rows agree: files that no row knows go, after an hour; rows whose files are gone are named, and what can be made again is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from voice.imaging import SIZES, Refused, clean
from voice.keeping.leaving import named
from voice.keeping.picture_models import Picture
from voice.keeping.pictures import picture_named, remove_picture
from voice.storage import now, session
from voice.storage.files import NoSuchFile, files

YOUNG: Final = timedelta(hours=1)
"""A file comes before its row; so long it may take."""
MANY: Final = 20
"""More files than this go by themselves only where most of the files there are have rows: else it is the database that is another."""


class FilesLost(Exception):
    """There are pictures whose files are gone, or so many files without a row that somebody must look first."""


@dataclass(frozen=True)
class Found:
    """What does not fit."""

    files: int  # all there are
    pictures: int
    without_row: tuple[str, ...] = ()  # names of files
    torn: dict[str, tuple[str, ...]] = field(default_factory=dict)  # picture’s file name -> sizes that are not there, while one is
    lost: tuple[str, ...] = ()  # picture’s file name: no size is there

    @property
    def is_suspicious(self) -> bool:
        """Whether it looks like another database, or another store, rather than like a crash."""
        return len(self.without_row) > max(MANY, self.files // 2)


@dataclass(frozen=True)
class Mended:
    removed: int  # files
    made_again: int  # files
    forgotten: int  # pictures


def look(moment: datetime | None = None) -> Found:
    """Hold files and rows against each other. Rows are read first: what comes meanwhile is too young to count."""
    before = (moment or now()) - YOUNG
    known = set(session().scalars(select(Picture.file)))
    session().rollback()  # a store may be slow to list, and others want to write meanwhile
    there = {each.name: each.at for each in files().held()}
    theirs = {named(file, size) for file in known for size in SIZES}
    orphans = tuple(sorted(name for name, at in there.items() if name not in theirs and at < before))
    lacking = {file: tuple(size for size in SIZES if named(file, size) not in there) for file in known}
    lacking = {file: sizes for file, sizes in lacking.items() if sizes and picture_named(file)}  # else taken back meanwhile
    torn = {file: sizes for file, sizes in lacking.items() if len(sizes) < len(SIZES)}
    return Found(len(there), len(known), orphans, torn, tuple(sorted(lacking.keys() - torn.keys())))


def mend(found: Found, *, all_files: bool = False, forget_lost: bool = False) -> Mended:
    """Remove files without a row, make lost sizes again from a larger one, and, where asked, forget pictures of which nothing is left.
    Where most files seem to be nobody’s none goes unless `all_files`. Flushes.

    Raises:
        StoreAway.
    """
    may_go = all_files or not found.is_suspicious
    removed = sum(_remove(name) for name in found.without_row) if may_go else 0
    made = sum(_make_again(file, sizes) for file, sizes in found.torn.items())
    forgotten = 0
    for file in found.lost if forget_lost else ():
        picture = picture_named(file)
        if picture:
            remove_picture(picture.id)
            forgotten += 1
    return Mended(removed, made, forgotten)


def tidy_up() -> int:
    """The worker’s job.

    Raises:
        FilesLost: the watch says then that a job did not end well.
    """
    found = look()
    done = mend(found)
    left = [file for file, sizes in found.torn.items() if not _has_all(file, sizes)]
    if found.lost or left or found.is_suspicious:
        raise FilesLost(f"pictures without files: {len(found.lost) + len(left)}; files without a row: {len(found.without_row)}")
    return done.removed + done.made_again


def _remove(name: str) -> int:
    """Unless its row came meanwhile."""
    stem = name.partition("-")[0]
    if picture_named(stem) and name in {named(stem, size) for size in SIZES}:
        return 0
    files().delete(name)
    return 1


def _make_again(file: str, sizes: tuple[str, ...]) -> int:
    """From the largest that is there; never larger than that."""
    best = next((size for size in reversed(SIZES) if size not in sizes), None)
    if best is None:
        return 0
    try:
        again = clean(files().get(named(file, best)))
    except (Refused, NoSuchFile):
        return 0
    return sum(_put(file, size, again.sizes[size]) for size in sizes)


def _put(file: str, size: str, data: bytes) -> int:
    files().put(named(file, size), data)
    return 1


def _has_all(file: str, sizes: tuple[str, ...]) -> bool:
    return all(_is_there(named(file, size)) for size in sizes)


def _is_there(name: str) -> bool:
    try:
        return bool(files().get(name))
    except NoSuchFile:
        return False


def in_words(found: Found) -> Iterator[str]:
    """For whoever runs it: names of files and sizes, which lead nowhere without the database."""
    yield f"{found.files} files, {found.pictures} pictures"
    yield from (f"file without a picture: {name}" for name in found.without_row)
    yield from (f"picture without its size {', '.join(sizes)}: {file}" for file, sizes in sorted(found.torn.items()))
    yield from (f"picture without files: {file}" for file in found.lost)
