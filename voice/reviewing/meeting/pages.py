"""Meetings of the board: the list, one meeting with its pack, and what its chair and the worker do."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import identity, plans, storage
from voice.reviewing.meeting import actions, letters, queries, rounds, said
from voice.reviewing.meeting.forms import MeetingForm, NoteForm, RoundForm, meeting_form
from voice.reviewing.meeting.models import Meeting
from voice.reviewing.meeting.wording import evening, held_back_lines, stand_words, times
from voice.web import needs, slot

blueprint = Blueprint("meetings", __name__, url_prefix="/board/meetings")
ROOM = ("board_member", "board_worker")


@blueprint.get("")
@needs(*ROOM)
def all_of_them() -> str:
    """Those to come, then those that were."""
    found = queries.meetings()
    to_come = sorted((each for each in found if each.standing in ("to_come", "today")), key=lambda each: (each.day, each.begins_at))
    over = [each for each in found if each.standing not in ("to_come", "today")]
    return render_template("reviewing/meeting_list.html", to_come=to_come, over=over, evening=evening, words=stand_words())


@blueprint.get("/new")
@needs("board_worker")
def new() -> str:
    me = identity.me().id
    return _form_page(meeting_form(queries.themes_to_choose(), None, me), None)


@blueprint.post("/new")
@needs("board_worker")
def make() -> Response | tuple[str, int]:
    form = MeetingForm(queries.themes_to_choose())
    if not form.validate():
        return _form_page(form, None), 400
    meeting_id = actions.make_meeting(form.plan(), identity.me().id)
    storage.commit()
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@blueprint.get("/<uuid:meeting_id>")
@needs(*ROOM)
def show(meeting_id: uuid.UUID) -> str:
    """The pack: what the evening is about."""
    return _page(meeting_of(meeting_id), NoteForm(formdata=None))


@blueprint.get("/<uuid:meeting_id>/change")
@needs("board_worker")
def change(meeting_id: uuid.UUID) -> str:
    found = _to_change(meeting_id)
    adult = storage.session().get_one(Meeting, meeting_id).adult_id
    return _form_page(meeting_form(queries.themes_to_choose(), found, adult), found)


@blueprint.post("/<uuid:meeting_id>/change")
@needs("board_worker")
def change_it(meeting_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _to_change(meeting_id), MeetingForm(queries.themes_to_choose())
    if not form.validate():
        return _form_page(form, found), 400
    try:
        actions.change_meeting(meeting_id, form.plan(), identity.me().id)
    except actions.RoundIsOpen:
        form.day.errors = [_("Votes are coming in. Close the round first.")]
        return _form_page(form, found), 409
    storage.commit()
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@blueprint.post("/<uuid:meeting_id>/pack")
@needs("board_worker")
def let_pack_out(meeting_id: uuid.UUID) -> Response:
    found = _to_change(meeting_id)
    if not found.theme_ids:
        return redirect(url_for("meetings.change", meeting_id=meeting_id, _anchor="themes"), 303)
    actions.let_pack_out(meeting_id, identity.me().id)
    letters.there_is_something()
    storage.commit()
    return back_to(meeting_id)


@blueprint.post("/<uuid:meeting_id>/over")
@needs(*ROOM)
def end(meeting_id: uuid.UUID) -> Response:
    """It is over, says the chair or the worker."""
    found = led_by_me(meeting_id)
    actions.end_meeting(found.id, identity.me().id)
    storage.commit()
    return back_to(meeting_id)


@blueprint.post("/<uuid:meeting_id>/call-off")
@needs("board_worker")
def call_off(meeting_id: uuid.UUID) -> Response:
    actions.call_off(_to_change(meeting_id).id, identity.me().id)
    letters.there_is_something()
    storage.commit()
    return back_to(meeting_id)


@blueprint.post("/<uuid:meeting_id>/note")
@needs("board_member")
def note(meeting_id: uuid.UUID) -> Response | tuple[str, int]:
    """A note of the evening."""
    found, form = written_in(meeting_id), NoteForm()
    if not form.validate():
        return _page(found, form), 400
    actions.write_note(meeting_id, None, form.note.data, identity.me().id)
    storage.commit()
    return back_to(meeting_id, "notes")


@blueprint.post("/<uuid:meeting_id>/note/<uuid:note_id>/away")
@needs(*ROOM)
def take_note_away(meeting_id: uuid.UUID, note_id: uuid.UUID) -> Response:
    """A member’s own while the meeting goes on; the adult in the room may take any."""
    meeting, me = meeting_of(meeting_id), identity.me()
    found = said.note_of(note_id, meeting_id) or abort(404)
    if "board_worker" not in me.roles and not (meeting.may_write and found.written_by == me.id):
        abort(403)
    theme_id = found.theme_id
    actions.take_note_away(note_id, me.id)
    storage.commit()
    if theme_id:
        return redirect(url_for("meeting_themes.show", meeting_id=meeting_id, theme_id=theme_id, _anchor="notes"), 303)
    return back_to(meeting_id, "notes")


@blueprint.post("/<uuid:meeting_id>/talk")
@needs("board_member")
def talk(meeting_id: uuid.UUID) -> Response:
    """Someone would like a talk. Nothing is kept of who; support is the next thing they see."""
    found = meeting_of(meeting_id)
    if found.pack_out_on is None:
        abort(404)
    actions.wish_for_talk(meeting_id)
    storage.commit()
    return redirect(url_for("meetings.show", meeting_id=meeting_id, talk="yes", _anchor="talk"), 303)


@blueprint.post("/<uuid:meeting_id>/talk/looked-in")
@needs("board_worker")
def looked_in(meeting_id: uuid.UUID) -> Response:
    actions.looked_in(meeting_of(meeting_id).id, identity.me().id)
    storage.commit()
    return back_to(meeting_id)


@blueprint.get("/<uuid:meeting_id>/pack")
@blueprint.get("/<uuid:meeting_id>/over")
@blueprint.get("/<uuid:meeting_id>/call-off")
@blueprint.get("/<uuid:meeting_id>/note")
@blueprint.get("/<uuid:meeting_id>/note/<uuid:note_id>/away")
@blueprint.get("/<uuid:meeting_id>/talk")
@blueprint.get("/<uuid:meeting_id>/talk/looked-in")
@needs(*ROOM)
def again(meeting_id: uuid.UUID, note_id: uuid.UUID | None = None) -> Response:
    """Somebody came here by the address alone."""
    return back_to(meeting_id)


def meeting_of(meeting_id: uuid.UUID) -> queries.MeetingFacts:
    return queries.meeting(meeting_id) or abort(404)


def written_in(meeting_id: uuid.UUID) -> queries.MeetingFacts:
    """A meeting that the board writes in now; before its pack, and once it is over, nothing is added."""
    found = meeting_of(meeting_id)
    if not found.may_write:
        abort(409)
    return found


def led_by_me(meeting_id: uuid.UUID) -> queries.MeetingFacts:
    """A meeting that goes on, for its chair or a worker."""
    found = meeting_of(meeting_id)
    if not leads(found):
        abort(403)
    return written_in(meeting_id)


def leads(found: queries.MeetingFacts) -> bool:
    me = identity.me()
    return "board_worker" in me.roles or found.chair_id == me.id


def back_to(meeting_id: uuid.UUID, place: str | None = None) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor=place), 303)


def _to_change(meeting_id: uuid.UUID) -> queries.MeetingFacts:
    found = meeting_of(meeting_id)
    if found.ended_on or found.standing == "called_off":
        abort(409)
    return found


def _form_page(form: MeetingForm, found: queries.MeetingFacts | None) -> str:
    placed = {theme_id: str(place) for place, theme_id in enumerate(found.theme_ids, 1)} if found else {}
    places = form.places() if request.method == "POST" else placed
    return render_template("reviewing/meeting_form.html", form=form, meeting=found, places=places)


def _page(found: queries.MeetingFacts, form: NoteForm) -> str:
    me = identity.me()
    themes = queries.themes_for(found, me.id)
    titles = {each.id: priority.child_title for each in themes if (priority := plans.priority_by_id(each.priority_id))}
    return render_template(
        "reviewing/meeting_pack.html",
        meeting=found,
        themes=themes,
        titles=titles,
        decided=said.decided_in(found.id),
        round=rounds.round_of(found.id, me.id) if found.pack_out_on else None,
        takes_part=me.id in found.seats,
        came_of=said.came_of_earlier(found) if found.pack_out_on else [],
        asked=said.asked_in(found.id),
        more=[*slot("board_desk").fill(me.id), *slot("meeting_pack").fill(me.id)] if found.may_write else [],
        notes=said.notes(found.id, None, me.id),
        held_back=held_back_lines(found.held_back_because, found.held_back_at_least),
        form=form,
        round_form=RoundForm(formdata=None),
        is_young="board_member" in me.roles,
        is_worker="board_worker" in me.roles,
        leads=leads(found),
        talk_waits="board_worker" in me.roles and said.someone_would_like_a_talk(found.id),
        asked_for_talk="talk" in request.args,
        times=times,
        evening=evening,
        words=stand_words(),
    )
