"""What migration 0008 does for how it was to be listened to, as senders and boards judge it."""

from __future__ import annotations


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
