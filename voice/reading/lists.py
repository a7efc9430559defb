"""Word lists and turns of phrase that the rules read, from `pointing.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def _lists() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(Path(__file__).with_name("pointing.yaml").read_text("utf-8"))
    return found


def listed(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_lists()[name].split())


def any_of(name: str) -> str:
    """A pattern for any of the turns of phrase of a list, which are themselves patterns."""
    return "|".join(part.strip() for part in _lists()[name].split("|"))
