"""Copies for an emergency: made, read back, restored, and none that brings back what was taken back (docs/running.md)."""

from voice.backups.making import Made, make, prune
from voice.backups.restoring import NotRestored, Restored, restore

__all__ = ["Made", "NotRestored", "Restored", "make", "prune", "restore"]
