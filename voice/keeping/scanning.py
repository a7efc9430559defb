"""A virus scanner (ClamAV) looks at every picture, where the installation has one. Whatever happens to the scanner, no picture is open that it
has not found clean: one that cannot be looked at waits, is tried again, and after five tries the watch says so.

The protocol is clamd’s INSTREAM: the word, then pieces with their length before them, then a length of nothing; the answer is one line.
"""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Select, or_, select

from voice.config import settings
from voice.imaging import SIZES
from voice.keeping.picture_models import Picture
from voice.keeping.pictures import picture_bytes
from voice.storage import now, session
from voice.storage.files import NoSuchFile, StoreAway

SECONDS: Final = 10.0
PIECE: Final = 64 * 1024
TRIES: Final = 5
AT_ONCE: Final = 20
FIRST_WAIT: Final = timedelta(seconds=30)  # twice as long each time
LAST_WAIT: Final = timedelta(hours=1)  # after the fifth: until somebody has put the scanner right


class NoAnswer(Exception):
    """The scanner did not say whether it is clean."""


def scan(data: bytes, where: str, seconds: float = SECONDS) -> bool:
    """Whether the scanner at this address (`unix:///…` or `tcp://host:port`) finds nothing.

    Raises:
        NoAnswer: it is down, slow, or says something else.
    """
    try:
        with _connected(where, seconds) as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), PIECE):
                piece = data[at : at + PIECE]
                line.sendall(len(piece).to_bytes(4) + piece)
            line.sendall(bytes(4))
            said = _heard(line)
    except OSError as wrong:
        raise NoAnswer(type(wrong).__name__) from wrong
    if said.endswith(b" OK"):
        return True
    if said.endswith(b" FOUND"):
        return False
    raise NoAnswer("it said something else")


@contextmanager
def _connected(where: str, seconds: float) -> Iterator[socket.socket]:
    parts = urlsplit(where)
    family = socket.AF_UNIX if parts.scheme == "unix" else socket.AF_INET6 if ":" in (parts.hostname or "") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(seconds)
        line.connect(parts.path if parts.scheme == "unix" else (parts.hostname, parts.port))
        yield line


def _heard(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < PIECE:
        piece = line.recv(1024)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n")


def scan_what_waits() -> int:
    """The worker’s job: ask about pictures that wait, a few at a time, and stop at the first that gets no answer. Returns how many got one."""
    where = settings().scanner
    if where is None:
        return 0
    waiting = [(row[0], row[1]) for row in session().execute(_waiting())]
    session().rollback()  # the scanner may be slow, and others want to write meanwhile
    answered = 0
    for picture_id, file in waiting:
        try:
            is_clean = all(scan(picture_bytes(file, size), where) for size in SIZES)
        except (NoAnswer, NoSuchFile, StoreAway):
            _try_later(picture_id)
            break
        _write_down(picture_id, file, "clean" if is_clean else "found")
        answered += 1
    session().flush()
    return answered


def has_failed() -> bool:
    """Whether a picture waits though it was tried as often as one is: somebody must look at the scanner."""
    return bool(settings().scanner) and bool(session().scalar(select(select(Picture).where(Picture.scanned == "error").exists())))


def _waiting() -> Select[uuid.UUID, str]:
    due = or_(Picture.scan_next.is_(None), Picture.scan_next <= now())
    return select(Picture.id, Picture.file).where(or_(Picture.scanned.is_(None), Picture.scanned == "error"), due).order_by(Picture.id).limit(AT_ONCE)


def _write_down(picture_id: uuid.UUID, file: str, said: str) -> None:
    row = session().get(Picture, picture_id)
    if row is not None and row.file == file:  # else it is gone, or has other pixels by now
        row.scanned, row.scan_tries, row.scan_next = said, 0, None


def _try_later(picture_id: uuid.UUID) -> None:
    row = session().get(Picture, picture_id)
    if row is None:
        return
    row.scan_tries += 1
    if row.scan_tries >= TRIES:
        row.scanned, row.scan_next = "error", now() + LAST_WAIT
    else:
        row.scan_next = now() + FIRST_WAIT * 2 ** (row.scan_tries - 1)
