"""A picture is opened in a process of its own: one for each, gone afterwards. It may use so much time and memory and no more, it has none of
our environment, and whatever a broken decoder does in it, it does to nobody else. Starting it costs a tenth of a second.

What goes in and comes out: four bytes with the length of a line of JSON, the line, then bytes.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, TypeVar

from voice.imaging.headers import look
from voice.imaging.pictures import REASONS, SIZES, Box, Clean, Cover, Edit, Refused

log = logging.getLogger(__name__)
Read = TypeVar("Read")
NO_LIMITS: Final = 71  # as `worker` says it
SECONDS: Final = 20.0
"""By the clock. The processor’s own limit is in `worker`; this is for a machine that has much else to do."""
AT_ONCE: Final = 2
"""Pictures in one server process; others wait their turn, so that a class that sends all at once does not take all memory."""
PATIENCE: Final = 60.0
ROOT: Final = Path(__file__).resolve().parents[2]
START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from voice.imaging.worker import main; main()"

_turns = threading.BoundedSemaphore(AT_ONCE)


def clean(data: bytes, edit: Edit | None = None) -> Clean:
    """Rebuild a picture from its pixels: upright, in sRGB, in three sizes, with nothing else in it.

    Raises:
        Refused: it is no picture we take, or it cannot be opened in the time and memory it may have.
    """
    header = look(data)
    return _ask({"act": "clean", "kind": header.kind, "edit": asdict(edit or Edit())}, header.data, _clean)


def cover(data: bytes, covers: Iterable[Cover]) -> Clean:
    """One of ours (`full`), with these parts covered for good.

    Raises:
        Refused: it is none of ours.
    """
    return clean(data, Edit(covers=tuple(covers)))


def faces(data: bytes) -> list[Box]:
    """Where there may be faces, the surest first. Only suggestions: a person decides.

    Raises:
        Refused: it is no picture we take.
    """
    header = look(data)
    return _ask({"act": "faces", "kind": header.kind}, header.data, lambda said, _: [Box(*map(float, found)) for found in said["faces"]])


def _clean(said: dict[str, Any], body: bytes) -> Clean:
    ends = list(accumulate(length for _, length in said["sizes"]))
    sizes = {name: body[end - length : end] for (name, length), end in zip(said["sizes"], ends, strict=True)}
    found = Clean(sizes, said["width"], said["height"], said["likeness"])
    if not _is_ours(found) or sum(map(len, sizes.values())) != len(body):
        raise ValueError("That is no clean picture.")
    return found


def _is_ours(found: Clean) -> bool:
    """Whether it is what it must be, whatever the process may have become: each size one piece of pixels from its first byte to its last."""
    numbers = all(isinstance(each, int) for each in (found.width, found.height, found.likeness))
    fits = numbers and 0 < found.width <= SIZES["full"] and 0 < found.height <= SIZES["full"] and 0 <= found.likeness < 2**64
    return fits and tuple(found.sizes) == tuple(SIZES) and all(map(_is_pixels, found.sizes.values()))


def _is_pixels(data: bytes) -> bool:
    length = int.from_bytes(data[16:20], "little")
    whole = data[4:8] == (len(data) - 8).to_bytes(4, "little")
    return whole and data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8 " and length + length % 2 == len(data) - 20


def _ask(what: dict[str, Any], data: bytes, read: Callable[[dict[str, Any], bytes], Read]) -> Read:
    line = json.dumps(what).encode()
    if not _turns.acquire(timeout=PATIENCE):
        raise Refused("too_slow")
    try:
        answer = _answer(len(line).to_bytes(4) + line + data)
    finally:
        _turns.release()
    length = int.from_bytes(answer[:4])
    try:
        said = json.loads(answer[4 : 4 + length])
        if said.get("refused") in REASONS:
            raise Refused(said["refused"])
        return read(said, answer[4 + length :])
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise wrong if isinstance(wrong, Refused) else Refused("broken") from None


def _answer(asked: bytes) -> bytes:
    command = [sys.executable, "-I", "-X", "utf8", "-c", START, str(ROOT)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}, cwd="/", close_fds=True) as child:  # noqa: S603  # our own program, no shell
        try:
            answer, _ = child.communicate(asked, SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise Refused("too_slow") from None
    if child.returncode == NO_LIMITS:
        log.error("no picture can be opened: this machine does not let a process set limits to itself (see docs/pictures.md)")
    if child.returncode:
        raise Refused("too_slow" if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else "broken")
    return answer
