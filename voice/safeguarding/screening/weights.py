"""What was learned from written-out examples, read once from `weights.bin` (made by `python -m tests.rooms.safeguarding.learn`).

The file is one line of JSON (version, digest of what was learned from, sizes, scales, thresholds) and then tables of whole numbers from
-127 to 127, one byte each. Nothing of the examples can be read from it.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NAME = "weights.bin"


@dataclass(frozen=True)
class Table:
    """Weights by number; what is read from it is multiplied by `scale`, and `start` is where an empty text begins."""

    weights: memoryview
    scale: float
    start: float


@dataclass(frozen=True)
class Learned:
    """Everything in the file: the facts of its first line and the tables by name."""

    facts: dict[str, Any]
    tables: dict[str, Table]
    known: dict[str, memoryview]


@cache
def learned() -> Learned:
    """The weights shipped with the product."""
    return opened(files(__package__).joinpath(NAME).read_bytes())


def opened(raw: bytes) -> Learned:
    """The weights in these bytes."""
    first, _, rest = raw.partition(b"\n")
    facts = json.loads(first)
    tables: dict[str, Table] = {}
    known: dict[str, memoryview] = {}
    at = 0
    for block in facts["blocks"]:
        piece = memoryview(rest)[at : at + block["bytes"]]
        at += block["bytes"]
        if "scale" in block:
            tables[block["name"]] = Table(piece.cast("b"), block["scale"], block["start"])
        else:
            known[block["name"]] = piece
    return Learned(facts, tables, known)


def packed(facts: dict[str, Any], tables: dict[str, tuple[bytes, float, float]], known: dict[str, bytes]) -> bytes:
    """The bytes of a file of weights: the facts, tables as (bytes, scale, start), and the known words of each language."""
    blocks = [{"name": name, "bytes": len(raw), "scale": scale, "start": start} for name, (raw, scale, start) in tables.items()]
    blocks += [{"name": name, "bytes": len(raw)} for name, raw in known.items()]
    head = json.dumps({**facts, "blocks": blocks}, sort_keys=True, separators=(",", ":"))
    return head.encode() + b"\n" + b"".join(raw for raw, _, _ in tables.values()) + b"".join(known.values())
