"""What the youth board asks of leaders: an owner’s own, or all of them for officers and board workers; and the form to answer with."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from voice import audit, identity, storage, understanding
from voice.reviewing.meeting import asking, letters, said
from voice.reviewing.meeting.forms import AnswerAskForm
from voice.reviewing.meeting.wording import stand_words
from voice.web import needs

blueprint = Blueprint("asks", __name__, url_prefix="/work/asks")
DESK = (*asking.LEADERS, "officer", "publisher", "board_worker")
SEE_ALL = frozenset({"officer", "publisher", "board_worker"})


@blueprint.get("")
@needs(*DESK)
def show() -> str:
    """What is due first."""
    return render_template("reviewing/meeting_asks.html", asks=asks_for(identity.me()), words=stand_words(), sees_all=_sees_all())


@blueprint.get("/<uuid:ask_id>")
@needs(*DESK)
def one(ask_id: uuid.UUID) -> str:
    return _page(_mine(ask_id), AnswerAskForm(formdata=None))


@blueprint.post("/<uuid:ask_id>")
@needs(*DESK)
def answer(ask_id: uuid.UUID) -> Response | tuple[str, int]:
    """The board is told that there is something."""
    found, form, me = _mine(ask_id), AnswerAskForm(), identity.me().id
    if not form.validate():
        return _page(found, form), 400
    try:
        asking.answer_ask(ask_id, form.answer.data, me)
    except asking.AlreadyAnswered:
        return redirect(url_for("asks.one", ask_id=ask_id), 303)
    if form.kept_why():
        audit.record(me, "words kept", "ask", ask_id, form.kept_why())
    letters.there_is_something()
    storage.commit()
    return redirect(url_for("asks.one", ask_id=ask_id), 303)


def asks_for(me: identity.Person) -> list[said.AskFacts]:
    """All of them for those who pass them on; else one’s own."""
    return said.all_asks() if me.roles & SEE_ALL else said.asks_of(me.id)


def _sees_all() -> bool:
    return bool(identity.me().roles & SEE_ALL)


def _mine(ask_id: uuid.UUID) -> said.AskFacts:
    """Another’s ask is not there for an owner."""
    found = said.ask(ask_id)
    if found is None or not (_sees_all() or found.owner_id in identity.on_behalf_of(identity.me().id)):
        abort(404)
    return found


def _page(found: said.AskFacts, form: AnswerAskForm) -> str:
    theme = understanding.theme(found.theme_id) if found.theme_id else None
    owner = identity.person(found.owner_id) if found.owner_id and _sees_all() else None
    return render_template("reviewing/meeting_ask.html", ask=found, theme=theme, owner=owner, form=form, words=stand_words())
