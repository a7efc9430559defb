"""A picture that comes with answers: read from the last page of a walk or from a program’s message, and made clean before anything is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from flask import request

from voice import imaging
from voice.asking import Question
from voice.imaging import Clean, Edit

LARGEST: Final = imaging.LARGEST + 1024**2
"""Bytes in the last page of a walk: a picture as the phone’s camera made it, and everything that was said before."""
FIELD: Final = "picture"
TURN: Final = "picture_turn"
COVER: Final = "picture_cover"
TURNS: Final = (0, 90, 180, 270)
KINDS: Final = {"draw": "drawing", "image": "photo"}
"""What a picture is kept as, by the type of question it answers."""


@dataclass(frozen=True)
class Picture:
    """A picture as it goes into keeping. `digest` tells the same one from another, as it was sent and with what was asked to be done to it."""

    clean: Clean
    digest: str
    cover_faces: bool


def sent_picture() -> Picture | None:
    """The picture in the form that was sent; None where there is none.

    Raises:
        Refused: it cannot be taken; `reason` says why.
    """
    data = next(filter(None, (file.read() for file in request.files.getlist(FIELD))), b"")
    if not data:
        return None
    turn = request.form.getlist(TURN)[-1:] or ["0"]  # a board before it has a turn of its own, which is none
    return made_clean(data, int(turn[0]) if turn[0] in map(str, TURNS) else 0, cover_faces=bool(request.form.get(COVER)))


def made_clean(data: bytes, turn: int = 0, *, cover_faces: bool = False) -> Picture:
    """The picture rebuilt from its pixels, turned clockwise by so many degrees. Takes up to a second or two: do it before a transaction begins.

    Raises:
        Refused.
    """
    said = hashlib.sha256(data)
    said.update(f"{turn} {cover_faces}".encode())
    return Picture(imaging.clean(data, Edit(turn=turn)), said.hexdigest(), cover_faces)


def kind_of(question: Question) -> str:
    return KINDS[question.type]
