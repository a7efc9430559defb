"""The officer's desk: reading, deciding, and saying what each view is about."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import identity, keeping, reading, storage
from voice.understanding import actions, desk, queries
from voice.understanding.forms import SearchForm, SortForm
from voice.web import needs
from voice.web.ages import AGES

blueprint = Blueprint("desk", __name__, url_prefix="/work")
PAGE = 20
DONE = {
    "clear": _l("Cleared."),
    "redact": _l("Cleared, with words taken out."),
    "withhold": _l("Withheld."),
    "concern": _l("The safeguarding lead has it now."),
    "sorted": _l("Sorted."),
    "translated": _l("The translation stands beside the original."),
    "back": _l("It waits to be read again."),
    "gone": _l("Someone else read it, or it was taken back. Nothing was changed."),
}


@dataclass(frozen=True)
class Place:
    """Where the officer is in the queue: the page after this view, and the view to read."""

    after: uuid.UUID | None
    at: uuid.UUID | None

    @classmethod
    def asked_for(cls) -> Place:
        return cls(_an_id("after"), _an_id("at"))


def _an_id(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.values[name])
    except (KeyError, ValueError):
        return None


@blueprint.get("")
@needs("officer")
def queue() -> str:
    """The queue, and one view of it."""
    return queue_page(Place.asked_for(), reading.DecisionForm(formdata=None), SortForm(formdata=None))


@blueprint.post("/view/<uuid:view_id>/decide")
@needs("officer")
def decide(view_id: uuid.UUID) -> Response | tuple[str, int]:
    """One press does both: what others may see, and what it is about."""
    decision, sort = reading.DecisionForm(), SortForm()
    raw = _raw(view_id)
    if raw is None:
        return _on("gone")
    words = raw.words
    fits = all([decision.validate(), sort.validate()]) and decision.check_parts(words)
    redacts = decision.decision.data == "redact"
    if request.form.get("preview") == "all":
        decision.mark.data = desk.points_in(raw)
    if not fits or (redacts and "preview" in request.form):
        left = reading.mark_out(words, decision.taken_out()) if redacts else None
        return queue_page(Place(_an_id("after"), view_id), decision, sort, left), 200 if fits else 400
    if not reading.take_up([view_id], identity.me().id):
        return _on("gone")
    _carry_out(view_id, words, decision, sort)
    storage.commit()
    return _on(str(decision.decision.data), view_id)


@blueprint.post("/view/<uuid:view_id>/put-back")
@needs("officer")
def put_back(view_id: uuid.UUID) -> Response:
    """Undo: it waits to be read again, and nobody has said what it is about."""
    where = reading.standing(view_id, identity.me().id)
    if where is None:
        abort(404)
    me = identity.me().id
    if where.decision:
        reading.put_back(view_id, me)
        actions.unsort(view_id, me)
        storage.commit()
    return redirect(url_for("desk.queue", at=view_id, done="back"), 303)


@blueprint.get("/view/<uuid:view_id>")
@needs("officer")
def view(view_id: uuid.UUID) -> str | Response:
    """One view and what was decided about it."""
    where = reading.standing(view_id, identity.me().id)
    if where is None:
        abort(404)
    if where.decision is None:
        return redirect(url_for("desk.queue", at=view_id), 303)
    return view_page(where, reading.WorryForm(formdata=None))


@blueprint.post("/view/<uuid:view_id>/worry")
@needs("officer")
def worry(view_id: uuid.UUID) -> Response | tuple[str, int]:
    """Raise a concern about a view that was read before."""
    where = reading.standing(view_id, identity.me().id)
    if where is None:
        abort(404)
    form = reading.WorryForm()
    if not form.validate():
        return view_page(where, form), 400
    reading.raise_concern(view_id, identity.me().id, form.why.data)
    actions.take_out_of_learning(view_id)
    storage.commit()
    return redirect(url_for("desk.queue", done="concern"), 303)


@blueprint.get("/many")
@needs("officer")
def many() -> str:
    """Twenty at once: clear all but the marked."""
    me = identity.me().id
    cards = desk.raw_cards(reading.queue(PAGE, _an_id("after"), me), me)
    return render_template("understanding/many.html", cards=cards, wait=desk.to_read(), done=done_words())


@blueprint.post("/many")
@needs("officer")
def clear_many() -> Response:
    """Those that were marked stay in the queue; the next twenty come after them."""
    shown, marked = ids_of("view"), set(ids_of("keep"))
    to_clear = reading.take_up([each for each in shown if each not in marked][:PAGE], identity.me().id)
    reading.clear(to_clear, identity.me().id)
    storage.commit()
    return redirect(url_for("desk.many", after=shown[-1] if shown else None, cleared=len(to_clear)), 303)


@blueprint.get("/sort")
@needs("officer")
def sort() -> str:
    """Cleared but not sorted yet: one at a time."""
    return _sort_page(_an_id("at"), SortForm(formdata=None))


@blueprint.post("/sort/<uuid:view_id>")
@needs("officer")
def sort_one(view_id: uuid.UUID) -> Response | tuple[str, int]:
    """Say what a read view is about."""
    shown = reading.shown([view_id], identity.me().id).get(view_id)
    if shown is None:
        return redirect(url_for("desk.sort", done="gone"), 303)
    form = SortForm()
    if not form.validate() or not form.need_tag():
        return _sort_page(view_id, form), 400
    _sort(view_id, shown.words, form)
    storage.commit()
    if request.form.get("then") == "view":
        return redirect(url_for("desk.view", view_id=view_id, done="sorted"), 303)
    return redirect(url_for("desk.sort", at=_an_id("next"), done="sorted"), 303)


@blueprint.route("/search", methods=["GET", "POST"])
@needs("officer")
def search() -> str | tuple[str, int]:
    """Search the words. What is searched for may be a child's words, so it is posted and never stands in an address."""
    form = SearchForm()
    if request.method == "GET":
        return render_template("understanding/search.html", form=form, cards=None, more=False)
    if not form.validate():
        return render_template("understanding/search.html", form=form, cards=None, more=False), 400
    found = reading.search(form.wanted.data, PAGE + 1, identity.me().id)
    cards = desk.found_cards(found[:PAGE], identity.me().id)
    return render_template("understanding/search.html", form=form, cards=cards, more=len(found) > PAGE, decided=reading.decisions(found))


def queue_page(place: Place, decision: reading.DecisionForm, sort: SortForm, left: str | None = None) -> str:
    """The queue with one view of it to decide about; `left`: how it would read with words taken out."""
    me = identity.me().id
    waiting = reading.queue(PAGE, place.after, me) or reading.queue(PAGE, by=me)
    if place.at and place.at not in {each.id for each in waiting}:
        waiting = [*reading.waiting_again([place.at], me), *waiting][:PAGE]
    cards = desk.raw_cards(waiting, me)
    number = next((number for number, card in enumerate(cards) if card.id == place.at), 0)
    card = cards[number] if cards else None
    return render_template(
        "understanding/queue.html",
        **_alone(cards, card, me),
        card=card,
        before=cards[number - 1] if number else None,
        next=cards[number + 1] if number + 1 < len(cards) else None,
        number=number + 1,
        wait=desk.to_read(),
        unsorted=queries.how_many_unsorted(by=me) if card is None else 0,
        after=place.after,
        more=cards[-1].id if len(cards) == PAGE else None,
        asked=desk.asked(card.activity_id, card.question) if card else None,
        guesses=desk.guesses(card.words, language=card.language, was_concern=card.was_concern) if card else None,
        decision=decision,
        sort=sort,
        left=left,
        **translated(card.id if card else None, card.words if card else ""),
        done=done_words(),
        undo=_an_id("undo"),
    )


def _alone(cards: Sequence[desk.Card], card: desk.Card | None, me: uuid.UUID) -> dict[str, Any]:
    """The list beside the words: of what is much alike, one stands for all; and how many more there are like the one that is read."""
    groups = reading.alike([each.id for each in cards], me)
    seen: set[uuid.UUID] = {groups[card.id].group_id} if card and card.id in groups else set()
    shown: list[desk.Card] = []
    for each in cards:
        group = groups[each.id].group_id if each.id in groups else None
        if each is card or group is None or group not in seen:
            shown.append(each)
        if group:
            seen.add(group)
    return {"cards": shown, "groups": groups, "to_judge": reading.how_many_set_aside()}


def _sort_page(at: uuid.UUID | None, form: SortForm) -> str:
    me = identity.me().id
    shown = reading.shown(queries.unsorted_views(PAGE, me), me)
    order = sorted(shown.values(), key=lambda each: (each.week, each.id))
    number = next((number for number, each in enumerate(order) if each.id == at), 0)
    each = order[number] if order else None
    where = reading.standing(each.id, me) if each else None
    return render_template(
        "understanding/sort.html",
        views=order,
        view=each,
        next=order[number + 1] if number + 1 < len(order) else None,
        names=desk.place_names(),
        ages=AGES,
        asked=desk.asked(each.activity_id, each.question) if each else None,
        guesses=desk.guesses(each.words, language=each.language, was_concern=where.was_concern) if each and where else None,
        sort=form,
        waits=queries.how_many_unsorted(by=me),
        done=done_words(),
    )


def view_page(where: reading.Standing, worry: reading.WorryForm) -> str:
    """One view that was read, with what was decided about it."""
    cards = desk.raw_cards([reading.Waiting(where.id, where.read_first, where.was_concern)], identity.me().id)
    if not cards:
        abort(404)
    card = cards[0]
    words = where.shown_words or card.words
    reader = identity.person(where.read_by) if where.read_by else None
    return render_template(
        "understanding/view.html",
        card=card,
        where=where,
        reader=reader.name if reader else None,
        reasons=reading.reason_words(),
        asked=desk.asked(card.activity_id, card.question),
        tags=desk.titles_of(queries.tags_of([where.id]).get(where.id)),
        tone=queries.tone_of([where.id]).get(where.id),
        themes=queries.themes_of_views([where.id]),
        guesses=desk.guesses(words, language=card.language, was_concern=where.was_concern),
        sort=_sorted_before(where.id),
        worry=worry,
        **translated(where.id, words),
        done=done_words(),
    )


def translated(view_id: uuid.UUID | None, seen: str) -> dict[str, Any]:
    """What the pages of one view need to show a translation of it, and to write one; `seen`: its words as others may see them."""
    form = reading.TranslationForm(request.form if request.endpoint == "desk.translate" else None)
    if request.endpoint == "desk.translate":
        form.validate()
    return {"translation": reading.translations({view_id: seen}).get(view_id) if view_id else None, "translating_form": form}


def _sorted_before(view_id: uuid.UUID) -> SortForm:
    """The form as a person left it, so that confirming again loses nothing."""
    tags = queries.tags_of([view_id]).get(view_id)
    return SortForm(formdata=None, tag=desk.codes_of(tags), tone=queries.tone_of([view_id]).get(view_id))


def _carry_out(view_id: uuid.UUID, words: str, decision: reading.DecisionForm, sort: SortForm) -> None:
    me = identity.me().id
    if decision.decision.data == "concern":
        reading.raise_concern(view_id, me, decision.why.data)
        actions.take_out_of_learning(view_id)
        return
    if decision.decision.data == "redact":
        reading.redact(view_id, reading.mark_out(words, decision.taken_out()), decision.reason.data, me)
    elif decision.decision.data == "withhold":
        reading.withhold(view_id, decision.reason.data, me)
    else:
        reading.clear([view_id], me)
    _sort(view_id, words, sort)


def _sort(view_id: uuid.UUID, words: str, form: SortForm) -> None:
    """Tags and tone as they were chosen; without a tag it waits to be sorted."""
    me = identity.me().id
    if form.is_sorted:
        actions.confirm(view_id, desk.priority_ids(form.codes()), me, desk.as_suggested(words))
    where = reading.standing(view_id, me)
    if form.tone.data in form.tones and where and not where.was_concern:
        actions.set_tone(view_id, form.tone.data, request.form.get("guessed") or None, me)


def _raw(view_id: uuid.UUID) -> keeping.RawView | None:
    return next(iter(reading.open_raw([view_id], identity.me().id)), None)


def ids_of(name: str) -> list[uuid.UUID]:
    """Ids that a form sent under this name."""
    try:
        return [uuid.UUID(each) for each in request.form.getlist(name)]
    except ValueError:
        abort(400)


def _on(what: str, undo: uuid.UUID | None = None) -> Response:
    """To the next view of the queue."""
    undo = None if what == "concern" else undo
    return redirect(url_for("desk.queue", after=_an_id("after"), at=_an_id("next"), done=what, undo=undo), 303)


def done_words() -> str | None:
    """What was just done, in words."""
    cleared: Sequence[str] = request.args.getlist("cleared")
    if cleared and cleared[0].isdigit():
        words: str = _("Cleared: %(n)s. The marked ones wait in the queue.", n=cleared[0])
        return words
    return DONE.get(request.args.get("done", ""))
