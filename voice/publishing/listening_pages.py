"""What young people still wait for, with days counted, and how the council listens. Figures of children are as `counting` gave them out."""

from __future__ import annotations

from flask import render_template

from voice import answering, plans
from voice.publishing.pages import FRESH, blueprint
from voice.web import cacheable, open_to_all

__all__ = ["blueprint"]


@blueprint.get("/still-waiting")
@open_to_all
@cacheable(FRESH)
def still_waiting() -> str:
    plan = plans.current_plan()
    if plan is None:
        return render_template("publishing/no_plan.html")
    return render_template("publishing/still_waiting.html", waiting=answering.still_waiting(plan.id))


@blueprint.get("/how-we-listen")
@open_to_all
@cacheable(FRESH)
def how_we_listen() -> str:
    plan = plans.current_plan()
    if plan is None:
        return render_template("publishing/no_plan.html")
    return render_template("publishing/how_we_listen.html", how=answering.four_fs(plan.id))
