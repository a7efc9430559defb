"""What migration 0007 does for before and after."""

from __future__ import annotations


def up() -> None:
    pass


def down() -> None:
    pass
