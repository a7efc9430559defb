"""The officer’s themes: all of them, and one with its views."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import identity, plans, reading, storage
from voice.understanding import actions, desk, labels, merging, queries, quotes
from voice.understanding.clustering import MOST
from voice.understanding.forms import SentenceForm, SplitForm
from voice.understanding.gathering import lay_out
from voice.understanding.pages import blueprint
from voice.understanding.queries import ThemeFacts
from voice.understanding.shelving import count_words, in_themes, inside, theme_of
from voice.web import needs
from voice.web.ages import AGES

__all__ = ["blueprint"]

DONE = {
    "made": _l("The theme is made."),
    "reworded": _l("The sentence is kept."),
    "gathered": _l("They are in it now."),
    "taken-out": _l("It was taken out."),
    "merged": _l("The two are one theme now. It has the views of both."),
    "undone": _l("They are two themes again."),
    "split": _l("The theme is made of what you chose."),
    "stayed": _l("The theme is made. Everyone can read the answer to the other, so these views stay in it too."),
    "quotes": _l("These words stand beside it for everyone, as long as their senders say yes."),
    "no-quotes": _l("No words stand beside it now."),
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


@dataclass(frozen=True)
class Refused:
    """What could not be done, in words, and what had been chosen."""

    merge: str | None = None
    turned: str | None = None  # the theme into which this one could go instead
    wanted: str | None = None
    quotes: str | None = None
    chosen: tuple[uuid.UUID, ...] = ()


@blueprint.get("/themes")
@needs("officer")
def themes() -> str:
    """Every theme of the plan, by priority."""
    plan = plans.current_plan()
    return render_template(
        "understanding/themes.html",
        shelves=_shelves(plan) if plan else [],
        unsorted=queries.how_many_unsorted(by=identity.me().id),
        overdue=labels.how_many_overdue(),
    )


@blueprint.get("/themes/<slug>")
@needs("officer")
def theme(slug: str) -> str:
    """One theme: its views, and more to gather."""
    return theme_page(theme_of(slug))


@blueprint.post("/themes/<slug>/words")
@needs("officer")
def reword_theme(slug: str) -> Response | tuple[str, int]:
    found = theme_of(slug)
    form = SentenceForm()
    if form.puts_the_counted():
        return theme_page(found, form, looking=True), 200
    if not form.validate():
        return theme_page(found, form), 400
    actions.reword(found.id, form.you_said.data.strip(), identity.me().id, form.why.data or None)
    return back_to(found, "reworded")


@blueprint.post("/themes/<slug>/take-out")
@needs("officer")
def take_out(slug: str) -> Response:
    found = theme_of(slug)
    me = identity.me().id
    for view_id in reading.open_to(queries.theme_views(found.id), me):
        if str(view_id) == request.form.get("view"):
            actions.take_out(found.id, view_id, me)
    return back_to(found, "taken-out")


def back_to(found: ThemeFacts, done: str) -> Response:
    """What was done is kept, and the theme’s page says so."""
    storage.commit()
    return redirect(url_for("desk.theme", slug=found.slug, done=done), 303)


def theme_page(
    found: ThemeFacts,
    form: SentenceForm | None = None,
    split: SplitForm | None = None,
    refused: Refused | None = None,
    *,
    looking: bool = False,
) -> str:
    """One theme with everything that can be done to it. `looking`: the sentence was changed and is not kept yet."""
    views, held = inside(found)
    return render_template(
        "understanding/theme.html",
        theme=found,
        priority=plans.priority_by_id(found.priority_id),
        count=count_words(queries.sizes([found.id], identity.me().id)[found.id]),
        views=views,
        held=held,
        laid=lay_out(_more(found)),
        grouped=in_themes(found.priority_id, {each.id for each in views}),
        others=[each for each in queries.themes(found.plan_id, found.priority_id) if each.id != found.id],
        history=merging.history(found.id),
        is_out=merging.standing(found.id).step == merging.OUT,
        picked={each.id for each in quotes.picked(found.id)},
        quotable=quotes.proposed(found.id),
        most_quotes=quotes.MOST_QUOTES,
        names=desk.place_names(),
        ages=AGES,
        form=form or SentenceForm(formdata=None, you_said=found.wording),
        split=split or SplitForm(formdata=None, prefix="split"),
        looking=looking,
        refused=refused or Refused(),
        done=DONE.get(request.args.get("done", "")),
    )


def _more(found: ThemeFacts) -> list[reading.ShownView]:
    """Views tied to the theme’s priority that stand in no theme."""
    me = identity.me().id
    shown = reading.shown([view_id for _priority, view_id in queries.untied_views(MOST, me, found.priority_id)], me)
    return sorted(shown.values(), key=lambda each: (each.week, each.id))


def _shelves(plan: plans.PlanFacts) -> list[Shelf]:
    places = desk.place_names()
    found, me = queries.themes(plan.id), identity.me().id
    sizes = queries.sizes([each.id for each in found], me)
    tagged = queries.tagged_priorities(me)
    return [
        Shelf(priority, [_line(each, sizes[each.id]) for each in found if each.priority_id == priority.id], places, priority.id in tagged)
        for priority in plans.priorities(plan.id)
    ]


def _line(found: ThemeFacts, views: int) -> ThemeLine:
    return ThemeLine(found.slug, found.you_said, found.place, count_words(views))
