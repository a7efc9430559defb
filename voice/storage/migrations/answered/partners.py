"""What migration 0008 does for what organisations pledge for a priority."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
