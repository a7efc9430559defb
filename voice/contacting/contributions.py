"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.contacting import models
from voice.contacting.retention import add_rules, somebody_to_reach
from voice.keeping import lifetimes_of
from voice.retention import retention_of

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    """Its tables are known from here on; the pages belong to the rooms that ask and that read."""
    add_rules(retention_of(app))
    lifetimes_of(app).lock("somebody to reach", somebody_to_reach)
