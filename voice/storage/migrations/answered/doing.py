"""What migration 0008 does for how far actions are, their milestones, and who is asked when."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
