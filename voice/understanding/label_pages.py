"""The tags of the plan: their owners, and when somebody last looked at them."""

from __future__ import annotations

import uuid

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import audit, identity, storage
from voice.understanding import labels
from voice.understanding.forms import OwnerForm
from voice.understanding.pages import blueprint
from voice.web import needs

__all__ = ["blueprint"]

DONE = {"looked": _l("Kept, with today’s date.")}


@blueprint.get("/tags")
@needs("officer")
def tags() -> str:
    """Every tag, those nobody has looked at for a year first."""
    return _page(None)


@blueprint.post("/tags/<uuid:priority_id>")
@needs("officer")
def look_at_tag(priority_id: uuid.UUID) -> Response | tuple[str, int]:
    """Somebody looked at its words, and says who owns them."""
    if priority_id not in {each.priority_id for each in labels.labels()}:
        abort(404)
    form = OwnerForm()
    if not form.validate():
        return _page((priority_id, form)), 400
    labels.look_at(priority_id, form.owner.data, identity.me().id)
    if form.kept_why():
        audit.record(identity.me().id, "words kept", "priority", priority_id, form.kept_why())
    storage.commit()
    return redirect(url_for("desk.tags", done="looked"), 303)


def _page(typed: tuple[uuid.UUID, OwnerForm] | None) -> str:
    found = sorted(labels.labels(), key=lambda each: (not each.is_overdue, bool(each.owner)))
    forms = {each.priority_id: OwnerForm(formdata=None, owner=each.owner) for each in found}
    return render_template(
        "understanding/tags.html",
        labels=found,
        forms={**forms, **({typed[0]: typed[1]} if typed else {})},
        done=DONE.get(request.args.get("done", "")),
    )
