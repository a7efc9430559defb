"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _

from voice import identity
from voice.inviting import group_pages, models, pages, paper_pages, setting_pages
from voice.inviting.retention import add_rules
from voice.retention import retention_of
from voice.web import slot
from voice.web.desk import DeskLink

__all__ = ["install", "models"]
PAGES = (pages, group_pages, paper_pages)  # one blueprint, in three files


def install(app: Flask) -> None:
    app.register_blueprint(PAGES[0].bp)
    add_rules(retention_of(app))
    app.register_blueprint(setting_pages.blueprint)
    slot("desk_nav", app).contribute("inviting", _nav, 30)
    slot("group_figures", app)  # later rooms say, roughly, how many of a group came
    slot("came_of", app)  # and what came of an activity: `setting_pages.Outcome`
    slot("ways_in", app)  # later rooms say which ways in they have: `WayIn`
    slot("asking_figures", app)  # later rooms say how many answered: in words, for one member


def _nav() -> Iterable[DeskLink]:
    if "officer" in identity.me().roles:
        yield DeskLink(f"{pages.bp.name}.desk", _("Asking"), says=_("Ask something new, print slips for a class, see what is open."))
    if "school" in identity.me().roles:
        yield DeskLink("setting.groups", _("Our groups"), says=_("See which of your groups were asked, and what came of it."))
