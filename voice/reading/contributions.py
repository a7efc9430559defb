"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from voice.keeping import judge_rushes_by, lifetimes_of
from voice.reading import export_pages, models, pictures_pages, reply_pages, wall, worrying_pages
from voice.reading.alike import forget_bands, put_together
from voice.reading.pictures_retention import add_picture_rules, what_we_hold
from voice.reading.retention import add_rules, leave_what_is_shown, nobody_has_read
from voice.reading.rushes import is_real, set_rushes_aside
from voice.reading.workers import look_over_pictures
from voice.retention import retention_of
from voice.web import slot
from voice.workers import jobs_of

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    wall.install(app)
    jobs_of(app).add("put together what is alike", timedelta(seconds=20), put_together)
    jobs_of(app).add("set aside what came in a rush", timedelta(seconds=20), set_rushes_aside)
    judge_rushes_by(app, is_real)
    jobs_of(app).add("forget what old views were looked up by", timedelta(hours=24), forget_bands)
    app.register_blueprint(export_pages.blueprint)
    slot("desk_nav", app).contribute("reading", export_pages.desk_links, order=70)
    add_rules(retention_of(app))
    lifetimes_of(app).lock("nobody having read it", nobody_has_read)
    lifetimes_of(app).at_link_end("reading", leave_what_is_shown)
    app.register_blueprint(reply_pages.bp)
    slot("desk_nav", app).contribute("reading", reply_pages.desk_links, 25)
    _pictures(app)


def _pictures(app: Flask) -> None:
    add_picture_rules(retention_of(app), lifetimes_of(app))
    jobs_of(app).add("look over new pictures", timedelta(seconds=10), look_over_pictures)
    for page in (pictures_pages, worrying_pages):
        app.register_blueprint(page.blueprint)
    slot("desk_nav", app).contribute("pictures", pictures_pages.desk_links, 12)
    slot("concern_pictures", app).contribute("reading", worrying_pages.beside_the_concern)
    slot("what_we_hold", app).contribute("reading", what_we_hold)
