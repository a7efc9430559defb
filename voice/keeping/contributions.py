"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.keeping import models
from voice.keeping.receipts import picture

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Small pictures of easy nouns, for receipts and for readers who read pictures first: `picture("bus")`."""
    app.jinja_env.globals["picture"] = picture
