"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask import Flask
from flask_babel import lazy_gettext as _l

from voice import identity
from voice.keeping import erasers_of
from voice.understanding import (
    alike_pages,
    desk,
    gathering_pages,
    label_pages,
    learning,
    learning_pages,
    merging_pages,
    theme_pages,
    together_pages,
    translation_pages,
)
from voice.understanding.opinions import forget_words, plan_texts
from voice.understanding.pages import blueprint
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of

# Each hangs its pages on the desk when it is imported.
PAGES = (alike_pages, gathering_pages, label_pages, learning_pages, merging_pages, theme_pages, together_pages, translation_pages)

LONGEST_LEARNING = timedelta(minutes=25)  # longer than the process that learns may take


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    erasers_of(app).add("understanding", _forget)
    jobs_of(app).add("learn from what was confirmed", timedelta(seconds=30), lambda: learning.learn_if_due(plan_texts), lease=LONGEST_LEARNING)
    slot("desk_nav", app).contribute("understanding", desk_links, order=10)
    slot("desk_nav", app).contribute("understanding", plan_link, order=80)
    for name in ("theme_desk", "theme_standing", "theme_figures", "themes_proposed"):  # what later rooms know of a theme
        slot(name, app)


def _forget(_submission_id: uuid.UUID, view_ids: Sequence[uuid.UUID]) -> None:
    learning.unlearn(view_ids)
    forget_words()


def desk_links() -> Iterable[DeskLink]:
    """An officer’s ways in."""
    if "officer" in identity.me().roles:
        yield DeskLink(
            "desk.queue",
            _l("To read"),
            desk.to_read(),
            _l("Read what young people said, and say what others may see and what it is about."),
        )
        yield DeskLink("desk.themes", _l("Themes"), says=_l("Gather what many say into one sentence, and bring it to the board."))


def plan_link() -> Iterable[DeskLink]:
    """The plan as everyone reads it, after what the other rooms put into the bar."""
    if "officer" in identity.me().roles:
        yield DeskLink("publishing.plan", _l("Plan"), says=_l("The plan as everyone reads it."), seldom=True)
