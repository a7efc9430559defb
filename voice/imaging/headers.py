"""What can be told of a picture without decoding a pixel of it: its kind, how many pixels it claims, whether it moves, whether it is also
something else. Costs milliseconds whatever it is given.

Sources: ITU-T T.81 (JPEG), PNG third edition, GIF89a, RFC 9649 (WebP), ISO/IEC 14496-12 and 23008-12 (HEIF).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from voice.imaging.pictures import LARGEST, Refused

MOST_PIXELS: Final = 52_000_000
MOST_EDGE: Final = 16_000
BIG: Final = 16_000_000
FEWEST_BYTES: Final = 1 / 300
"""Of a picture that claims to be big, bytes for each pixel. A phone’s has thirty times as many; a bomb has a thousandth."""
MOST_SCANS: Final = 40
"""Of a progressive JPEG; cameras and programs make ten or so, and each makes the decoder go over all pixels again."""

HEIF_STILL: Final = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"miaf"}
AVIF: Final = {b"avif", b"avis"}  # of the same family, and no phone’s
PNG_NEEDED: Final = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"eXIf", b"IDAT", b"IEND"}
ALSO_PAGE: Final = re.compile(rb"%PDF-|<!doctype|<html|<script|<svg|<\?php", re.IGNORECASE)
NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
NO_LENGTH: Final = {0x01, *range(0xD0, 0xD9)}
FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Header:
    """What a picture says of itself; `data` is what is needed to decode it."""

    kind: str  # jpeg, png, webp, gif, heif
    width: int
    height: int
    data: bytes


def look(data: bytes) -> Header:
    """
    Raises:
        Refused: it is no picture we take, or it claims too much.
    """
    if not data:
        raise Refused("nothing")
    if len(data) > LARGEST:
        raise Refused("too_big")
    kind = _kind(data)
    if kind is None or _is_something_else_too(data):
        raise Refused("not_a_picture")
    try:
        header = _READERS[kind](data)
    except (IndexError, ValueError) as wrong:
        raise wrong if isinstance(wrong, Refused) else Refused("broken") from None
    _hold(header)
    return header


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    brands = _brands(data) if data[4:8] == b"ftyp" else set()
    return "heif" if brands & HEIF_STILL and not brands & AVIF else None


def _brands(data: bytes) -> set[bytes]:
    body = data[8 : min(int.from_bytes(data[:4]), 256)]
    return {body[at : at + 4] for at in (0, *range(8, len(body), 4))}


def _is_something_else_too(data: bytes) -> bool:
    """A page or a program at its beginning, or an archive at its end, which other programs would open as such."""
    if ALSO_PAGE.search(data, 0, 1024):
        return True
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return end >= 0 and data.rfind(b"PK\x01\x02", 0, end) >= 0


def _hold(header: Header) -> None:
    pixels = header.width * header.height
    if not pixels:
        raise Refused("broken")
    empty = pixels > BIG and len(header.data) < pixels * FEWEST_BYTES
    if pixels > MOST_PIXELS or max(header.width, header.height) > MOST_EDGE or empty:
        raise Refused("too_many_pixels")


def _jpeg(data: bytes) -> Header:
    width = height = scans = 0
    for marker, at in _markers(data):
        if marker in FRAMES and not width:
            height, width = _number(data, at + 3, 2), _number(data, at + 5, 2)
        scans += marker == 0xDA
        if scans > MOST_SCANS:
            raise Refused("too_many_pixels")
    if not scans:
        raise Refused("broken")
    return Header("jpeg", width, height, data)


def _markers(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker up to the end of the first picture, with where its length stands."""
    at = 2
    while found := NEXT_MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker == 0xD9:
            return
        if marker not in NO_LENGTH:
            yield marker, at
            at += max(2, _number(data, at, 2))


def _png(data: bytes) -> Header:
    """Only chunks that pixels need go on: what a text chunk unpacks to is nobody’s business."""
    kept = [data[:8]]
    at = 8
    while at + 8 <= len(data):
        length, name = _number(data, at, 4), data[at + 4 : at + 8]
        if name == b"acTL":
            raise Refused("moves")
        if name in PNG_NEEDED:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    if data[12:16] != b"IHDR":
        raise Refused("broken")
    return Header("png", _number(data, 16, 4), _number(data, 20, 4), b"".join(kept))


def _webp(data: bytes) -> Header:
    name = data[12:16]
    if name == b"VP8X":
        if data[20] & 0x02:
            raise Refused("moves")
        return Header("webp", 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"), data)
    if name == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Header("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), data)
    if name == b"VP8 ":
        return Header("webp", int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF, data)
    raise Refused("broken")


def _gif(data: bytes) -> Header:
    at, frames = 13 + _palette(data[10]), 0
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            frames += 1
            if frames > 1:
                raise Refused("moves")
            at += 11 + _palette(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            raise Refused("broken")
        while data[at]:
            at += 1 + data[at]
        at += 1
    return Header("gif", int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"), data)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _heif(data: bytes) -> Header:
    """The largest size any part claims."""
    sizes = [(_number(data, at + 4, 4), _number(data, at + 8, 4)) for at in _extents(data)]
    if not sizes:
        raise Refused("broken")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Header("heif", width, height, data)


def _extents(data: bytes) -> Iterator[int]:
    for meta, end in _boxes(data, 0, len(data), b"meta"):
        for properties, properties_end in _boxes(data, meta + 4, end, b"iprp"):
            for container, container_end in _boxes(data, properties, properties_end, b"ipco"):
                yield from (at for at, _ in _boxes(data, container, container_end, b"ispe"))


def _boxes(data: bytes, at: int, end: int, wanted: bytes) -> Iterator[tuple[int, int]]:
    """Where the boxes of this name begin and end, inside."""
    while at + 8 <= end:
        length, inside = _number(data, at, 4), at + 8
        if length == 1:
            length, inside = _number(data, at + 8, 8), at + 16
        after = end if length == 0 else at + length
        if after < inside or after > end:
            raise Refused("broken")
        if data[at + 4 : at + 8] == wanted:
            yield inside, after
        at = after


def _number(data: bytes, at: int, size: int) -> int:
    found = data[at : at + size]
    if len(found) < size:
        raise Refused("broken")
    return int.from_bytes(found)


_READERS: Final = {"jpeg": _jpeg, "png": _png, "webp": _webp, "gif": _gif, "heif": _heif}
