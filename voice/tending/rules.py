"""How requests are counted, and what of it is told. Plain Python.

A count that goes up by one when one child sends would tell when that child sent. So everything but what failed is told in whole tens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

STEP: Final = 10
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper ends of the classes of time, in seconds; a last one has no end."""
SENDS: Final = ("listening.sent", "boxing.sent", "api.send", "assisting.sent", "pledging.sent", "phone_pledges.sealed")
"""Pages that take what someone says for good."""


def kind_of(endpoint: str, method: str, *, inside: bool) -> str:
    """submit, page, desk, file or other: kinds that are as quick as each other."""
    if endpoint in SENDS:
        return "submit" if method == "POST" else "page"
    if endpoint == "static":
        return "file"
    if not endpoint:
        return "other"
    return "desk" if inside else "page"


def names_of(endpoint: str, method: str, status: int, seconds: float, *, inside: bool) -> tuple[str, str]:
    """Under which two names this request is counted: how it ended, and how long it took."""
    kind = kind_of(endpoint, method, inside=inside)
    bucket = next((number for number, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
    return f"r {kind} {endpoint.partition('.')[0] or 'none'} {status // 100}", f"t {kind} {bucket}"


def ended(counts: Mapping[str, int]) -> dict[tuple[str, str, str], int]:
    """Kind, room and class of status (2xx) to how many, in tens; what failed here (5xx) as it is."""
    found: dict[tuple[str, str, str], int] = {}
    for name, number in counts.items():
        if name.startswith("r "):
            _, kind, room, first = name.split(" ")
            found[kind, room, f"{first}xx"] = number if first == "5" else in_steps(number)
    return found


def took(counts: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
    """Of each kind, how many took at most so many seconds, in tens; never fewer within a longer time."""
    by_kind: dict[str, Counter[int]] = {}
    for name, number in counts.items():
        if name.startswith("t "):
            _, kind, bucket = name.split(" ")
            by_kind.setdefault(kind, Counter())[int(bucket)] += number
    ends = [*map(str, BOUNDS), "+Inf"]
    return {
        kind: list(zip(ends, map(in_steps, accumulate(found[number] for number in range(len(ends)))), strict=True)) for kind, found in by_kind.items()
    }


def in_steps(number: int) -> int:
    return number // STEP * STEP
