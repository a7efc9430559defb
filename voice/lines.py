"""JSON lines in, JSON lines out: the shape every opinion takes on the command line.

A line in is an object with an `id` (text or whole number) and a `text`. A line out is the same `id` with the opinion beside it.
A line that cannot be used is named on stderr by its number and the others are still answered.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be used: `number` counts from 1, `why` is a sentence for the person who sent it."""

    number: int
    why: str

    def __str__(self) -> str:
        return f"Line {self.number}: {self.why}"


def json_lines(stream: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]] | BadLine]:
    """Yield (line number from 1, object with `id` and `text`) for each line of UTF-8 bytes, or a BadLine. Empty lines are passed over."""
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield _line(number, line)


def run(answer: Callable[[str], dict[str, Any]]) -> int:
    """Answer the text of every line of stdin on stdout, one at a time; return the exit status: 0, or 1 when any line was bad."""
    return run_whole(lambda line: answer(line["text"]))


def run_whole(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """As `run`, for an answer that needs more of the line than its text."""
    status = 0
    out = sys.stdout.buffer
    for line in json_lines(sys.stdin.buffer):
        if isinstance(line, BadLine):
            click.echo(str(line), err=True)
            status = 1
        else:
            out.write(_encoded({"id": line[1]["id"], **answer(line[1])}))
            out.flush()
    return status


def _line(number: int, line: bytes) -> tuple[int, dict[str, Any]] | BadLine:
    try:
        found = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return BadLine(number, "this is not UTF-8 text.")
    except (ValueError, RecursionError):
        return BadLine(number, "this is not JSON.")
    if not isinstance(found, dict):
        return BadLine(number, "this is not a JSON object with “id” and “text”.")
    if not isinstance(found.get("id"), str | int) or isinstance(found["id"], bool):
        return BadLine(number, "“id” is missing, or is neither text nor a whole number.")
    if not isinstance(found.get("text"), str):
        return BadLine(number, "“text” is missing, or is not text.")
    return number, found


def _encoded(answered: dict[str, Any]) -> bytes:
    try:
        return (json.dumps(answered, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # half of a surrogate pair came in as an escape: it goes out as one
        return (json.dumps(answered) + "\n").encode()
