"""What migration 0007 does for how many children live where."""

from __future__ import annotations


def up() -> None:
    pass


def down() -> None:
    pass
