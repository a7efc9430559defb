"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _

from voice.identity import (
    away_pages,
    directory_pages,
    invitation_pages,
    me_pages,
    member_pages,
    pages,
    people,
    people_models,
    people_pages,
    record_pages,
    second_pages,
    sessions,
    start_pages,
)
from voice.identity.queries import me
from voice.identity.retention import add_rules
from voice.retention import retention_of
from voice.web import slot
from voice.web.desk import DeskLink, DeskNote
from voice.web.locale import day

__all__ = ["install", "people_models"]
BLUEPRINTS = (
    pages.blueprint,
    second_pages.second,
    second_pages.setting_up,
    invitation_pages.blueprint,
    me_pages.blueprint,
    people_pages.blueprint,
    member_pages.blueprint,
    away_pages.blueprint,
    record_pages.blueprint,
    start_pages.blueprint,
    directory_pages.blueprint,
)


def install(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    add_rules(retention_of(app))
    app.jinja_env.globals["my_name"] = pages.my_name
    app.jinja_env.globals["directory_name"] = directory_pages.name
    slot("desk_nav", app).contribute("identity", _nav, 70)
    slot("desk_always", app).contribute("identity", _start, 1)
    slot("desk_notes", app).contribute("identity", _standing_in)


def _nav() -> Iterable[DeskLink]:
    if "administrator" in me().roles:
        yield DeskLink("people.desk", _("People"), says=_("Invite people, say what each may do, and see who stands in for whom."))
        yield DeskLink("record.show", _("Record"), says=_("See who read what and when, and whether the record is whole."))


def _start() -> Iterable[DeskLink]:
    if me().roles & set(away_pages.ADULTS):
        yield DeskLink("start.show", _("Start"))


def _standing_in() -> Iterable[DeskNote]:
    """Over both their pages: whoever is away, and whoever stands in."""
    own = sessions.signed_in()
    if own is None:
        return
    for each in people.standing_in_for(own):
        yield DeskNote(_("You stand in for %(name)s until %(day)s.", name=each.member.name, day=day(each.last_day)), "away.show")
    for each in people.stands_in_now(own):
        yield DeskNote(_("%(name)s stands in for you until %(day)s.", name=each.deputy.name, day=day(each.last_day)), "away.show")
