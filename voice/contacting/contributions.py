"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.contacting import models

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Its tables are known from here on; the pages belong to the rooms that ask and that read."""
