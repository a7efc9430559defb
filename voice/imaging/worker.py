"""The process in which one picture is opened. First its limits, then the picture."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any, Final

SECONDS: Final = 8
"""Of processor time, all told; the largest honest picture takes two or three."""
MEMORY: Final = 1024**3
"""Bytes of addresses, libraries included; the largest honest picture needs half of it."""


def main() -> None:
    limit()
    asked = sys.stdin.buffer.read()
    length = int.from_bytes(asked[:4])
    what: dict[str, Any] = json.loads(asked[4 : 4 + length])
    said, body = answer(what, asked[4 + length :])
    line = json.dumps(said).encode()
    sys.stdout.buffer.write(len(line).to_bytes(4) + line + body)
    sys.stdout.buffer.flush()


def limit() -> None:
    """Little time, little memory, no file that could be written, no picture of this process left behind if it falls."""
    for which, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def answer(what: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from voice.imaging import pixels  # here, because the limits come first

    try:
        if what["act"] == "faces":
            from voice.imaging import finding  # loads OpenCV, which takes a second

            return {"faces": finding.faces(pixels.opened(data, what["kind"], 1.0))}, b""
        return pixels.clean(data, what["kind"], what["edit"])
    except MemoryError:
        return {"refused": "too_many_pixels"}, b""
    except Exception:  # whatever a decoder says of bytes that strangers made, they are broken
        return {"refused": "broken"}, b""
