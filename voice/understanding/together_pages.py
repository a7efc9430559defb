"""Saying for many views at once what they are about: those that say much the same, the largest bunch first. A person reads and chooses."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from voice import identity, reading, storage
from voice.understanding import actions, desk, queries
from voice.understanding.clustering import MOST
from voice.understanding.forms import BunchForm
from voice.understanding.gathering import Bunch, ids_in, lay_out
from voice.understanding.pages import blueprint, done_words
from voice.understanding.rules import FEWEST_TO_COUNT
from voice.web import needs
from voice.web.ages import AGES

__all__ = ["blueprint"]


@blueprint.get("/sort/together")
@needs("officer")
def sort_together() -> str | Response:
    """The largest bunch of views that nobody has said what they are about; where none is left, one at a time."""
    bunch = _largest()
    if bunch is None:
        return redirect(url_for("desk.sort", done="sorted"), 303)
    return _page(bunch, BunchForm(formdata=None))


@blueprint.post("/sort/together")
@needs("officer")
def sort_bunch() -> Response | tuple[str, int] | str:
    form, me = BunchForm(), identity.me().id
    waiting = {str(each): each for each in queries.unsorted_views(MOST, me)}
    shown = reading.shown([waiting[each] for each in ids_in(form.view.data or []) if each in waiting], me)
    if not all([form.validate(), form.need_tag(), form.need_views(bool(shown))]):
        bunch = _largest()
        return (_page(bunch, form), 400) if bunch else redirect(url_for("desk.sort", done="gone"), 303)
    tags = desk.priority_ids(form.codes())
    for each in shown.values():
        actions.confirm(each.id, tags, me, desk.as_suggested(each.words))
    storage.commit()
    return redirect(url_for("desk.sort_together", done="sorted"), 303)


def _largest() -> Bunch | None:
    me = identity.me().id
    shown = reading.shown(queries.unsorted_views(MOST, me), me)
    laid = lay_out(sorted(shown.values(), key=lambda each: (each.week, each.id)))
    return laid.bunches[0] if laid.bunches else None


def _page(bunch: Bunch, form: BunchForm) -> str:
    words = " ".join(each.view.words for each in bunch.typical)
    waits = queries.how_many_unsorted(by=identity.me().id)
    return render_template(
        "understanding/together.html",
        bunch=bunch,
        # The guess is for what stands for all; how they sound is said one by one.
        guesses=desk.guesses(words, language=bunch.typical[0].view.language, was_concern=True),
        sort=form,
        chosen=None if form.view.data is None else ids_in(form.view.data),
        names=desk.place_names(),
        ages=AGES,
        waits=ngettext("%(num)s waits", "%(num)s wait", waits) if waits >= FEWEST_TO_COUNT else None,
        done=done_words(),
    )
