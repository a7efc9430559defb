"""A partner's first page: what their organisation told young people it would do."""

from __future__ import annotations

from flask import Blueprint, render_template

from voice import identity, understanding
from voice.answering import queries
from voice.web import needs, slot

blueprint = Blueprint("promises", __name__, url_prefix="/work/promises")


@blueprint.get("")
@needs("partner")
def show() -> str:
    """Public answers of their organisation, and no other's."""
    place = identity.organisation_of(identity.me().id)
    found = queries.promised_by(place.name) if place else []
    themes = {each.theme_id: understanding.theme(each.theme_id) for each in found}
    promises = [(each, theme) for each in found if (theme := themes[each.theme_id])]
    sections = slot("promises").fill(place.name) if place else []
    return render_template("answering/promises.html", place=place, promises=promises, sections=sections)
