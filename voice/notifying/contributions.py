"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.notifying import models

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Nothing yet."""
