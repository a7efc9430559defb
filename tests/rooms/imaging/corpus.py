"""Pictures and fakes, made here: what phones send, what else may be in it, and what people send to break things.

A picture worth keeping has red at its upper left, green at its upper right, blue below, so that whether it stands upright can be seen.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

CANARY = b"zebrafinchcanary"
SIZE = (96, 64)
RED, GREEN, BLUE = (200, 30, 40), (40, 180, 60), (40, 60, 190)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True)
class Sample:
    """`wanted` is “taken”, or the reasons one of which it is refused for."""

    name: str
    make: Callable[[], bytes]
    wanted: tuple[str, ...] = ("taken",)
    in_colour: bool = True

    @property
    def is_taken(self) -> bool:
        return self.wanted == ("taken",)


def corpus() -> list[Sample]:
    return [*_turned(), *_jpegs(), *_pngs(), *_webps_and_gifs(), *_heifs(), *_fakes(), *_bombs(), *_moving(), *_cut_off()]


def picture(size: tuple[int, int] = SIZE) -> Image.Image:
    width, height = size
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    return image


def written(image: Image.Image | None = None, kind: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, kind, **how)
    return out.getvalue()


def noise(many: int) -> bytes:
    return random.Random(many).randbytes(many)


def exif(orientation: int = 1) -> Image.Exif:
    """With where it was taken, when, with what, and what somebody called it."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F], found[0x0110], found[0x0132] = CANARY.decode(), "phone", "2026:05:01 10:00:00"
    found.get_ifd(0x8825).update({1: "N", 2: (52.0, 3.0, 25.1), 3: "W", 4: (2.0, 42.0, 57.3)})
    return found


def _with_segment(marker: int, body: bytes, data: bytes | None = None) -> bytes:
    data = data or written()
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + data[2:]


def _xmp() -> bytes:
    return b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"


def _with_thumbnail() -> bytes:
    found = exif()
    found._ifds[1] = {0x0201: 8, 0x0202: 8}
    return _with_segment(0xE1, b"Exif\0\0" + b"MM\0*\0\0\0\x08\0\0\0\0\0\0" + written(picture((16, 12))) + CANARY)


def _swapped_colours() -> bytes:
    """With a profile in which red is green and green is red: right on the screen only where the profile is heeded."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * struct.unpack(">I", profile[128:132])[0], 12)}
    red, green = places[b"rXYZ"] + 4, places[b"gXYZ"] + 4
    profile[red : red + 8], profile[green : green + 8] = profile[green : green + 8], profile[red : red + 8]
    red_, green_, blue = picture().split()
    return written(Image.merge("RGB", (green_, red_, blue)), icc_profile=bytes(profile), quality=95)


def _mpo() -> bytes:
    return written(picture(), "MPO", save_all=True, append_images=[Image.new("RGB", SIZE, "gray")], exif=exif())


def _turned() -> Iterator[Sample]:
    for number in range(1, 9):
        image = picture().transpose(TURNS[number]) if number in TURNS else picture()
        yield Sample(f"jpeg turned, orientation {number}", lambda image=image, number=number: written(image, exif=exif(number), quality=95))  # type: ignore[misc]
    yield Sample("png turned", lambda: written(picture().transpose(TURNS[6]), "PNG", exif=exif(6)))
    yield Sample("webp turned", lambda: written(picture().transpose(TURNS[8]), "WEBP", exif=exif(8).tobytes(), quality=95))


def _jpegs() -> Iterator[Sample]:
    video = b"\0\0\0\x18ftypmp42" + bytes(40) + CANARY + noise(3000)
    yield Sample("jpeg plain", written)
    yield Sample("jpeg with a small picture in its EXIF", _with_thumbnail)
    yield Sample("jpeg with XMP", lambda: _with_segment(0xE1, _xmp()))
    yield Sample("jpeg with IPTC", lambda: _with_segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x16" + CANARY))
    yield Sample("jpeg with a comment", lambda: _with_segment(0xFE, CANARY))
    yield Sample("jpeg with an unknown segment", lambda: _with_segment(0xE9, CANARY * 500))
    yield Sample("jpeg with another profile", _swapped_colours)
    yield Sample("jpeg with a broken profile", lambda: written(icc_profile=CANARY * 20))
    yield Sample("jpeg with a script behind it", lambda: written(picture((960, 640))) + b"<script>alert(1)</script>" + CANARY)
    yield Sample("motion photo (Google)", lambda: _with_segment(0xE1, _xmp().replace(b"<x:", b"<x:MicroVideo ", 1)) + video)
    yield Sample("motion photo (Samsung)", lambda: written(exif=exif()) + video + b"SEFH" + CANARY + b"SEFT")
    yield Sample("two pictures in one (MPO)", _mpo)
    yield Sample("jpeg progressive", lambda: written(progressive=True))
    yield Sample("jpeg with restarts", lambda: written(restart_marker_blocks=1))
    yield Sample("jpeg of print colours", lambda: written(picture().convert("CMYK"), quality=95), in_colour=False)
    yield Sample("jpeg grey", lambda: written(picture().convert("L")), in_colour=False)
    yield Sample("jpeg in full colour", lambda: written(subsampling=0, quality=95))
    yield Sample("jpeg of a panorama", lambda: written(picture((6000, 40))))


def _pngs() -> Iterator[Sample]:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", CANARY.decode())
    text.add_text("Zipped", CANARY.decode() * 50, zip=True)
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    clear = picture().convert("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    yield Sample("png plain", lambda: written(kind="PNG"))
    yield Sample("png with text", lambda: written(kind="PNG", pnginfo=text))
    yield Sample("png see-through", lambda: written(clear, "PNG"))
    yield Sample("png of a palette", lambda: written(picture().quantize(8), "PNG"))
    yield Sample("png of a palette, see-through", lambda: written(picture().quantize(8), "PNG", transparency=b"\x80\xff"), in_colour=False)
    yield Sample("png of one bit", lambda: written(picture().convert("1"), "PNG"), in_colour=False)
    yield Sample("png grey", lambda: written(picture().convert("L"), "PNG"), in_colour=False)
    yield Sample("png grey, see-through", lambda: written(picture().convert("LA"), "PNG"), in_colour=False)
    yield Sample("png of 16 bits", lambda: written(Image.new("I;16", SIZE, 40_000), "PNG"), in_colour=False)
    yield Sample("png with bytes behind it", lambda: written(kind="PNG") + CANARY)
    yield Sample("png of one pixel", lambda: written(Image.new("RGB", (1, 1)), "PNG"), in_colour=False)
    yield Sample("png whose text unpacks to very much", lambda: _png_with(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)))
    yield Sample("png whose pixels unpack to very much", lambda: _png_with(b"IDAT", zlib.compress(bytes(100_000_000), 9)), ("taken", "broken"), False)


def _webps_and_gifs() -> Iterator[Sample]:
    yield Sample("webp plain", lambda: written(kind="WEBP"))
    yield Sample("webp without loss", lambda: written(kind="WEBP", lossless=True))
    yield Sample("webp see-through", lambda: written(picture().convert("RGBA"), "WEBP"))
    yield Sample("webp with EXIF and XMP", lambda: written(kind="WEBP", exif=exif().tobytes(), xmp=CANARY))
    yield Sample("webp with bytes behind it", lambda: written(kind="WEBP") + CANARY)
    yield Sample("gif still", lambda: written(picture().quantize(16), "GIF"))
    yield Sample("gif with a comment", lambda: written(picture().quantize(16), "GIF", comment=CANARY))


def _heif(image: Image.Image | None = None, *more: Image.Image, **how: Any) -> bytes:
    file = pillow_heif.from_pillow(image or picture())
    for each in more:
        file.add_from_pillow(each)
    out = io.BytesIO()
    file.save(out, quality=90, **how)
    return out.getvalue()


def _heifs() -> Iterator[Sample]:
    yield Sample("heic plain", _heif)
    yield Sample("heic with EXIF", lambda: _heif(exif=exif().tobytes()))
    yield Sample("heic with XMP", lambda: _heif(xmp=CANARY))
    yield Sample("heic of two pictures", lambda: _heif(picture(), Image.new("RGB", SIZE, "gray"), primary_index=0))
    yield Sample("heic see-through", lambda: _heif(picture().convert("RGBA")))
    yield Sample("heic with bytes behind it", lambda: _heif() + b"\0\0\0\x18mdat" + CANARY)


def _zip(layers: int = 1, name: str = "a.txt") -> bytes:
    data = b"hello"
    for _ in range(layers):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        data = out.getvalue()
    return data


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def _fakes() -> Iterator[Sample]:
    no = ("not_a_picture",)
    for name, data in {
        "html with a picture’s name": b"<!doctype html><script>alert(1)</script>",
        "svg": SVG,
        "svg, packed": gzip.compress(SVG),
        "zip": _zip(),
        "zip of ten layers": _zip(10),
        "docx": _zip(name="word/document.xml"),
        "pdf": b"%PDF-1.7\n1 0 obj\n",
        "a program": b"\x7fELF" + bytes(200),
        "a Windows program": b"MZ" + bytes(200),
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
        "video": b"\0\0\0\x18ftypmp42" + bytes(200),
        "photoshop": b"8BPS\0\x01" + bytes(200),
        "random bytes": noise(5000),
        "one byte": b"\xff",
        "the beginning of a jpeg": b"\xff\xd8\xff",
    }.items():
        yield Sample(name, lambda data=data: data, ("broken",) if name.startswith("the beginning") else no)  # type: ignore[misc]
    for kind in ("BMP", "TIFF", "ICO", "AVIF", "JPEG2000", "TGA", "PPM"):
        yield Sample(kind.lower(), lambda kind=kind: written(kind=kind), no)  # type: ignore[misc]
    yield Sample("gif that is also an archive", lambda: written(picture().quantize(16), "GIF") + _zip(), no)
    yield Sample("jpeg that is also an archive", lambda: written() + _zip(), no)
    yield Sample("jpeg that is also a pdf", lambda: _with_segment(0xFE, b"%PDF-1.7\n1 0 obj"), no)
    yield Sample("jpeg that is also a page", lambda: _with_segment(0xFE, b"<html><script>alert(1)</script>"), no)
    yield Sample("png that is also PHP", lambda: _png_with(b"tEXt", b"a\0<?php system($_GET[0]);"), no)
    yield Sample("nothing", lambda: b"", ("nothing",))
    yield Sample("26 MB", lambda: written() + bytes(26 * 1024**2), ("too_big",))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png_claiming(width: int, height: int, body: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body or zlib.compress(bytes(3000))) + _chunk(b"IEND", b"")


def _png_with(name: bytes, body: bytes) -> bytes:
    """One more chunk, before the first of pixels; or these pixels in the place of the right ones."""
    if name == b"IDAT":
        return _png_claiming(96, 64, body)
    data = written(kind="PNG")
    return data[:33] + _chunk(name, body) + data[33:]


def _jpeg_claiming(width: int, height: int) -> bytes:
    data = written()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _many_scans(many: int) -> bytes:
    """A progressive picture whose last scan comes again and again."""
    data = written(progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * many + data[-2:]


def _bombs() -> Iterator[Sample]:
    many = ("too_many_pixels",)
    yield Sample("png that claims 50 000 x 50 000", lambda: _png_claiming(50_000, 50_000), many)
    yield Sample("png that claims 12 000 x 12 000", lambda: _png_claiming(12_000, 12_000), many)
    yield Sample("png of one colour, 7 000 x 7 000", lambda: _png_claiming(7000, 7000, zlib.compress(bytes(7000 * 21_001), 9)), many)
    yield Sample("jpeg that claims 65 000 x 65 000", lambda: _jpeg_claiming(65_000, 65_000), many)
    yield Sample("jpeg that claims 6 000 x 6 000", lambda: _jpeg_claiming(6000, 6000), many)
    yield Sample("jpeg of a thousand scans", lambda: _many_scans(1000), many)
    yield Sample("heic that claims 30 000 x 30 000", lambda: _heif_claiming(30_000), many)
    yield Sample("webp that claims 16 000 x 16 000", _webp_claiming, many)
    gif = b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + b"\0\0\0,\0\0\0\0\1\0\1\0\0\2\1\0\0;"
    yield Sample("gif that claims 60 000 x 60 000", lambda: gif, many)


def _heif_claiming(edge: int) -> bytes:
    data = bytearray(_heif())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", edge, edge)
    return bytes(data)


def _webp_claiming() -> bytes:
    data = bytearray(written(picture().convert("RGBA"), "WEBP", exif=exif().tobytes()))
    data[24:30] = (15_999).to_bytes(3, "little") * 2
    return bytes(data)


def _moving() -> Iterator[Sample]:
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "blue")]
    yield Sample("gif of 100 000 pictures", _very_long_gif, ("moves",))
    yield Sample("gif that moves", lambda: written(frames[0], "GIF", save_all=True, append_images=frames[1:]), ("moves",))
    yield Sample("png that moves", lambda: written(frames[0], "PNG", save_all=True, append_images=frames[1:]), ("moves",))
    yield Sample("webp that moves", lambda: written(frames[0], "WEBP", save_all=True, append_images=frames[1:]), ("moves",))


def _very_long_gif() -> bytes:
    frame = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 100_000 + b";"


def _cut_off() -> Iterator[Sample]:
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    for kind in ("JPEG", "PNG", "WEBP"):
        data = written(noise, kind)
        yield Sample(f"{kind.lower()}, half of it", lambda data=data: data[: len(data) // 2], ("broken",))  # type: ignore[misc]
    whole = _heif(noise)
    yield Sample("heic, half of it", lambda: whole[: len(whole) // 2], ("broken",))
    yield Sample("jpeg, its last bytes missing", lambda: written(noise)[:-60], ("broken",))
    yield Sample("png with a wrong sum", lambda: written(noise, "PNG")[:60] + b"\0" + written(noise, "PNG")[61:], ("broken",))
    yield Sample("jpeg with nothing but its head", lambda: written()[:120], ("broken",))
