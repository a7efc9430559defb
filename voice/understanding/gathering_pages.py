"""Making themes: what is proposed, choosing views in bunches, gathering more."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from voice import identity, plans, reading, storage
from voice.understanding import actions, desk, queries
from voice.understanding.clustering import MOST
from voice.understanding.forms import ThemeForm
from voice.understanding.gathering import Bunch, Laid, lay_out, proposed_themes
from voice.understanding.pages import blueprint
from voice.understanding.shelving import in_themes, readable, theme_of, wanted_priority
from voice.understanding.theme_pages import back_to
from voice.web import needs, slot
from voice.web.ages import AGES

__all__ = ["blueprint"]


@blueprint.get("/themes/proposed")
@needs("officer")
def proposed() -> str:
    """What could become a theme: bunches of views in none, those most people said first; and what the board proposes."""
    plan, me = plans.current_plan(), identity.me().id
    return render_template(
        "understanding/proposed.html",
        found=proposed_themes(plan.id, me) if plan else [],
        from_the_board=slot("themes_proposed").fill(me),
    )


@blueprint.get("/themes/new")
@needs("officer")
def new_theme() -> str:
    """Views tied to a priority, to choose from; `like` names a view whose bunch is chosen already."""
    return _new_page(wanted_priority(), ThemeForm(formdata=None), request.args.get("like"))


@blueprint.post("/themes/new")
@needs("officer")
def make_theme() -> Response | tuple[str, int]:
    priority = wanted_priority()
    form = ThemeForm()
    if form.puts_the_counted():
        return _new_page(priority, form, looking=True), 200
    chosen = readable(form.view.data, priority.id)
    if not form.validate() or not chosen:
        if not chosen:
            form.view.errors = [_("Choose at least one view.")]
        return _new_page(priority, form), 400
    place = form.place.data if form.place.data in desk.place_names() else None
    theme_id = actions.make_theme(priority.id, form.you_said.data.strip(), chosen, identity.me().id, place, form.why.data or None)
    made = queries.theme(theme_id)
    storage.commit()
    return redirect(url_for("desk.theme", slug=made.slug if made else "", done="made"), 303)


@blueprint.post("/themes/<slug>/gather")
@needs("officer")
def gather(slug: str) -> Response:
    found = theme_of(slug)
    actions.gather(found.id, readable(request.form.getlist("view"), found.priority_id), identity.me().id)
    return back_to(found, "gathered")


def _new_page(priority: plans.PriorityFacts, form: ThemeForm, like: str | None = None, *, looking: bool = False) -> str:
    names: Any = desk.place_names()
    form.place.choices = [SelectChoice("", _("All over")), *(SelectChoice(code, name) for code, name in names.items())]
    me = identity.me().id
    untied = reading.shown([view_id for _priority, view_id in queries.untied_views(MOST, me, priority.id)], me)
    laid = _first(lay_out(sorted(untied.values(), key=lambda each: (each.week, each.id))), like)
    return render_template(
        "understanding/new_theme.html",
        priority=priority,
        form=form,
        laid=laid,
        chosen=[laid.bunches[0].value] if like and laid.bunches else form.view.data or [],
        grouped=in_themes(priority.id, set()),
        names=names,
        ages=AGES,
        looking=looking,
    )


def _first(laid: Laid, like: str | None) -> Laid:
    """The bunch of this view comes first, where there is one."""

    def holds(bunch: Bunch) -> bool:
        return any(str(each) == like for line in bunch.lines for each in line.ids)

    return Laid(tuple(sorted(laid.bunches, key=lambda each: not holds(each))), laid.alone) if like else laid
