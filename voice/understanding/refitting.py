"""The process in which something is learned: `python -m voice.understanding.refitting`, started by the worker and by nobody else.

A task comes on stdin and its table goes to stdout, so that words are in memory alone, and a web process never holds scikit-learn.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from voice.understanding.fitting import Figures, Lesson, fit
from voice.understanding.suggest import PriorityText, Suggester
from voice.understanding.together import TONES, tone_numbers

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1200  # seconds
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the others serve pages


class CouldNotLearn(RuntimeError):
    """The process ended without a table. What it wrote is not repeated: a word of a view may stand in it."""


@dataclass(frozen=True)
class Said:
    """A text as others may see it, with what a person confirmed: codes of priorities (none: none of these), or one tone."""

    words: str
    confirmed: tuple[str, ...]


def learn_priorities(texts: Sequence[PriorityText], said: Sequence[Said], key: bytes) -> tuple[bytes, Figures]:
    """Learn what is about which priority; the plan's titles, sentences and phrases are weak examples."""
    suggester = Suggester(texts)
    phrases = [(phrase, each.code) for each in texts for phrase in (each.title, each.child_title, each.child_sentence, *each.phrases)]
    lessons = [Lesson(each.words, frozenset(each.confirmed), suggester.scores(each.words)) for each in said]
    return fit(suggester.codes, lessons, phrases, key)


def learn_tone(said: Sequence[Said], key: bytes) -> tuple[bytes, Figures]:
    """Learn from tones that people set."""
    lessons = [Lesson(each.words, frozenset(each.confirmed), guessed, heard) for each in said for heard, guessed in [tone_numbers(each.words)]]
    return fit(TONES, lessons, (), key)


def learn_apart(texts: Sequence[PriorityText], said: Sequence[Said], key: bytes) -> tuple[bytes, Figures]:
    """As `learn_priorities`, or without texts `learn_tone`, in a process of its own that gives its memory back.

    Raises:
        CouldNotLearn: it failed, or took longer than LONGEST.
    """
    task = {"key": key.hex(), "texts": [asdict(each) for each in texts], "said": [asdict(each) for each in said]}
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command, input=json.dumps(task).encode(), capture_output=True, timeout=LONGEST, cwd=ROOT, env={**os.environ, **ONE_CORE}, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as broken:
        raise CouldNotLearn(type(broken).__name__) from None
    return base64.b64decode(answer["table"]), Figures(**answer["figures"])


def _answer(task: Mapping[str, Any]) -> dict[str, Any]:
    said = [Said(each["words"], tuple(each["confirmed"])) for each in task["said"]]
    texts = [PriorityText(**{**each, "phrases": tuple(each["phrases"]), "other": tuple(each["other"])}) for each in task["texts"]]
    key = bytes.fromhex(task["key"])
    table, figures = learn_priorities(texts, said, key) if texts else learn_tone(said, key)
    return {"table": base64.b64encode(table).decode(), "figures": asdict(figures)}


def main() -> None:
    os.nice(5)  # nobody waits for it
    json.dump(_answer(json.load(sys.stdin.buffer)), sys.stdout)


if __name__ == "__main__":
    main()
