"""What migration 0008 does for a plan’s annual review."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
