"""What migration 0008 does for the addresses of those who want to hear that there is news."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
