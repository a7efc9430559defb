"""The answers desk, and the board's page of one answer."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import audit, identity, plans, reviewing, storage, understanding
from voice.answering import actions, letters, queries
from voice.answering.facts import AnswerFacts
from voice.answering.forms import AnswerForm, OwnerForm, SettleForm, follow_up_words
from voice.answering.rules import NEEDS, VERDICTS, board_has_until, latest_follow_up
from voice.answering.waiting import last_heard, waiting
from voice.answering.wording import marks_words, stage_words, stopped_words, verdict_words
from voice.config import settings
from voice.web import needs

blueprint = Blueprint("answering", __name__)
DESK = ("publisher", "answer_owner", "officer")


@blueprint.get("/work/answers")
@needs(*DESK)
def desk() -> str:
    """What waits longest first."""
    return render_template("answering/desk.html", stages=waiting(identity.me()), titles=stage_words(), stopped=stopped_words, until=board_has_until)


@blueprint.get("/work/answers/<slug>")
@needs(*DESK)
def answer(slug: str) -> str:
    return _page(_theme(slug))


@blueprint.post("/work/answers/<slug>")
@needs(*DESK)
def write(slug: str) -> Response | tuple[str, int]:
    """Save the draft, or save it and send it to the board."""
    theme, form = _theme(slug), AnswerForm()
    if not form.validate():
        return _page(theme, form), 400
    me = identity.me().id
    answer_id = actions.draft(theme.id, form.draft(), me)
    if form.kept_why():
        audit.record(me, "words kept", "answer", answer_id, form.kept_why())
    if request.form.get("then") == "send":
        actions.send_to_board(answer_id, me)
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.post("/work/answers/<slug>/send")
@needs(*DESK)
def send(slug: str) -> Response:
    """The draft as it stands goes to the board."""
    found = queries.answer_for(_theme(slug).id) or abort(404)
    actions.send_to_board(found.id, identity.me().id)
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.post("/work/answers/<slug>/publish")
@needs("publisher")
def publish(slug: str) -> Response | tuple[str, int]:
    """Out to everyone, or the sentence that says what is missing and by when."""
    theme = _theme(slug)
    found = queries.answer_for(theme.id) or abort(404)
    try:
        actions.publish(found.id, identity.me().id)
    except actions.CannotPublish as refusal:
        return _page(theme, refused=stopped_words(refusal.why, found.sent_to_board_on, found.written_at)), 409
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.post("/work/answers/<slug>/owner")
@needs("publisher", "officer")
def give(slug: str) -> Response | tuple[str, int]:
    """Say whose it is to answer; a letter with a link leads them to the form."""
    theme, form = _theme(slug), OwnerForm()
    if not form.validate():
        return _page(theme, giving=form), 400
    changed = actions.give(theme.id, form.chosen(), identity.me().id)
    storage.commit()
    went = letters.yours_to_answer(form.chosen(), slug) if changed else True
    return redirect(url_for("answering.answer", slug=slug, given="yes" if went else "no-letter", _anchor="owner-of-it"), 303)


@blueprint.post("/work/answers/<slug>/objections/<uuid:objection_id>")
@needs("publisher", "officer")
def settle(slug: str, objection_id: uuid.UUID) -> Response | tuple[str, int]:
    """Put the sentence right, and tell the board; or tell the board why not."""
    theme, form = _theme(slug), SettleForm(prefix=str(objection_id))
    if objection_id not in {each.id for each in reviewing.objections(theme.id)}:
        abort(404)
    if not form.validate():
        return _page(theme, settling=(objection_id, form)), 400
    me = identity.me().id
    try:
        reviewing.settle(objection_id, form.settlement.data, me)
    except reviewing.AlreadySettled:
        return redirect(url_for("answering.answer", slug=slug, _anchor="objections"), 303)
    if form.you_said.data != theme.wording:
        understanding.reword(theme.id, form.you_said.data, me)
    if form.kept_why():
        audit.record(me, "words kept", "theme", theme.id, form.kept_why())
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug, _anchor="objections"), 303)


@blueprint.get("/work/answers/<slug>/send")
@blueprint.get("/work/answers/<slug>/publish")
@blueprint.get("/work/answers/<slug>/owner")
@blueprint.get("/work/answers/<slug>/objections/<uuid:objection_id>")
@needs(*DESK)
def again(slug: str, objection_id: uuid.UUID | None = None) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.get("/board/answers/<uuid:answer_id>")
@needs("board_member", "board_worker")
def to_judge(answer_id: uuid.UUID) -> str:
    """The council's words beside what young people said: is it fair?"""
    found = _sent(answer_id)
    theme = understanding.theme(found.theme_id) or abort(404)
    return render_template(
        "answering/to_judge.html",
        answer=found,
        theme=theme,
        board_words=reviewing.board_words([theme.id]).get(theme.id),
        mine=queries.board_verdict(answer_id, identity.me().id),
        verdicts=verdict_words(),
        days_left=(board_has_until(found.sent_to_board_on) - storage.today()).days if found.sent_to_board_on else 0,
        may_judge="board_member" in identity.me().roles,
    )


@blueprint.post("/board/answers/<uuid:answer_id>")
@needs("board_member")
def judge(answer_id: uuid.UUID) -> Response:
    """Fair, not yet, or not answered; it may change, before and after it is public."""
    found, verdict = _sent(answer_id), request.form.get("verdict", "")
    if verdict not in VERDICTS:
        abort(400)
    actions.judge(found.id, identity.me().id, verdict)
    storage.commit()
    return redirect(url_for("answering.to_judge", answer_id=answer_id, _anchor="verdict"), 303)


def _sent(answer_id: uuid.UUID) -> AnswerFacts:
    """An answer that the board has; a draft that was not sent is nobody's to judge."""
    found = queries.answer(answer_id)
    if found is None or found.sent_to_board_on is None:
        abort(404)
    return found


def _theme(slug: str) -> understanding.ThemeFacts:
    """A theme whose answer is this member's to see; others are not there for them."""
    found, theirs = understanding.theme_by_slug(slug), queries.reach(identity.me())
    if found is None or (theirs is not None and found.id not in theirs):
        abort(404)
    return found


def _page(
    theme: understanding.ThemeFacts,
    form: AnswerForm | None = None,
    *,
    settling: tuple[uuid.UUID, SettleForm] | None = None,
    refused: str | None = None,
    giving: OwnerForm | None = None,
) -> str:
    found, priority, me = queries.answer_for(theme.id), plans.priority_by_id(theme.priority_id), identity.me()
    stopped = queries.what_stops(found.id, me.id if "publisher" in me.roles else None) if found and not found.published_on else None
    objections = reviewing.objections(theme.id)
    return render_template(
        "answering/answer.html",
        theme=theme,
        priority=priority,
        heard_on=last_heard(theme.id),
        board_words=reviewing.board_words([theme.id]).get(theme.id),
        answer=found,
        form=form or _filled(found),
        is_typed=form is not None,
        needs=NEEDS,
        objections=objections,
        settle=_settle_forms(theme, objections, settling),
        stopped=stopped_words(stopped, found.sent_to_board_on, found.written_at) if found and stopped else None,
        refused=refused,
        until=board_has_until,
        marks=marks_words(queries.marks(found.id)) if found else None,
        roles=me.roles,
        giving=giving or _owner_form(theme.id),
        given=request.args.get("given"),
        follow_up_words=follow_up_words,
    )


def _settle_forms(
    theme: understanding.ThemeFacts, objections: list[reviewing.ObjectionFacts], settling: tuple[uuid.UUID, SettleForm] | None
) -> dict[uuid.UUID, SettleForm]:
    """A form for each objection nobody has settled; the one that was typed into as it was typed."""
    forms = {each.id: SettleForm(formdata=None, prefix=str(each.id), you_said=theme.wording) for each in objections if each.settled_on is None}
    return {**forms, **({settling[0]: settling[1]} if settling else {})}


def _owner_form(theme_id: uuid.UUID) -> OwnerForm:
    return OwnerForm(formdata=None, owner=str(queries.owners([theme_id]).get(theme_id, "")))


def _filled(found: AnswerFacts | None) -> AnswerForm:
    """The form as the answer stands, or empty with the longest follow-up there is."""
    if found is None:
        return AnswerForm(formdata=None, follow_up_on=latest_follow_up(storage.today(), settings().follow_up_months))
    return AnswerForm(formdata=None, data=asdict(found))
