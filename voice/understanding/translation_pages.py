"""A person’s translation beside a view: written on the page where it is read."""

from __future__ import annotations

import uuid

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from voice import identity, reading, storage
from voice.understanding.forms import SortForm
from voice.understanding.pages import Place, blueprint, queue_page, view_page
from voice.web import needs

__all__ = ["blueprint"]


@blueprint.post("/view/<uuid:view_id>/translate")
@needs("officer")
def translate(view_id: uuid.UUID) -> Response | tuple[str, int]:
    """Keep a translation of the words that others may see, or, before anyone decided, of the words as sent."""
    me = identity.me().id
    where = reading.standing(view_id, me)
    if where is None or where.decision == "withheld":
        abort(404)
    form = reading.TranslationForm()
    if not form.validate():
        if where.decision is None:
            return queue_page(Place(None, view_id), reading.DecisionForm(formdata=None), SortForm(formdata=None)), 400
        return view_page(where, reading.WorryForm(formdata=None)), 400
    seen = where.shown_words or reading.open_raw([view_id], me)[0].words
    reading.translate(view_id, form.language.data, form.translated.data, seen, me)
    storage.commit()
    if where.decision is None or request.form.get("then") == "queue":
        return redirect(url_for("desk.queue", at=view_id, done="translated"), 303)
    return redirect(url_for("desk.view", view_id=view_id, done="translated"), 303)
