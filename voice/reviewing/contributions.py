"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _

from voice import identity, understanding
from voice.retention import retention_of
from voice.reviewing import models, pages, proposal_pages, queries
from voice.reviewing.councils import contributions as councils
from voice.reviewing.drafts import contributions as drafts
from voice.reviewing.meeting import contributions as meeting
from voice.reviewing.retention import add_rules
from voice.reviewing.termly import contributions as termly
from voice.web import slot
from voice.web.desk import DeskLink

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    slot("desk_nav", app).contribute("reviewing", _nav, 5)
    app.register_blueprint(proposal_pages.desk)
    slot("theme_standing", app).contribute("reviewing", _standing)
    slot("themes_proposed", app).contribute("reviewing", proposal_pages.panels)
    add_rules(retention_of(app))
    slot("board_sections", app)  # more of what lies before the board on its first page: for one member
    for part in (meeting, drafts, councils, termly):
        part.install(app)


def _nav() -> Iterable[DeskLink]:
    if "board_worker" in identity.me().roles:
        yield DeskLink("reviewing.board", _("The board’s room"), says=_("See what the board hears next, before you meet."))


def _standing(theme_id: uuid.UUID) -> Iterable[understanding.Standing]:
    """Whether the board heard it, and whether it objects."""
    heard = bool(queries.heard_on([theme_id]))
    yield understanding.Standing(understanding.HEARD if heard else understanding.GATHERED, queries.open_objection(theme_id))
