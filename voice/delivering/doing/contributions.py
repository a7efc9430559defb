"""What this part contributes to the house."""

from __future__ import annotations

from flask import Flask

from voice.delivering.doing import models, public_pages

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    app.register_blueprint(public_pages.blueprint)
