"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from voice.audit.actions import seal
from voice.workers import jobs_of


def install(app: Flask) -> None:
    jobs_of(app).add("seal the audit", timedelta(minutes=1), seal)
