"""Reading what was stored, with two tools: our own walk through the file’s pieces, and Pillow."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image

PIXELS = {b"VP8 ", b"VP8L"}


@dataclass(frozen=True)
class Left:
    """What is in a file beside pixels, in bytes and in tags."""

    beside: int  # bytes in pieces that are no pixels
    behind: int  # bytes after the end
    tags: int


def left_in(data: bytes) -> Left:
    length = struct.unpack("<I", data[4:8])[0] + 8
    assert data[:4] == b"RIFF", data[8:12] == b"WEBP"
    at, beside = 12, 0
    while at + 8 <= length:
        name, size = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        beside += 0 if name in PIXELS else size + 8
        at += 8 + size + size % 2
    image = Image.open(io.BytesIO(data), formats=["WEBP"])
    image.load()
    told = [name for name in ("exif", "icc_profile", "xmp", "comment") if image.info.get(name)]
    return Left(beside, len(data) - min(length, at), len(image.getexif()) + len(told))
