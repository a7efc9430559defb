"""What migration 0008 does for what the board says of a draft, school councils, and the termly account."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
