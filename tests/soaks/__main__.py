"""`make soak`: every trial that takes longer than a test may, one after another, and a table at the end. Exit code 1 where one missed a bar.

    python -m tests.soaks [--only crash school] [--minutes N]

`--minutes`: how long pages are looked at in the end (90); the others take what they take (their figures: docs/durability.md, docs/scale.md,
docs/nodes.md).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final

TRIALS: Final[dict[str, Sequence[str]]] = {
    "inventions": ("-m", "pytest", "tests/rooms/asking/test_rules.py"),
    "crash": ("-m", "tests.soaks.crash"),
    "power": ("-m", "tests.soaks.power"),
    "migrations": ("-m", "tests.soaks.migrations"),
    "school": ("-m", "tests.soaks.school", "--database", "sqlite"),
    "school-postgres": ("-m", "tests.soaks.school", "--database", "postgres"),
    "cluster": ("-m", "tests.soaks.cluster"),
    "pages": ("-m", "tests.soak"),
}


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.soaks")
    parser.add_argument("--only", nargs="*", choices=tuple(TRIALS), default=[], help="these alone")
    parser.add_argument("--minutes", type=float, default=90, help="for looking at pages")
    asked = parser.parse_args()
    done = [(name, *tried(name, asked.minutes)) for name in asked.only or TRIALS]
    print(f"\n{'trial':<18}{'ended with':>12}{'minutes':>10}")
    for name, code, minutes in done:
        print(f"{name:<18}{code:>12}{minutes:>10.1f}")
    return int(any(code for _, code, _ in done))


def tried(name: str, minutes: float) -> tuple[int, float]:
    """What it ended with, and how many minutes it took."""
    print(f"\n# {name}", flush=True)
    begun = time.monotonic()
    more = ("--minutes", str(minutes)) if name == "pages" else ()
    code = subprocess.run([sys.executable, *TRIALS[name], *more], env={**os.environ, "EXAMPLES": "600"}, check=False).returncode
    return code, (time.monotonic() - begun) / 60


if __name__ == "__main__":
    sys.exit(main())
