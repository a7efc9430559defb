"""One theme in a meeting: its cards and numbers, what the board notes, decides, and asks a leader for."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from voice import identity, plans, storage, understanding
from voice.reviewing import queries as reviewing
from voice.reviewing.meeting import actions, asking, letters, queries, said
from voice.reviewing.meeting.forms import AskForm, DecisionForm, NoteForm
from voice.reviewing.meeting.pages import ROOM, meeting_of, written_in
from voice.reviewing.meeting.wording import stand_words
from voice.reviewing.wording import AGES
from voice.storage import today
from voice.web import needs

blueprint = Blueprint("meeting_themes", __name__, url_prefix="/board/meetings/<uuid:meeting_id>/on/<uuid:theme_id>")
FIRST_CARDS = 3
WEEKS_TO_ANSWER = 4


@blueprint.get("")
@needs(*ROOM)
def show(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> str:
    return _page(meeting_of(meeting_id), theme_id)


@blueprint.post("/note")
@needs("board_member")
def note(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _written_on(meeting_id, theme_id), NoteForm()
    if not form.validate():
        return _page(found, theme_id, noting=form), 400
    actions.write_note(meeting_id, theme_id, form.note.data, identity.me().id)
    storage.commit()
    return _back(meeting_id, theme_id, "notes")


@blueprint.post("/decision")
@needs("board_member")
def decide(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _written_on(meeting_id, theme_id), DecisionForm()
    if not form.validate():
        return _page(found, theme_id, deciding=form), 400
    actions.decide(meeting_id, theme_id, form.decided(), identity.me().id)
    storage.commit()
    return _back(meeting_id, theme_id, "decision")


@blueprint.post("/ask")
@needs("board_member")
def ask(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> Response | tuple[str, int]:
    """The letter to the leader goes after the commit."""
    found, form = _written_on(meeting_id, theme_id), AskForm()
    if not form.validate():
        return _page(found, theme_id, asking_form=form), 400
    what = form.asked()
    ask_id = asking.ask_leader(meeting_id, theme_id, what, identity.me().id)
    storage.commit()
    letters.leader_is_asked(what.owner_id, ask_id)
    return _back(meeting_id, theme_id, "asks")


@blueprint.get("/note")
@blueprint.get("/decision")
@blueprint.get("/ask")
@needs(*ROOM)
def again(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return _back(meeting_id, theme_id)


def _back(meeting_id: uuid.UUID, theme_id: uuid.UUID, place: str | None = None) -> Response:
    return redirect(url_for("meeting_themes.show", meeting_id=meeting_id, theme_id=theme_id, _anchor=place), 303)


def _written_on(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> queries.MeetingFacts:
    found = written_in(meeting_id)
    _seen(found, theme_id)
    return found


def _seen(found: queries.MeetingFacts, theme_id: uuid.UUID) -> list[understanding.ThemeFacts]:
    """The themes this member sees; the one asked for is among them, or it is not there for them."""
    themes = queries.themes_for(found, identity.me().id)
    if theme_id not in {each.id for each in themes}:
        abort(404)
    return themes


def _page(
    found: queries.MeetingFacts,
    theme_id: uuid.UUID,
    noting: NoteForm | None = None,
    deciding: DecisionForm | None = None,
    asking_form: AskForm | None = None,
) -> str:
    me, themes = identity.me(), _seen(found, theme_id)
    number = [each.id for each in themes].index(theme_id)
    theme, decision = themes[number], said.decision(found.id, theme_id)
    priority, cards = plans.priority_by_id(theme.priority_id), reviewing.cards(theme_id, me.id)
    return render_template(
        "reviewing/meeting_theme.html",
        meeting=found,
        theme=theme,
        number=number + 1,
        last=len(themes),
        following=themes[number + 1] if number + 1 < len(themes) else None,
        priority=priority.child_title if priority else "",
        cards=cards[:FIRST_CARDS],
        more_cards=len(cards) > FIRST_CARDS,
        numbers=queries.numbers_for(theme),
        earlier=[each for each in said.came_of_earlier(found) if each.theme_id == theme_id],
        notes=said.notes(found.id, theme_id, me.id),
        decision=decision,
        asks=said.asked_in(found.id, theme_id),
        noting=noting or NoteForm(formdata=None),
        deciding=deciding or DecisionForm(formdata=None, **(vars(decision) if decision else {})),
        asking=asking_form or AskForm(formdata=None, due_on=today() + timedelta(weeks=WEEKS_TO_ANSWER)),
        may_write=found.may_write and "board_member" in me.roles,
        is_worker="board_worker" in me.roles,
        ages=AGES,
        words=stand_words(),
    )
