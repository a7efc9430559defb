"""What migration 0007 does for themes split, merged and proposed."""

from __future__ import annotations


def up() -> None:
    pass


def down() -> None:
    pass
