"""What migration 0007 does for figures that only releases give."""

from __future__ import annotations


def up() -> None:
    pass


def down() -> None:
    pass
