"""Opening a picture, turning it upright, into sRGB and into our sizes. Runs in the process of its own, and nowhere else."""

from __future__ import annotations

import io
import math
import warnings
from importlib import import_module
from typing import Any

from PIL import Image, ImageCms, ImageOps

from voice.imaging.headers import MOST_PIXELS
from voice.imaging.pictures import SIZES
from voice.imaging.stickers import stick

QUALITY = {"thumb": 75, "card": 80, "full": 82}
EFFORT = 3  # of 6; each step more costs half as much time again, and saves a hundredth
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "heif": "HEIF"}
WHITE = (255, 255, 255)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def load(kind: str) -> None:
    """All that a picture of this kind needs; later nothing can be loaded any more. Pillow loads its parts when it first meets their kind."""
    Image.preinit()
    for part in ("TiffImagePlugin", "MpoImagePlugin", "WebPImagePlugin", "ImageMode"):
        import_module(f"PIL.{part}")
    if kind == "heif":
        import pillow_heif  # it takes as long to load as all the rest

        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def clean(data: bytes, kind: str, edit: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What `apart.clean` gives, as it goes over the wire."""
    crop = edit["crop"]
    image = opened(data, kind, min(crop[2] - crop[0], crop[3] - crop[1]) if crop else 1.0)
    image = _edited(image, edit["turn"], crop)
    full = _at_most(image, SIZES["full"])
    for cover in edit["covers"]:
        stick(full, cover["x"], cover["y"], cover["size"], cover["sticker"])
    made = {name: _webp(_at_most(full, edge), name) for name, edge in SIZES.items()}
    said = {"sizes": [(name, len(each)) for name, each in made.items()], "width": full.width, "height": full.height, "likeness": likeness(full)}
    return said, b"".join(made.values())


def opened(data: bytes, kind: str, share: float) -> Image.Image:
    """Upright, in sRGB, on white; not much larger than `full` needs where only `share` of it is wanted."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)  # by itself it would only warn, up to twice as many
        image: Image.Image = Image.open(io.BytesIO(data), formats=[FORMATS[kind]])
    scale = SIZES["full"] / (max(image.size) * share)
    if scale < 1:
        image.draft("RGB", (math.ceil(image.width * scale), math.ceil(image.height * scale)))
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(_plain(image, SIZES["full"] / (max(image.size) * share)))
    return _standard(upright, profile)


def _plain(image: Image.Image, scale: float) -> Image.Image:
    """Decoded, and made smaller at once, so that what comes after costs little."""
    image.load()
    if scale < 0.5:
        image = _reduced(image, math.floor(1 / scale))
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value / 256).convert("L")
    return image


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Palettes cannot be mixed: they become colours first."""
    exif = image.getexif()
    ready = image.convert("RGBA" if "transparency" in image.info else "RGB") if image.mode in ("P", "1") else image
    small = ready.reduce(factor)
    small.info["exif"] = exif.tobytes()
    return small


def _standard(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image)
    elif image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _to_srgb(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        done = ImageCms.profileToProfile(image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that is none: the colours are a little off, the picture is there
    return done or image


def _edited(image: Image.Image, turn: int, crop: list[float] | None) -> Image.Image:
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    if turn:
        image = image.transpose(turns[turn])
    if crop:
        left, top = math.floor(crop[0] * image.width), math.floor(crop[1] * image.height)
        right, bottom = math.ceil(crop[2] * image.width), math.ceil(crop[3] * image.height)
        image = image.crop((left, top, right, bottom))
    return image


def _at_most(image: Image.Image, edge: int) -> Image.Image:
    """A picture that holds nothing but pixels, whatever it was made from."""
    small = image
    if max(image.size) > edge:
        share = edge / max(image.size)
        size = max(1, round(image.width * share)), max(1, round(image.height * share))
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Image.frombytes("RGB", small.size, small.tobytes())


def _webp(image: Image.Image, name: str) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY[name], method=EFFORT)
    return out.getvalue()


def likeness(image: Image.Image) -> int:
    """Whether it grows brighter from each of 8 x 8 places to the next, as 64 bits (a difference hash)."""
    small = image.convert("L").resize((9, 8), Image.Resampling.BOX)
    found = small.tobytes()
    return sum((found[row * 9 + column] < found[row * 9 + column + 1]) << (row * 8 + column) for row in range(8) for column in range(8))
