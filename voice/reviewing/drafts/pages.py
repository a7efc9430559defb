"""A draft in the board’s room: one part at a time, on a phone. What a member thinks is theirs; what the board says goes to whoever wrote it."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.reviewing import looking
from voice.reviewing.drafts import actions, consulting, letters, queries
from voice.reviewing.drafts.forms import MOST, OUTCOME_WORDS, STANCE_WORDS, JointForm, SayForm
from voice.reviewing.drafts.queries import WHOLE, DraftFacts, SectionFacts
from voice.web import needs

blueprint = Blueprint("drafts", __name__, url_prefix="/board/drafts")
BOARD = ("board_member", "board_worker")


@blueprint.get("/<uuid:draft_id>")
@needs(*BOARD)
def draft(draft_id: uuid.UUID) -> str:
    """Its parts, and what the board says of the whole."""
    return _whole(_draft(draft_id))


@blueprint.get("/<uuid:draft_id>/<int:place>")
@needs(*BOARD)
def part(draft_id: uuid.UUID, place: int) -> str:
    found = _draft(draft_id)
    return _part(found, _section(found, place))


@blueprint.post("/<uuid:draft_id>/<int:place>/say")
@needs("board_member")
def say(draft_id: uuid.UUID, place: int) -> Response | tuple[str, int]:
    """Agree, change or not sure, with a comment or without."""
    found = _draft(draft_id)
    section, form, me = _section(found, place), SayForm(), identity.me().id
    if not form.validate():
        return _part(found, section, saying=form), 400
    words = form.comment.data or None
    try:
        actions.say(section.id, me, form.stance.data or None, words, held=looking.must_be_looked_at(words))
    except actions.TooLate:
        return _part(found, section, saying=form, refused=_too_late()), 409
    storage.commit()
    return redirect(url_for("drafts.part", draft_id=draft_id, place=place, kept="yes", _anchor="mine"), 303)


@blueprint.post("/<uuid:draft_id>/<int:place>/words")
@needs("board_member")
def write(draft_id: uuid.UUID, place: int) -> Response | tuple[str, int]:
    """What the board says together: of a part, or (0) of the whole."""
    found, form = _draft(draft_id), JointForm()
    section = None if place == WHOLE else _section(found, place)
    refused, status = None, 400
    if form.validate():
        try:
            actions.write_words(found.id, place, form.words.data, form.number(), identity.me().id)
            storage.commit()
            return redirect(_address(draft_id, place), 303)
        except actions.TooLate:
            refused, status = _too_late(), 409
        except actions.WrittenMeanwhile:
            refused, status = _("Somebody else wrote here while you did. Both are below: make one of them, and save it."), 409
    storage.session().rollback()
    return (_part(found, section, joint=form, refused=refused) if section else _whole(found, joint=form, refused=refused)), status


@blueprint.post("/<uuid:draft_id>/<int:place>/look")
@needs("board_worker")
def look(draft_id: uuid.UUID, place: int) -> Response:
    """The board’s worker shows a comment that had to be looked at, or takes its words out."""
    found, me = _draft(draft_id), identity.me().id
    section = _section(found, place)
    whose = queries.whose(section.id, me, request.form.get("mark", ""))
    if whose is None or request.form.get("do") not in ("show", "take_out"):
        abort(400)
    actions.look_at(section.id, whose, me, show=request.form["do"] == "show")
    storage.commit()
    return redirect(_address(draft_id, place), 303)


@blueprint.post("/<uuid:draft_id>/send")
@needs(*BOARD)
def send(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    """Everything the board says goes to whoever wrote the draft."""
    found = _draft(draft_id)
    if WHOLE not in queries.joint(found.id):
        return _whole(found, refused=_("Write what the board says of the whole draft first. Then send it.")), 400
    try:
        actions.close(found.id, identity.me().id)
    except actions.TooLate:
        return _whole(found, refused=_too_late()), 409
    storage.commit()
    letters.to_the_owner(found.owner_id, found.id)
    return redirect(url_for("drafts.draft", draft_id=draft_id), 303)


@blueprint.get("/<uuid:draft_id>/<int:place>/say")
@blueprint.get("/<uuid:draft_id>/<int:place>/words")
@blueprint.get("/<uuid:draft_id>/<int:place>/look")
@needs(*BOARD)
def part_again(draft_id: uuid.UUID, place: int) -> Response:
    """Somebody came here by the address alone."""
    return redirect(_address(draft_id, place), 303)


@blueprint.get("/<uuid:draft_id>/send")
@needs(*BOARD)
def again(draft_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("drafts.draft", draft_id=draft_id), 303)


def _address(draft_id: uuid.UUID, place: int) -> str:
    if place == WHOLE:
        return url_for("drafts.draft", draft_id=draft_id, _anchor="board-words")
    return url_for("drafts.part", draft_id=draft_id, place=place, _anchor="board-words")


def _too_late() -> str:
    return str(_("The board’s days with this draft are over. What you typed is still below, so that you can keep it elsewhere."))


def _draft(draft_id: uuid.UUID) -> DraftFacts:
    found = queries.draft(draft_id)
    return found if found and found.laid_on else abort(404)


def _section(found: DraftFacts, place: int) -> SectionFacts:
    return queries.section(found.id, place) or abort(404)


def _may_act(found: DraftFacts) -> bool:
    return found.stage == "open" and "board_member" in identity.me().roles


def _whole(found: DraftFacts, *, joint: JointForm | None = None, refused: str | None = None) -> str:
    said = queries.joint(found.id)
    whole = said.get(WHOLE)
    return render_template(
        "reviewing/drafts/draft.html",
        draft=found,
        sections=queries.sections(found.id),
        joint=said,
        whole=whole,
        mine=queries.said_of(found.id, identity.me().id),
        stances=STANCE_WORDS,
        outcomes=OUTCOME_WORDS,
        may_act=_may_act(found),
        form=joint or JointForm(formdata=None, words=whole.words if whole else ""),
        since=whole.number if whole else 0,
        history=queries.history(found.id, WHOLE),
        refused=refused,
        most=MOST,
    )


def _part(
    found: DraftFacts, section: SectionFacts, *, saying: SayForm | None = None, joint: JointForm | None = None, refused: str | None = None
) -> str:
    me, now = identity.me(), queries.joint(found.id).get(section.place)
    mine = queries.said_of(found.id, me.id).get(section.id)
    about = consulting.of_draft(found)
    return render_template(
        "reviewing/drafts/part.html",
        draft=found,
        section=section,
        last=len(queries.sections(found.id)),
        mine=mine,
        saying=saying or SayForm(formdata=None, stance=mine.stance if mine else None, comment=mine.words if mine else ""),
        form=joint or JointForm(formdata=None, words=now.words if now else ""),
        now=now,
        since=now.number if now else 0,
        history=queries.history(found.id, section.place),
        how_many=queries.how_many_said(section.id),
        stood=queries.stances(section.id, found.stage),
        comments=queries.comments(section.id, me.id),
        held=queries.held(section.id, me.id) if "board_worker" in me.roles else [],
        heard=consulting.answers_of(about.name).get(consulting.question_of(about, section.place) or ""),
        stances=STANCE_WORDS,
        outcomes=OUTCOME_WORDS,
        may_act=_may_act(found),
        kept=request.args.get("kept") == "yes",
        refused=refused,
        most=MOST,
    )
