"""What migration 0008 does for the board’s meetings, rounds of votes, decisions and asks."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
