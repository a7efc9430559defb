"""What this part contributes to the house."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
