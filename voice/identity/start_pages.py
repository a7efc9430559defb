"""Where work begins, for whoever holds whichever roles: what there is to do, in words, and who stands in for whom."""

from __future__ import annotations

from flask import Blueprint, render_template

from voice.identity import people
from voice.identity.away_pages import ADULTS
from voice.identity.queries import me, role_names
from voice.web import needs
from voice.web.desk import in_the_bar

blueprint = Blueprint("start", __name__, url_prefix="/work/start")


@blueprint.get("")
@needs(*ADULTS)
def show() -> str:
    own = me()
    return render_template(
        "identity/start.html",
        name=own.name,
        roles=[words for role, words in role_names().items() if role in own.roles],
        place=people.organisation_of(own.id),
        tasks=in_the_bar("desk_nav"),
        has_deputies=bool(people.possible_deputies(own.id)),
    )
