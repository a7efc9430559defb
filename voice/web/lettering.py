"""Words as pixels: set by Pango, as on our paper, so that every script is joined, turned and broken into lines as it should be.

Pango chooses the fonts this machine has; nothing is fetched. The same libraries as for PDF files are needed (docs/running.md).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from contextlib import suppress
from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_int, c_ubyte, c_uint, c_ushort, c_void_p
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from voice.web.paper import NoPrinter

if TYPE_CHECKING:
    from PIL import Image

LIBRARIES: Final = {
    "gobject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
}
CALLS: Final[dict[str, tuple[str, Any, list[Any]]]] = {
    "g_object_unref": ("gobject", None, [c_void_p]),
    "g_free": ("gobject", None, [c_void_p]),
    "pango_ft2_font_map_new": ("pangoft2", c_void_p, []),
    "pango_ft2_font_map_set_resolution": ("pangoft2", None, [c_void_p, c_double, c_double]),
    "pango_ft2_render_layout": ("pangoft2", None, [c_void_p, c_void_p, c_int, c_int]),
    "pango_font_map_create_context": ("pango", c_void_p, [c_void_p]),
    "pango_font_map_list_families": ("pango", None, [c_void_p, POINTER(c_void_p), POINTER(c_int)]),
    "pango_font_description_from_string": ("pango", c_void_p, [c_char_p]),
    "pango_font_description_free": ("pango", None, [c_void_p]),
    "pango_layout_new": ("pango", c_void_p, [c_void_p]),
    "pango_layout_set_text": ("pango", None, [c_void_p, c_char_p, c_int]),
    "pango_layout_set_width": ("pango", None, [c_void_p, c_int]),
    "pango_layout_set_wrap": ("pango", None, [c_void_p, c_int]),
    "pango_layout_set_font_description": ("pango", None, [c_void_p, c_void_p]),
    "pango_layout_get_pixel_size": ("pango", None, [c_void_p, POINTER(c_int), POINTER(c_int)]),
}
UNIT: Final = 1024  # of Pango, in a pixel
BREAK_WORD_OR_LETTER: Final = 2
GREY: Final = 2  # FreeType’s name for one byte a pixel
ARABIC: Final = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
FACES: Final = {True: "Noto Nastaliq Urdu, Noto Sans Arabic, Noto Sans", False: "Noto Sans, DejaVu Sans"}
"""By whether Arabic letters are in it."""
_one_at_a_time = Lock()  # Pango’s fonts belong to one thread; and whoever asks for many pictures at once waits here


class _Bitmap(Structure):
    """FT_Bitmap."""

    _fields_ = (
        ("rows", c_uint),
        ("width", c_uint),
        ("pitch", c_int),
        ("buffer", c_void_p),
        ("num_grays", c_ushort),
        ("pixel_mode", c_ubyte),
        ("palette_mode", c_ubyte),
        ("palette", c_void_p),
    )


@dataclass(frozen=True)
class Box:
    """Where words go, in pixels from the top left."""

    left: int
    top: int
    width: int
    height: int


def can_letter() -> bool:
    """Whether this machine has what it takes, and at least one font: Pango ends the process where it has none."""
    try:
        return _fonts() is not None
    except NoPrinter:
        return False


def lettered(words: str, box: Box, canvas: tuple[int, int], sizes: Sequence[int], *, heavy: bool = False) -> Image.Image:
    """A mask of `canvas` (width, height; mode L, 255 where a letter is) with the words in the middle of the box’s height, at its start.

    `sizes` are in pixels, the largest first; the first that fits is taken, or else the last.

    Raises:
        NoPrinter: the machine has no Pango, or no font.
    """
    from PIL import Image  # lazy: most processes never draw

    face = FACES[bool(ARABIC.search(words))]
    pixels = ctypes.create_string_buffer(canvas[0] * canvas[1])
    bitmap = _Bitmap(canvas[1], canvas[0], canvas[0], ctypes.cast(pixels, c_void_p), 256, GREY, 0, None)
    with _one_at_a_time:
        for size in sizes:
            layout = _laid_out(words, f"{face} {'Bold ' if heavy else ''}{size}px", box.width)
            height = _height(layout)
            if height <= box.height or size == sizes[-1]:
                _call("pango_ft2_render_layout")(byref(bitmap), layout, box.left, box.top + max(0, box.height - height) // 2)
            _call("g_object_unref")(layout)
            if height <= box.height:
                break
    return Image.frombytes("L", canvas, pixels.raw)


def _laid_out(words: str, font: str, width: int) -> int:
    context = _fonts()
    if context is None:
        raise NoPrinter
    layout: int = _call("pango_layout_new")(context)
    said = words.replace("\0", "").encode()
    _call("pango_layout_set_text")(layout, said, len(said))
    _call("pango_layout_set_width")(layout, width * UNIT)
    _call("pango_layout_set_wrap")(layout, BREAK_WORD_OR_LETTER)
    described = _call("pango_font_description_from_string")(font.encode())
    _call("pango_layout_set_font_description")(layout, described)
    _call("pango_font_description_free")(described)
    return layout


def _height(layout: int) -> int:
    width, height = c_int(), c_int()
    _call("pango_layout_get_pixel_size")(layout, byref(width), byref(height))
    return height.value


@cache
def _fonts() -> int | None:
    """Pango’s context, for good; None where there is no font at all."""
    fonts = _call("pango_ft2_font_map_new")()
    _call("pango_ft2_font_map_set_resolution")(fonts, 72.0, 72.0)
    families, many = c_void_p(), c_int()
    _call("pango_font_map_list_families")(fonts, byref(families), byref(many))
    _call("g_free")(families)
    context: int = _call("pango_font_map_create_context")(fonts)
    return context if many.value else None


@cache
def _call(name: str) -> Any:
    library, gives, takes = CALLS[name]
    function = getattr(_library(library), name)
    function.restype, function.argtypes = gives, takes
    return function


@cache
def _library(name: str) -> ctypes.CDLL:
    for file in LIBRARIES[name]:
        with suppress(OSError):
            return ctypes.CDLL(file)
    raise NoPrinter
