"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from voice.keeping import models, pacing, picture_models, picture_pages
from voice.keeping.arriving import forget_arrivals
from voice.keeping.erasers import erasers_of
from voice.keeping.leaving import finish
from voice.keeping.periods import MARK_HOURS, MARK_MINUTES
from voice.keeping.pictures import forget_pictures
from voice.keeping.receipts import picture
from voice.keeping.scanning import scan_what_waits
from voice.keeping.tidying import tidy_up
from voice.keeping.upkeep import add_rules
from voice.keeping.workers import every_hour
from voice.retention import retention_of
from voice.storage import scrub_if_due
from voice.workers import jobs_of

__all__ = ["install", "models", "picture_models"]


def install(app: Flask) -> None:
    """Small pictures of easy nouns, for receipts and for readers who read pictures first: `picture("bus")`. How long marks of where something
    came from stay: `marks_kept()`."""
    app.jinja_env.globals["picture"] = picture
    app.jinja_env.globals["marks_kept"] = lambda: (MARK_MINUTES, MARK_HOURS)
    app.register_blueprint(picture_pages.blueprint)
    pacing.install(app)
    erasers_of(app).add("pictures", forget_pictures)
    add_rules(retention_of(app))
    jobs_of(app).add("let go of what is past its day", timedelta(hours=1), every_hour)
    jobs_of(app).add("scan pictures", timedelta(seconds=15), scan_what_waits)
    jobs_of(app).add("hold files against pictures", timedelta(hours=1), tidy_up)
    jobs_of(app).add("remove files of what is gone", timedelta(seconds=20), finish)
    jobs_of(app).add("leave no erased word in a log", timedelta(seconds=20), scrub_if_due)
    jobs_of(app).add("forget where anything came from", timedelta(minutes=1), forget_arrivals)
