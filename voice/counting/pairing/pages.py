"""The officer’s page of before and after: how far those who answered both times came."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from voice.counting.pairing import wording
from voice.counting.pairing.queries import before_and_after, questionnaires
from voice.web import needs

blueprint = Blueprint("before_after", __name__, url_prefix="/work/before-and-after")


@blueprint.get("")
@needs("officer")
def desk() -> str:
    return render_template("counting/before_after.html", questionnaires=questionnaires())


@blueprint.get("/<slug>")
@needs("officer")
def look(slug: str) -> str:
    found = before_and_after(slug) or abort(404)
    return render_template("counting/before_after_one.html", found=found, says=wording)
