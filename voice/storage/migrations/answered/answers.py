"""What migration 0008 does for answers to many themes, their history, milestones and follow-ups."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
