"""What cleaning costs and lets through, printed by `make bench` (bars S6, S7): the corpus, and pictures as large as phones make them.

Each is cleaned by a small process of its own, so that what is measured is what the picture costs and not what measuring does.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pillow_heif
from PIL import Image

from tests.rooms.imaging.corpus import Sample, corpus, exif, written
from tests.rooms.imaging.reading import left_in
from voice.imaging.apart import ROOT

ONE = """
import base64, json, resource, sys
sys.path.insert(0, sys.argv[1])
from voice import imaging
data = sys.stdin.buffer.read()
used = lambda: sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
before = used()
try:
    sizes = imaging.clean(data).sizes
    said = {"reason": "taken", "sizes": [base64.b64encode(each).decode() for each in sizes.values()]}
except imaging.Refused as refused:
    said = {"reason": refused.reason, "sizes": []}
said |= {"cpu": used() - before, "memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}
print(json.dumps(said))
"""
MEGAPIXELS = {"12": (4032, 3024), "24": (5712, 4284), "50": (8160, 6120)}


@dataclass(frozen=True)
class Cost:
    """`cpu` in seconds, all processes; `memory` in MB, of the process that opened it (0: none was started)."""

    name: str
    reason: str
    cpu: float
    memory: int
    left: int  # bytes and tags beside pixels
    size: int  # of what was sent, in kB
    as_wanted: bool


def cost(sample: Sample) -> Cost:
    data = sample.make()
    told = subprocess.run([sys.executable, "-I", "-c", ONE, str(ROOT)], input=data, capture_output=True, check=True)
    said = json.loads(told.stdout)
    found = [left_in(base64.b64decode(each)) for each in said["sizes"]]
    left = sum(each.beside + each.behind + each.tags for each in found)
    return Cost(sample.name, said["reason"], said["cpu"], said["memory"], left, len(data) // 1000, said["reason"] in sample.wanted)


def from_phones() -> Iterator[Sample]:
    """A picture with as much to it as one of a street, in each kind and size."""
    for name, size in MEGAPIXELS.items():
        photo = _photo(size)
        for kind, how in (("JPEG", {"quality": 88}), ("JPEG", {"quality": 88, "progressive": True}), ("WEBP", {"quality": 80, "method": 0})):
            label = "JPEG, progressive" if "progressive" in how else kind
            more = {"exif": exif(6)} if kind == "JPEG" else {}
            yield Sample(f"{name} Mpx {label}", partial(written, photo, kind, **how, **more))
        yield Sample(f"{name} Mpx HEIC", partial(_heic, photo))
    for name in ("12", "24"):  # a PNG of 50 Mpx is over 25 MB
        yield Sample(f"{name} Mpx PNG", partial(written, _photo(MEGAPIXELS[name]), "PNG", compress_level=1))


def _photo(size: tuple[int, int]) -> Image.Image:
    small = Image.effect_noise((size[0] // 6, size[1] // 6), 60).convert("RGB").resize(size, Image.Resampling.BICUBIC)
    return Image.blend(small, Image.linear_gradient("L").resize(size).convert("RGB"), 0.5)


def _heic(photo: Image.Image) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(photo).save(out, quality=60)
    return out.getvalue()


def main() -> None:
    phones, fakes = [], [cost(each) for each in corpus()]
    for each in from_phones():
        phones.append(cost(each))
        found = phones[-1]
        print(f"  {found.name:<26} {found.size:>6} kB  {found.reason:<8} {found.cpu:5.2f} s of processor  {found.memory:>4} MB")
    for what, found in (("the corpus, taken", [each for each in fakes if each.reason == "taken"]), ("the corpus, refused", _refused(fakes))):
        print(f"  {what}: {len(found)}; {_worst(found)}")
    honest = sum(each.reason == "taken" for each in phones)
    print(f"  from phones, taken: {honest} of {len(phones)} ({100 * honest / len(phones):.0f} %); {_worst(phones)}")
    print(f"  bytes and tags left beside pixels: {sum(each.left for each in (*fakes, *phones))}")
    wrong = [each.name for each in (*fakes, *phones) if not each.as_wanted]
    print(f"  otherwise than it should be: {', '.join(wrong) or 'none'}")


def _refused(found: list[Cost]) -> list[Cost]:
    return [each for each in found if each.reason != "taken"]


def _worst(found: list[Cost]) -> str:
    slow, large = max(found, key=lambda each: each.cpu), max(found, key=lambda each: each.memory)
    return f"worst {slow.cpu:.2f} s ({slow.name}), {large.memory} MB ({large.name})"


if __name__ == "__main__":
    main()
