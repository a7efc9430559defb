"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import lazy_gettext as _l

from voice import identity, reading
from voice.keeping import erasers_of
from voice.understanding import alike_pages, label_pages, theme_pages, translation_pages
from voice.understanding.opinions import forget_words
from voice.understanding.pages import blueprint
from voice.web import slot
from voice.web.desk import DeskLink

PAGES = (alike_pages, label_pages, theme_pages, translation_pages)  # each hangs its pages on the desk when it is imported


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    erasers_of(app).add("understanding", lambda _submission_id, _view_ids: forget_words())
    slot("desk_nav", app).contribute("understanding", desk_links, order=10)
    slot("desk_nav", app).contribute("understanding", plan_link, order=80)
    slot("theme_desk", app)  # later rooms put what they know of a theme on its page


def desk_links() -> Iterable[DeskLink]:
    """An officer’s ways in."""
    if "officer" in identity.me().roles:
        yield DeskLink(
            "desk.queue",
            _l("To read"),
            reading.how_many_wait(identity.me().id),
            _l("Read what young people said, and say what others may see and what it is about."),
        )
        yield DeskLink("desk.themes", _l("Themes"), says=_l("Gather what many say into one sentence, and bring it to the board."))


def plan_link() -> Iterable[DeskLink]:
    """The plan as everyone reads it, after what the other rooms put into the bar."""
    if "officer" in identity.me().roles:
        yield DeskLink("publishing.plan", _l("Plan"), says=_l("The plan as everyone reads it."), seldom=True)
