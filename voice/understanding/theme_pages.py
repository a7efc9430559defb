"""The officer’s themes: gathering views under one sentence."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from voice import identity, plans, reading, storage
from voice.understanding import actions, desk, labels, queries
from voice.understanding.forms import SentenceForm, ThemeForm
from voice.understanding.pages import blueprint
from voice.understanding.queries import ThemeFacts
from voice.understanding.rules import FEWEST_TO_COUNT
from voice.web import needs
from voice.web.ages import AGES

__all__ = ["blueprint", "count_words"]

MOST = 100  # views on a page to choose from
DONE = {
    "made": _l("The theme is made."),
    "reworded": _l("The sentence is kept."),
    "gathered": _l("They are in it now."),
    "taken-out": _l("It was taken out."),
}


@dataclass(frozen=True)
class ThemeLine:
    slug: str
    you_said: str
    place: str | None
    count: str


@dataclass(frozen=True)
class Shelf:
    """One priority with its themes."""

    priority: plans.PriorityFacts
    themes: list[ThemeLine]
    places: dict[str, str]
    tagged: bool  # whether there are views to make a theme of


@blueprint.get("/themes")
@needs("officer")
def themes() -> str:
    """Every theme of the plan, by priority."""
    plan = plans.current_plan()
    return render_template(
        "understanding/themes.html",
        shelves=_shelves(plan.id) if plan else [],
        unsorted=queries.how_many_unsorted(by=identity.me().id),
        overdue=labels.how_many_overdue(),
    )


@blueprint.get("/themes/new")
@needs("officer")
def new_theme() -> str:
    """Views tied to a priority, to choose from."""
    return _new_page(_wanted_priority(), ThemeForm(formdata=None))


@blueprint.post("/themes/new")
@needs("officer")
def make_theme() -> Response | tuple[str, int]:
    priority = _wanted_priority()
    form = ThemeForm()
    chosen = _readable(form.view.data, priority.id)
    if not form.validate() or not chosen:
        if not chosen:
            form.view.errors = [_("Choose at least one view.")]
        return _new_page(priority, form), 400
    place = form.place.data if form.place.data in desk.place_names() else None
    theme_id = actions.make_theme(priority.id, form.you_said.data.strip(), chosen, identity.me().id, place, form.why.data or None)
    made = queries.theme(theme_id)
    storage.commit()
    return redirect(url_for("desk.theme", slug=made.slug if made else "", done="made"), 303)


@blueprint.get("/themes/<slug>")
@needs("officer")
def theme(slug: str) -> str:
    """One theme: its views, and more to gather."""
    found = _theme(slug)
    return _theme_page(found, SentenceForm(formdata=None, you_said=found.you_said))


@blueprint.post("/themes/<slug>/words")
@needs("officer")
def reword_theme(slug: str) -> Response | tuple[str, int]:
    found = _theme(slug)
    form = SentenceForm()
    if not form.validate():
        return _theme_page(found, form), 400
    actions.reword(found.id, form.you_said.data.strip(), identity.me().id, form.why.data or None)
    return _back_to(found, "reworded")


@blueprint.post("/themes/<slug>/gather")
@needs("officer")
def gather(slug: str) -> Response:
    found = _theme(slug)
    actions.gather(found.id, _readable(request.form.getlist("view"), found.priority_id), identity.me().id)
    return _back_to(found, "gathered")


@blueprint.post("/themes/<slug>/take-out")
@needs("officer")
def take_out(slug: str) -> Response:
    found = _theme(slug)
    me = identity.me().id
    for view_id in reading.open_to(queries.theme_views(found.id), me):
        if str(view_id) == request.form.get("view"):
            actions.take_out(found.id, view_id, me)
    return _back_to(found, "taken-out")


def count_words(views: int) -> str:
    """How many views, exact from ten on; below that in words, since few can be told apart."""
    if views == 0:
        return str(_("no views"))
    if views < FEWEST_TO_COUNT:
        return str(_("fewer than 10 views"))
    return str(ngettext("%(num)s view", "%(num)s views", views))


def _shelves(plan_id: uuid.UUID) -> list[Shelf]:
    places = desk.place_names()
    found, me = queries.themes(plan_id), identity.me().id
    sizes = queries.sizes([each.id for each in found], me)
    tagged = queries.tagged_priorities(me)
    return [
        Shelf(priority, [_line(each, sizes[each.id]) for each in found if each.priority_id == priority.id], places, priority.id in tagged)
        for priority in plans.priorities(plan_id)
    ]


def _line(found: ThemeFacts, views: int) -> ThemeLine:
    return ThemeLine(found.slug, found.you_said, found.place, count_words(views))


def _new_page(priority: plans.PriorityFacts, form: ThemeForm) -> str:
    names = desk.place_names()
    form.place.choices = [SelectChoice("", _("All over")), *(SelectChoice(code, name) for code, name in names.items())]
    views, grouped = _to_choose(priority.id, set())
    return render_template("understanding/new_theme.html", priority=priority, form=form, views=views, grouped=grouped, names=names, ages=AGES)


def _theme_page(found: ThemeFacts, form: SentenceForm) -> str:
    me = identity.me().id
    theirs = reading.open_to(queries.theme_views(found.id), me)
    inside = [each for each in queries.theme_views(found.id) if each in theirs]
    shown = reading.shown(inside, me)
    more, grouped = _to_choose(found.priority_id, set(inside))
    return render_template(
        "understanding/theme.html",
        theme=found,
        priority=plans.priority_by_id(found.priority_id),
        count=count_words(len(inside)),
        views=[shown[each] for each in inside if each in shown],
        held=len(shown) < len(inside),
        more=more,
        grouped=grouped,
        names=desk.place_names(),
        ages=AGES,
        form=form,
        done=DONE.get(request.args.get("done", "")),
    )


def _to_choose(priority_id: uuid.UUID, besides: set[uuid.UUID]) -> tuple[list[reading.ShownView], set[uuid.UUID]]:
    """Readable views of a priority, those in no theme first; and which of them are in one."""
    me = identity.me().id
    tagged = [each for each in queries.tagged_views(priority_id, by=me) if each not in besides]
    grouped = queries.in_a_theme(tagged)
    shown = reading.shown(sorted(tagged, key=lambda each: each in grouped)[:MOST], me)
    return sorted(shown.values(), key=lambda each: (each.id in grouped, each.week, each.id)), grouped


def _readable(chosen: list[str] | None, priority_id: uuid.UUID) -> list[uuid.UUID]:
    """Of the views that were ticked, those tied to the priority that others may see."""
    me = identity.me().id
    tagged = {str(each): each for each in queries.tagged_views(priority_id, by=me)}
    shown = reading.shown([tagged[each] for each in chosen or [] if each in tagged], me)
    return sorted(shown)


def _wanted_priority() -> plans.PriorityFacts:
    plan = plans.current_plan()
    found = plans.priority(plan.id, request.args.get("priority", "")) if plan else None
    return found or abort(404)


def _theme(slug: str) -> ThemeFacts:
    return queries.theme_by_slug(slug) or abort(404)


def _back_to(found: ThemeFacts, done: str) -> Response:
    storage.commit()
    return redirect(url_for("desk.theme", slug=found.slug, done=done), 303)
