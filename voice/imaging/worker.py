"""The process in which one picture is opened: first its limits, then what it needs is loaded, then it is shut in, and then the picture."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from typing import Any, Final

from voice.imaging.shutting import shut

SECONDS: Final = 8
"""Of processor time, all told; the largest honest picture takes two or three."""
MEMORY: Final = 1024**3
"""Bytes of addresses, libraries included; the largest honest picture needs three quarters of it."""

Answer = tuple[dict[str, Any], bytes]


NO_LIMITS: Final = 71
"""How the process ends where the machine does not let it set limits to itself: then it opens nothing."""


def main() -> None:
    try:
        limit()
    except (OSError, ValueError):
        sys.exit(NO_LIMITS)
    asked = sys.stdin.buffer.read()
    length = int.from_bytes(asked[:4])
    what: dict[str, Any] = json.loads(asked[4 : 4 + length])
    act = loaded(what)
    shut()
    said, body = answer(act, asked[4 + length :])
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


def loaded(what: dict[str, Any]) -> Callable[[bytes], Answer]:
    """What is to be done, with all that it needs loaded, and no more: each library costs time."""
    from voice.imaging import pixels

    pixels.load(what["kind"])
    if what["act"] == "faces":
        from voice.imaging import finding

        weights = finding.WEIGHTS.read_bytes()
        return lambda data: ({"faces": finding.faces(pixels.opened(data, what["kind"], 1.0), weights)}, b"")
    return lambda data: pixels.clean(data, what["kind"], what["edit"])


def answer(act: Callable[[bytes], Answer], data: bytes) -> Answer:
    try:
        return act(data)
    except MemoryError:
        return {"refused": "too_many_pixels"}, b""
    except Exception:  # whatever a decoder says of bytes that strangers made, they are broken
        return {"refused": "broken"}, b""
