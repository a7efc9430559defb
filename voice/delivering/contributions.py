"""What this room contributes to the house: called once by wiring. Each part of the room has a list of its own."""

from __future__ import annotations

from flask import Flask

from voice.delivering.doing import contributions as doing
from voice.delivering.measuring import contributions as measuring
from voice.delivering.partnering import contributions as partnering
from voice.delivering.yearly import contributions as yearly


def install(app: Flask) -> None:
    for part in (measuring, doing, partnering, yearly):
        part.install(app)
