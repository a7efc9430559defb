"""The desk’s page where readings come in from a file."""

from __future__ import annotations

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from voice import identity, plans
from voice.delivering.measuring import wording
from voice.delivering.measuring.files import COLUMNS, LARGEST_FILE, template
from voice.delivering.measuring.importing import Imported, import_readings
from voice.delivering.measuring.pages import blueprint
from voice.delivering.measuring.queries import all_measure_stories
from voice.storage import commit, session
from voice.tables import Unusable
from voice.web import needs, takes_files
from voice.web.sheets import KINDS, as_csv

__all__ = ["blueprint"]


@blueprint.get("/import")
@needs("officer")
def from_file() -> str:
    return _page()


@blueprint.post("/import")
@needs("officer")
@takes_files(LARGEST_FILE + 100_000)
def take_file() -> tuple[str, int]:
    """Readings from a file, or as they were pasted. Lines that cannot be read are named, the others are kept."""
    plan = plans.current_plan() or abort(409)
    file, pasted = request.files.get("file"), request.form.get("pasted", "")
    data = file.read() if file is not None and file.filename else pasted.encode()
    try:
        done = import_readings(plan.id, data, identity.me().id)
    except Unusable as unusable:
        session().rollback()
        return _page(wrong=wording.why_unusable(unusable), pasted=pasted), 400
    commit()
    return _page(done, pasted=pasted if done.bad else ""), 400 if done.bad else 200


@blueprint.get("/template")
@needs("officer")
def to_fill_in() -> Response:
    """The lines to fill in."""
    plan = plans.current_plan() or abort(409)
    lines = template((each.facts.key, each.facts.words) for each in all_measure_stories(plan.id))
    response = make_response(as_csv(COLUMNS, lines))
    response.mimetype = KINDS["csv"]
    response.headers["Content-Disposition"] = 'attachment; filename="voice-measures.csv"'
    return response


def _page(done: Imported | None = None, *, wrong: str = "", pasted: str = "") -> str:
    return render_template(
        "delivering/measures_import.html", plan=plans.current_plan(), done=done, wrong=wrong, pasted=pasted, why_bad=wording.why_bad, columns=COLUMNS
    )
