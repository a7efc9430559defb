"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from voice.asking import models
from voice.asking.waves import ask_again
from voice.workers import jobs_of

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    jobs_of(app).add("ask again each term", timedelta(minutes=10), ask_again)
