"""What this part contributes to the house."""

from __future__ import annotations

from flask import Flask

from voice.delivering.measuring import models

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Nothing yet."""
