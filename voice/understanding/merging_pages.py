"""Putting two themes together, taking one apart, and the words that stand beside one."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import identity, reading, storage
from voice.understanding import merging, queries, quotes
from voice.understanding.forms import SplitForm
from voice.understanding.gathering import ids_in
from voice.understanding.merging import CannotChange
from voice.understanding.pages import blueprint
from voice.understanding.queries import ThemeFacts
from voice.understanding.shelving import theme_of
from voice.understanding.theme_pages import Refused, back_to, theme_page
from voice.web import needs

__all__ = ["blueprint"]

WHY_NOT: dict[str, Any] = {
    "none": _l("Choose the theme that goes into this one."),
    "same": _l("Choose another theme than this one."),
    "gone": _l("Somebody merged one of them meanwhile."),
    "other_priority": _l("They stand under two priorities. Tie the views to one priority first."),
    "place": _l("This theme is of one place, and the other is not. Put this one into the other instead."),
    "objected": _l("The board says of one of them: that isn’t what they said. Settle that first."),
    "draft": _l("The other has an answer that is not out yet, and its words would be lost. Send it out first, or put this theme into the other."),
    "further": _l("The other is further on its way than this one. Whoever was told of it would find less. Put this theme into the other instead."),
    "moved_on": _l("Something came after it, so it cannot be undone here. Split the theme instead."),
}
WHY_NO_SPLIT: dict[str, Any] = {
    "none": _l("Choose the views that say something else."),
    "all": _l("Leave at least one view in this theme."),
}


@blueprint.post("/themes/<slug>/merge")
@needs("officer")
def merge(slug: str) -> Response | tuple[str, int]:
    """Put another theme into this one."""
    found, other = theme_of(slug), queries.theme_by_slug(request.form.get("theme", ""))
    try:
        if other is None:
            raise CannotChange("none")
        merging.merge(other.id, found.id, identity.me().id)
    except CannotChange as refusal:
        storage.session().rollback()
        turned = other.slug if other and refusal.why in ("place", "draft", "further") and merging.why_not(found.id, other.id) is None else None
        return theme_page(found, refused=Refused(WHY_NOT[refusal.why], turned, other.slug if other else None)), 409
    return back_to(found, "merged")


@blueprint.post("/themes/<slug>/undo")
@needs("officer")
def undo_merge(slug: str) -> Response | tuple[str, int]:
    found = theme_of(slug)
    change = next((each for each in merging.history(found.id) if str(each.id) == request.form.get("change") and each.kind == "joined"), None)
    try:
        if change is None:
            raise CannotChange("moved_on")
        merging.undo(change.id, identity.me().id)
    except CannotChange as refusal:
        storage.session().rollback()
        return theme_page(found, refused=Refused(WHY_NOT[refusal.why])), 409
    return back_to(found, "undone")


@blueprint.post("/themes/<slug>/split")
@needs("officer")
def split(slug: str) -> Response | tuple[str, int]:
    """What was chosen leaves for a theme of its own."""
    found, form = theme_of(slug), SplitForm(prefix="split")
    if form.puts_the_counted():
        return theme_page(found, split=form, looking=True), 200
    if not form.validate():
        return theme_page(found, split=form), 400
    is_out = merging.standing(found.id).step == merging.OUT
    try:
        made = merging.split(found.id, _theirs(found, form.view.data or []), form.you_said.data.strip(), identity.me().id, form.why.data or None)
    except CannotChange as refusal:
        storage.session().rollback()
        form.view.errors = [WHY_NO_SPLIT[refusal.why]]
        return theme_page(found, split=form), 400
    new = queries.theme(made)
    storage.commit()
    return redirect(url_for("desk.theme", slug=new.slug if new else slug, done="stayed" if is_out else "split"), 303)


@blueprint.post("/themes/<slug>/quotes")
@needs("officer")
def pick_quotes(slug: str) -> Response | tuple[str, int]:
    """Say whose words stand beside the theme, of those who said yes."""
    found = theme_of(slug)
    chosen = _theirs(found, request.form.getlist("quote"))
    if len(chosen) > quotes.MOST_QUOTES:
        return theme_page(found, refused=Refused(quotes=_("Choose three at most."), chosen=tuple(chosen))), 400
    stand = quotes.pick_quotes(found.id, chosen, identity.me().id)
    return back_to(found, "quotes" if stand else "no-quotes")


@blueprint.get("/themes/<slug>/merge")
@blueprint.get("/themes/<slug>/undo")
@blueprint.get("/themes/<slug>/split")
@blueprint.get("/themes/<slug>/quotes")
@needs("officer")
def back_to_theme(slug: str) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("desk.theme", slug=slug), 303)


def _theirs(found: ThemeFacts, sent: list[str]) -> list[uuid.UUID]:
    """Of what was ticked, the theme’s views that this member may read, in the order sent."""
    mine = {str(each): each for each in reading.open_to(queries.theme_views(found.id), identity.me().id)}
    return [mine[each] for each in ids_in(sent) if each in mine]
