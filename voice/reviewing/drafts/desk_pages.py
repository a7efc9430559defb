"""Drafts at the desk: an officer puts one in and lays it before the board; whoever wrote it answers part by part."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import asking, identity, plans, storage
from voice.reviewing.drafts import actions, consulting, queries
from voice.reviewing.drafts.forms import OUTCOME_WORDS, AnswerForm, DraftForm, LayForm, SectionForm
from voice.reviewing.drafts.queries import WHOLE, DraftFacts, SectionFacts
from voice.web import needs

blueprint = Blueprint("draft_desk", __name__, url_prefix="/work/drafts")
DONE = {
    "made": _l("The draft is kept. The board does not see it yet."),
    "part": _l("The part is saved."),
    "out": _l("The part is taken out."),
    "laid": _l("The board has it now."),
    "answered": _l("Saved. The board sees it beside its own words."),
}


@blueprint.get("")
@needs("officer", "answer_owner")
def drafts() -> str:
    """What is before the board, what is with its owner; for officers also every plan, to make questions from."""
    me = identity.me()
    is_officer = "officer" in me.roles
    found = queries.drafts() if is_officer else queries.drafts_of(identity.on_behalf_of(me.id))
    all_plans = plans.plans_in_full() if is_officer else []
    made = {each.slug: consulting.asked(consulting.questions_of_plan(each)) for each in all_plans}
    return render_template(
        "reviewing/drafts/desk.html", drafts=found, plans=all_plans, made=made, is_officer=is_officer, refused=_refusal(request.args.get("why", ""))
    )


@blueprint.get("/new")
@needs("officer")
def new() -> str:
    return _new_page(DraftForm(formdata=None))


@blueprint.post("/new")
@needs("officer")
def make() -> Response | tuple[str, int]:
    form, all_plans = DraftForm(), plans.all_plans()
    form.offer(all_plans, identity.members_with("answer_owner"))
    if not form.validate():
        return _new_page(form), 400
    draft_id = actions.make_draft(form.new(all_plans), identity.me().id)
    storage.commit()
    return redirect(url_for("draft_desk.draft", draft_id=draft_id, done="made"), 303)


@blueprint.get("/<uuid:draft_id>")
@needs("officer", "answer_owner")
def draft(draft_id: uuid.UUID) -> str:
    return _page(_draft(draft_id))


@blueprint.post("/<uuid:draft_id>/parts")
@needs("officer")
def add(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    """One more part, at the end."""
    found, form = _draft(draft_id), SectionForm()
    if not form.validate():
        return _page(found, adding=form), 400
    try:
        actions.add_section(found.id, form.title.data, form.words.data, identity.me().id)
    except actions.TooLate:
        return _page(found, adding=form, refused=_has_it()), 409
    storage.commit()
    return redirect(url_for("draft_desk.draft", draft_id=draft_id, done="part", _anchor="add"), 303)


@blueprint.post("/<uuid:draft_id>/parts/<int:place>")
@needs("officer")
def change(draft_id: uuid.UUID, place: int) -> Response | tuple[str, int]:
    """Other words for a part, or (go=out) the part taken out."""
    found, form = _draft(draft_id), SectionForm()
    section, me = _section(found, place), identity.me().id
    goes = request.form.get("go") == "out"
    if not goes and not form.validate():
        return _page(found, changing={place: form}), 400
    try:
        if goes:
            actions.take_out_section(section.id, me)
        else:
            actions.change_section(section.id, form.title.data, form.words.data, me)
    except actions.TooLate:
        return _page(found, changing={place: form}, refused=_has_it()), 409
    storage.commit()
    return redirect(url_for("draft_desk.draft", draft_id=draft_id, done="out" if goes else "part"), 303)


@blueprint.post("/<uuid:draft_id>/lay")
@needs("officer")
def lay(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    """The board has it until a day."""
    found, form = _draft(draft_id), LayForm()
    if not form.validate():
        return _page(found, laying=form), 400
    try:
        actions.lay(found.id, form.until.data, identity.me().id)
    except actions.NothingToRead:
        return _page(found, laying=form, refused=_("It has no parts yet. Write at least one, then lay it before the board.")), 400
    except actions.TooLate:
        return _page(found, laying=form, refused=_("The board has sent it on already.")), 409
    storage.commit()
    return redirect(url_for("draft_desk.draft", draft_id=draft_id, done="laid"), 303)


@blueprint.post("/<uuid:draft_id>/parts/<int:place>/answer")
@needs("officer", "answer_owner")
def answer(draft_id: uuid.UUID, place: int) -> Response | tuple[str, int]:
    """Changed and how, or not changed and why."""
    found, form = _draft(draft_id), AnswerForm()
    section = _section(found, place)
    if not form.validate():
        return _page(found, answering={place: form}), 400
    try:
        actions.answer(section.id, form.outcome.data, form.answer.data, identity.me().id)
    except actions.TooLate:
        return _page(found, answering={place: form}, refused=_("The board still has it. You can answer once it has spoken.")), 409
    storage.commit()
    return redirect(url_for("draft_desk.draft", draft_id=draft_id, done="answered", _anchor=f"part-{place}"), 303)


@blueprint.post("/<uuid:draft_id>/ask")
@needs("officer")
def ask(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    """Questions for everyone, made from its parts; then they are opened as any activity is."""
    found = _draft(draft_id)
    try:
        name = consulting.publish(consulting.of_draft(found), identity.me().id)
    except (consulting.TooManyParts, asking.BrokenInstrument) as wrong:
        return _page(found, refused=_cannot_ask(wrong)), 400
    storage.commit()
    return redirect(url_for("inviting.new", name=name), 303)


@blueprint.post("/plans/<slug>/ask")
@needs("officer")
def ask_of_plan(slug: str) -> Response:
    """Questions for everyone, made from a plan’s priorities."""
    plan = plans.plan_by_slug(slug) or abort(404)
    try:
        name = consulting.publish(consulting.of_plan(plan), identity.me().id)
    except consulting.TooManyParts:
        return redirect(url_for("draft_desk.drafts", why="parts"), 303)
    except asking.BrokenInstrument:
        return redirect(url_for("draft_desk.drafts", why="words"), 303)
    storage.commit()
    return redirect(url_for("inviting.new", name=name), 303)


@blueprint.get("/<uuid:draft_id>/parts")
@blueprint.get("/<uuid:draft_id>/lay")
@blueprint.get("/<uuid:draft_id>/ask")
@needs("officer", "answer_owner")
def again(draft_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("draft_desk.draft", draft_id=draft_id), 303)


@blueprint.get("/<uuid:draft_id>/parts/<int:place>")
@blueprint.get("/<uuid:draft_id>/parts/<int:place>/answer")
@needs("officer", "answer_owner")
def part_again(draft_id: uuid.UUID, place: int) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("draft_desk.draft", draft_id=draft_id, _anchor=f"part-{place}"), 303)


@blueprint.get("/plans/<slug>/ask")
@needs("officer")
def plan_again(slug: str) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("draft_desk.drafts", _anchor=slug), 303)


def _has_it() -> str:
    return str(_("The board has it: its parts stay as they are. What you typed is still below."))


def _cannot_ask(wrong: Exception) -> str:
    if isinstance(wrong, asking.BrokenInstrument):
        return str(_("It cannot be asked as it is: %(what)s. %(do)s", what=wrong.what, do=wrong.do))
    return str(_refusal("parts"))


def _refusal(why: str) -> str | None:
    if why == "parts":
        return str(_("It has no parts, or more than %(most)s: nobody would answer so many questions.", most=consulting.MOST_PARTS))
    return str(_("Its words for children cannot be asked as they are. Look at the titles of its priorities.")) if why == "words" else None


def _draft(draft_id: uuid.UUID) -> DraftFacts:
    """The draft, where it is theirs to see: an officer’s always, its owner’s once the board has spoken."""
    found, me = queries.draft(draft_id), identity.me()
    if found is None or not ("officer" in me.roles or (found.closed_on and found.owner_id in identity.on_behalf_of(me.id))):
        abort(404)
    return found


def _section(found: DraftFacts, place: int) -> SectionFacts:
    return queries.section(found.id, place) or abort(404)


def _new_page(form: DraftForm) -> str:
    form.offer(plans.all_plans(), identity.members_with("answer_owner"))
    return render_template("reviewing/drafts/new.html", form=form)


def _page(
    found: DraftFacts,
    *,
    adding: SectionForm | None = None,
    changing: dict[int, SectionForm] | None = None,
    laying: LayForm | None = None,
    answering: dict[int, AnswerForm] | None = None,
    refused: str | None = None,
) -> str:
    parts, about = queries.sections(found.id), consulting.of_draft(found)
    owner = identity.person(found.owner_id) if found.owner_id else None
    return render_template(
        "reviewing/drafts/at_the_desk.html",
        draft=found,
        owner=owner.name if owner else None,
        sections=parts,
        joint=queries.joint(found.id) if found.closed_on else {},
        whole=WHOLE,
        is_officer="officer" in identity.me().roles,
        adding=adding or SectionForm(formdata=None),
        changing={each.place: SectionForm(formdata=None, title=each.title, words=each.words) for each in parts} | (changing or {}),
        laying=laying or LayForm(formdata=None, until=found.until),
        answering={each.place: AnswerForm(formdata=None, outcome=each.outcome, answer=each.answer) for each in parts} | (answering or {}),
        outcomes=OUTCOME_WORDS,
        asked=consulting.asked(about.name),
        heard=[consulting.answers_of(about.name).get(consulting.question_of(about, each.place) or "") for each in parts],
        refused=refused,
        done=DONE.get(request.args.get("done", "")),
    )
