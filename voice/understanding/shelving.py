"""What the pages of themes share: finding one, saying how much it holds, views to choose from."""

from __future__ import annotations

import uuid

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import HTTPException

from voice import identity, plans, reading
from voice.understanding import queries
from voice.understanding.clustering import MOST
from voice.understanding.gathering import ids_in
from voice.understanding.queries import ThemeFacts
from voice.understanding.rules import FEWEST_TO_COUNT

MOST_IN_THEMES = 100  # of views that stand in a theme already


class WentInto(HTTPException):
    """This theme’s views are in another now; a person is led there."""

    code = 303

    def __init__(self, slug: str) -> None:
        super().__init__(response=redirect(url_for("desk.theme", slug=slug), 303))


def theme_of(slug: str) -> ThemeFacts:
    """The theme of this address; where it went into another, that one’s page instead."""
    found = queries.theme_by_slug(slug) or abort(404)
    if found.merged_into:
        raise WentInto(queries.where_it_went(found).slug)
    return found


def wanted_priority() -> plans.PriorityFacts:
    plan = plans.current_plan()
    found = plans.priority(plan.id, request.args.get("priority", "")) if plan else None
    return found or abort(404)


def count_words(views: int) -> str:
    """How many views, exact from ten on; below that in words, since few can be told apart."""
    if views == 0:
        return str(_("no views"))
    if views < FEWEST_TO_COUNT:
        return str(_("fewer than 10 views"))
    return str(ngettext("%(num)s view", "%(num)s views", views))


def readable(chosen: list[str] | None, priority_id: uuid.UUID) -> list[uuid.UUID]:
    """Of the views that were ticked, those tied to the priority that others may see."""
    me = identity.me().id
    tagged = {str(each): each for each in queries.tagged_views(priority_id, 2 * MOST, me)}
    shown = reading.shown([tagged[each] for each in ids_in(chosen or []) if each in tagged], me)
    return sorted(shown)


def inside(found: ThemeFacts) -> tuple[list[reading.ShownView], bool]:
    """The theme’s views as this member may read them; whether some are held back now."""
    me = identity.me().id
    ids = queries.theme_views(found.id)
    theirs = reading.open_to(ids, me)
    shown = reading.shown([each for each in ids if each in theirs], me)
    return [shown[each] for each in ids if each in shown], len(shown) < len(theirs)


def in_themes(priority_id: uuid.UUID, besides: set[uuid.UUID]) -> list[reading.ShownView]:
    """Views of a priority that stand in a theme already, to choose from as well; without these."""
    me = identity.me().id
    tagged = queries.tagged_views(priority_id, MOST, me)
    grouped = queries.in_a_theme(tagged) - besides
    shown = reading.shown([each for each in tagged if each in grouped][:MOST_IN_THEMES], me)
    return sorted(shown.values(), key=lambda each: (each.week, each.id))
