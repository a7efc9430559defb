"""Copies for an emergency: made, read back, restored, and none that brings back what was taken back (docs/running.md)."""

from voice.backups.making import Made, make
from voice.backups.restoring import NotRestored, Restored, let_in, restore
from voice.keeping.copies import NotOpened, prune

__all__ = ["Made", "NotOpened", "NotRestored", "Restored", "let_in", "make", "prune", "restore"]
