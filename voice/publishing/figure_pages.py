"""What young people said, in figures: of releases alone. The page, its cuts and its table are fixed; nobody can ask for other figures."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from flask import abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import counting, plans
from voice.counting import ReleaseFacts
from voice.publishing.pages import FRESH, blueprint
from voice.publishing.queries import published
from voice.web import cacheable, open_to_all
from voice.web.locale import language
from voice.web.sheets import KINDS, Cell, as_csv

__all__ = ["blueprint"]


@dataclass(frozen=True)
class About:
    """What words were about, with about how many people wrote so."""

    label: str
    url: str
    people: int | None
    percent: int | None


CUTS = {"everyone": _l("Everyone"), "age_band": _l("By age"), "place": _l("By place"), "speaker": _l("By who is speaking")}


@blueprint.get("/what-we-heard")
@open_to_all
@cacheable(FRESH)
def what_we_heard() -> str:
    plan = plans.current_plan()
    if plan is None:
        return render_template("publishing/no_plan.html")
    return render_template("publishing/what_we_heard.html", releases=counting.published_activities(plan.id))


@blueprint.get("/what-we-heard/<slug>")
@open_to_all
@cacheable(FRESH, by=("by",))
def heard(slug: str) -> str:
    found, cut = _found(slug), request.args.get("by", "everyone")
    cuts = counting.cuts_of(found)
    if cut not in cuts:
        abort(404)
    return render_template(
        "publishing/heard.html",
        release=found,
        cut=cut,
        cuts=[(each, CUTS[each], url_for("publishing.heard", slug=slug, by=None if each == "everyone" else each)) for each in cuts],
        questions=counting.charts(found, cut, language().code),
        reached=counting.sizes(found, "way_in"),
        who=counting.sizes(found, cut) if cut != "everyone" else [],
        about=_about(found) if cut == "everyone" else {},
    )


@blueprint.get("/what-we-heard/<slug>/figures.csv")
@open_to_all
@cacheable(FRESH)
def heard_table(slug: str) -> Response:
    """Every figure of the release, as on the pages."""
    found = _found(slug)
    headings = [_("Who"), _("Question"), _("Answer"), _("About how many people"), _("Out of 100"), _("Note")]
    rows = [_row(*line) for line in counting.lines(found, language().code)]
    rows += [
        _row(_("Everyone who took part"), _("What it was about"), each.label, each.people, each.percent)
        for some in _about(found).values()
        for each in some
    ]
    response = make_response(as_csv(headings, rows))
    response.mimetype = KINDS["csv"]
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-figures-{found.number}.csv"'
    return response


def _about(found: ReleaseFacts) -> dict[str, list[About]]:
    """What people’s words were tied to: priorities of the plan, and themes that everyone may read. Empty where too few were to any."""
    plan_id = found.activity.plan_id
    names = {each.id: (each.child_title, url_for("publishing.priority", code=each.code)) for each in plans.priorities(plan_id, closed_too=True)}
    plan = plans.current_plan()
    themes = [each.theme for each in published(plan)] if plan else []
    names |= {each.id: (each.you_said, url_for("publishing.theme", slug=each.slug)) for each in themes}
    told = {fact: [About(*names[key], each.people, each.percent) for each, key in _known(found, fact, names)] for fact in ("priority", "theme")}
    return {fact: some for fact, some in told.items() if some}


def _known(found: ReleaseFacts, fact: str, names: Collection[uuid.UUID]) -> list[tuple[counting.Size, uuid.UUID]]:
    return [(each, key) for each in counting.tied(found, fact) if (key := uuid.UUID(each.value)) in names]


def _row(who: str, question: str, answer: str, people: int | None, percent: int | None) -> list[Cell]:
    return [who, question, answer, people, percent, _("Too few to show") if people is None else ""]


def _found(slug: str) -> ReleaseFacts:
    plan = plans.current_plan()
    found = next((each for each in counting.published_activities(plan.id) if each.activity.slug == slug), None) if plan else None
    return found or abort(404)
