"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid

from flask import Flask

from voice.counting import models
from voice.counting.queries import how_many_answered
from voice.web import slot

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    slot("asking_figures", app).contribute("counting", _answered)


def _answered(activity_id: uuid.UUID, member_id: uuid.UUID) -> list[str]:
    return [how_many_answered(activity_id, member_id)]
