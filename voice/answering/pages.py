"""The answers desk, and the board's page of one answer."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import asdict
from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import audit, identity, plans, reviewing, storage, understanding
from voice.answering import actions, letters, queries, requesting, wordings
from voice.answering.facts import AnswerFacts
from voice.answering.forms import AnswerForm, OwnerForm, SettleForm, follow_up_words
from voice.answering.rules import ASK_DAYS, NEEDS, VERDICTS, board_has_until, latest_follow_up
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
    return _page(theme_of(slug))


@blueprint.post("/work/answers/<slug>")
@needs(*DESK)
def write(slug: str) -> Response | tuple[str, int]:
    """Save the draft, or save it and send it to the board."""
    theme, form = theme_of(slug), AnswerForm()
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
    found = queries.answer_for(theme_of(slug).id) or abort(404)
    actions.send_to_board(found.id, identity.me().id)
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.post("/work/answers/<slug>/publish")
@needs("publisher")
def publish(slug: str) -> Response | tuple[str, int]:
    """Out to everyone, or the sentence that says what is missing and by when."""
    theme = theme_of(slug)
    found = queries.answer_for(theme.id) or abort(404)
    try:
        actions.publish(found.id, identity.me().id)
    except actions.CannotPublish as refusal:
        return _page(theme, refused=_stopped(theme, found, queries.Stop(refusal.why, refusal.theme_id))), 409
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.post("/work/answers/<slug>/owner")
@needs("publisher", "officer")
def give(slug: str) -> Response | tuple[str, int]:
    """Say whose it is to answer and by when; a letter with a link leads them to the form, after an invitation where they are new."""
    theme, form = theme_of(slug), OwnerForm()
    if not form.validate():
        return _page(theme, giving=form), 400
    try:
        went = _invite(theme, form) if form.invites else _ask(theme, form.chosen(), form.answer_by.data)
    except requesting.OtherDuties:
        form.refuse_address()
        return _page(theme, giving=form), 400
    return redirect(url_for("answering.answer", slug=slug, given="yes" if went else "no-letter", _anchor="owner-of-it"), 303)


def _ask(theme: understanding.ThemeFacts, owner_id: uuid.UUID | None, day: date | None) -> bool:
    changed = requesting.ask(theme.id, owner_id, day, identity.me().id)
    storage.commit()
    return letters.yours_to_answer(owner_id, theme.slug, day) if changed and day else True


def _invite(theme: understanding.ThemeFacts, form: OwnerForm) -> bool:
    name, email, day = form.name.data, form.email.data, form.answer_by.data
    known = requesting.owner_at(email)
    if known:
        return _ask(theme, known.id, day)
    invited = requesting.ask_by_invitation(theme.id, name, email, day, identity.me().id)
    storage.commit()
    return letters.asked_before_joining(invited, name, email, theme.slug, day)


@blueprint.post("/work/answers/<slug>/objections/<uuid:objection_id>")
@needs("publisher", "officer")
def settle(slug: str, objection_id: uuid.UUID) -> Response | tuple[str, int]:
    """Put the sentence right, and tell the board; or tell the board why not."""
    theme, form = theme_of(slug), SettleForm(prefix=str(objection_id))
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


@blueprint.post("/work/answers/<slug>/put-back")
@needs(*DESK)
def put_back(slug: str) -> Response:
    """Throw the new words away; what is public stays as it is."""
    found = queries.answer_for(theme_of(slug).id) or abort(404)
    with suppress(wordings.NothingPublic):
        wordings.put_back(found.id, identity.me().id)
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug), 303)


@blueprint.get("/work/answers/<slug>/send")
@blueprint.get("/work/answers/<slug>/put-back")
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
    themes = [each for each in map(understanding.theme, found.theme_ids) if each]
    return render_template(
        "answering/to_judge.html",
        answer=found,
        themes=themes,
        board_words=reviewing.board_words([each.id for each in themes]),
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
    return queries.with_the_board(answer_id) or abort(404)


def theme_of(slug: str) -> understanding.ThemeFacts:
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
    stop = queries.stop(found.id, me.id if "publisher" in me.roles else None) if found and not found.published_on else None
    objections, asked = reviewing.objections(theme.id), requesting.asked([theme.id]).get(theme.id)
    return render_template(
        "answering/answer.html",
        theme=theme,
        others=_others(theme, found),
        priority=priority,
        heard_on=last_heard(theme.id),
        board_words=reviewing.board_words([theme.id]).get(theme.id),
        answer=found,
        public=queries.public_answer(theme.id),
        form=form or _filled(found),
        needs=NEEDS,
        objections=objections,
        settle=_settle_forms(theme, objections, settling),
        stopped=_stopped(theme, found, stop) if found and stop else None,
        refused=refused,
        marks=marks_words(queries.marks(found.id)) if found else None,
        asks_again=bool(found and found.published_on and queries.doubted([found])),
        roles=me.roles,
        asked=asked,
        giving=giving or _owner_form(theme.id, asked),
        given=request.args.get("given"),
        follow_up_words=follow_up_words,
    )


def _others(theme: understanding.ThemeFacts, found: AnswerFacts | None) -> list[understanding.ThemeFacts]:
    """What else the same answer answers."""
    ids = [each for each in found.theme_ids if each != theme.id] if found else []
    return [each for each in map(understanding.theme, ids) if each]


def _stopped(theme: understanding.ThemeFacts, found: AnswerFacts, stop: queries.Stop) -> str:
    """What stops it, in words; of another of its themes with that theme's sentence."""
    other = understanding.theme(stop.theme_id) if stop.theme_id and stop.theme_id != theme.id else None
    return stopped_words(stop.why, found.sent_to_board_on, found.written_at, other.you_said if other else None)


def _settle_forms(
    theme: understanding.ThemeFacts, objections: list[reviewing.ObjectionFacts], settling: tuple[uuid.UUID, SettleForm] | None
) -> dict[uuid.UUID, SettleForm]:
    """A form for each objection nobody has settled; the one that was typed into as it was typed."""
    forms = {each.id: SettleForm(formdata=None, prefix=str(each.id), you_said=theme.wording) for each in objections if each.settled_on is None}
    return {**forms, **({settling[0]: settling[1]} if settling else {})}


def _owner_form(theme_id: uuid.UUID, asked: requesting.Asked | None) -> OwnerForm:
    """As it stands; who is asked anew has two weeks, unless another day is named."""
    day = asked.answer_by if asked and not asked.is_answered and not asked.is_late else storage.today() + timedelta(days=ASK_DAYS)
    return OwnerForm(formdata=None, owner=str(queries.owners([theme_id]).get(theme_id, "")), answer_by=day)


def _filled(found: AnswerFacts | None) -> AnswerForm:
    """The form as the answer stands, or empty with the longest follow-up there is."""
    if found is None:
        return AnswerForm(formdata=None, follow_up_on=latest_follow_up(storage.today(), settings().follow_up_months))
    decided = found.where_decided
    where = {"decided_by": decided.kind, "decided_title": decided.title, "decided_link": decided.link} if decided else {}
    return AnswerForm(formdata=None, data={**asdict(found), **where})
