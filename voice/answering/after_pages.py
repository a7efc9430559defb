"""Beside the words of an answer: its themes, the steps on the way, and what became of it."""

from __future__ import annotations

import uuid
from contextlib import suppress

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import audit, identity, storage, understanding
from voice.answering import following, milestones, queries, wordings
from voice.answering.after_forms import FollowUpForm, MilestoneForm, ReachedForm, ThemeForm
from voice.answering.facts import AnswerFacts
from voice.answering.pages import DESK, blueprint, theme_of
from voice.answering.rules import MOST_MILESTONES, latest_follow_up
from voice.answering.wording import leaving_words
from voice.config import settings
from voice.web import needs
from voice.web.caring import CaringForm

PATH = "/work/answers/<slug>"
SAYS = ("reached", "not_reached", "open", "away")


# --- themes


@blueprint.get(f"{PATH}/themes")
@needs("publisher", "officer")
def themes(slug: str) -> str:
    """What else the same answer answers."""
    return _themes_page(*_found(slug))


@blueprint.post(f"{PATH}/themes")
@needs("publisher", "officer")
def add_theme(slug: str) -> Response | tuple[str, int]:
    theme, answer = _found(slug)
    form = _theme_form(answer)
    if not form.validate():
        return _themes_page(theme, answer, form), 400
    with suppress(wordings.CannotJoin):  # somebody answered it meanwhile: it is not on the page that follows
        wordings.add_theme(answer.id, uuid.UUID(form.theme.data), identity.me().id)
        storage.commit()
    return redirect(url_for("answering.themes", slug=slug), 303)


@blueprint.post(f"{PATH}/themes/<uuid:joined_id>")
@needs("publisher", "officer")
def remove_theme(slug: str, joined_id: uuid.UUID) -> Response | tuple[str, int]:
    """The answer does not answer this theme after all, as long as nobody outside could read it there."""
    theme, answer = _found(slug)
    try:
        wordings.remove_theme(answer.id, joined_id, identity.me().id)
    except wordings.CannotLeave as refusal:
        if refusal.why == "other":
            abort(404)
        return _themes_page(theme, answer, refused=leaving_words(refusal.why)), 409
    storage.commit()
    left = queries.answer(answer.id)
    stays = theme if joined_id != theme.id or left is None else understanding.theme(left.theme_id) or theme
    return redirect(url_for("answering.themes", slug=stays.slug), 303)


def _theme_form(answer: AnswerFacts) -> ThemeForm:
    form = ThemeForm()
    form.offer(wordings.may_join(answer.id))
    return form


def _themes_page(theme: understanding.ThemeFacts, answer: AnswerFacts, form: ThemeForm | None = None, refused: str | None = None) -> str:
    known = [each for each in map(understanding.theme, answer.theme_ids) if each]
    public = queries.public_answers(answer.theme_ids)
    shown = form or _theme_form(answer)
    can_add = len(shown.theme.choices) > 1
    return render_template(
        "answering/themes.html", theme=theme, answer=answer, themes=known, public=public, form=shown, refused=refused, can_add=can_add
    )


# --- milestones


@blueprint.get(f"{PATH}/milestones")
@needs(*DESK)
def steps(slug: str) -> str:
    """The steps on the way: named, reached or not."""
    return _steps_page(*_found(slug))


@blueprint.post(f"{PATH}/milestones")
@needs(*DESK)
def add_step(slug: str) -> Response | tuple[str, int]:
    theme, answer = _found(slug)
    form = MilestoneForm()
    if not form.validate():
        return _steps_page(theme, answer, form), 400
    with suppress(milestones.TooMany):  # the page that follows has no form any more, and says how many there may be
        milestones.add_milestone(answer.id, form.words.data, form.due_on.data, identity.me().id)
        _keep_why(form, answer.id)
        storage.commit()
    return redirect(url_for("answering.steps", slug=slug), 303)


@blueprint.post(f"{PATH}/milestones/<uuid:step_id>")
@needs(*DESK)
def say_of_step(slug: str, step_id: uuid.UUID) -> Response | tuple[str, int]:
    """It was reached, or not and why; or that does not hold; or it goes, as long as nobody outside could read it."""
    theme, answer = _found(slug)
    then, form = request.form.get("then", ""), ReachedForm(prefix=str(step_id))
    if step_id not in {each.id for each in answer.milestones}:
        abort(404)
    if then not in SAYS:
        abort(400)
    if not form.validate_for(then):
        return _steps_page(theme, answer, saying=(step_id, form)), 400
    _say_of_step(step_id, then, form)
    _keep_why(form, answer.id)
    storage.commit()
    return redirect(url_for("answering.steps", slug=slug, _anchor=f"step-{step_id}"), 303)


def _say_of_step(milestone_id: uuid.UUID, then: str, form: ReachedForm) -> None:
    me = identity.me().id
    if then == "reached":
        milestones.reached(milestone_id, form.reached_on.data, me)
    elif then == "not_reached":
        milestones.not_reached(milestone_id, form.why_not.data, me)
    elif then == "open":
        milestones.open_again(milestone_id, me)
    else:
        with suppress(milestones.IsPublic):  # it went out meanwhile: it stays, as the page that follows shows
            milestones.remove(milestone_id, me)


def _steps_page(
    theme: understanding.ThemeFacts,
    answer: AnswerFacts,
    form: MilestoneForm | None = None,
    saying: tuple[uuid.UUID, ReachedForm] | None = None,
) -> str:
    forms = {each.id: ReachedForm(formdata=None, prefix=str(each.id), reached_on=storage.today()) for each in answer.milestones}
    public = queries.public_answer(theme.id)
    return render_template(
        "answering/milestones.html",
        theme=theme,
        answer=answer,
        public={each.id for each in public.milestones} if public else set(),
        form=form or MilestoneForm(formdata=None),
        forms={**forms, **({saying[0]: saying[1]} if saying else {})},
        typed_into=saying[0] if saying else None,
        can_add=len(answer.milestones) < MOST_MILESTONES,
        most=MOST_MILESTONES,
    )


# --- what became of it


@blueprint.get(f"{PATH}/follow-up")
@needs(*DESK)
def what_became(slug: str) -> str:
    """Say what became of what everyone could read."""
    theme, public = _public(slug)
    return _follow_up_page(theme, public, FollowUpForm(formdata=None, next_on=latest_follow_up(storage.today(), settings().follow_up_months)))


@blueprint.post(f"{PATH}/follow-up")
@needs(*DESK)
def follow_up(slug: str) -> Response | tuple[str, int]:
    theme, public = _public(slug)
    form = FollowUpForm()
    if not form.validate():
        return _follow_up_page(theme, public, form), 400
    following.follow_up(public.id, form.became(), identity.me().id)
    _keep_why(form, public.id)
    storage.commit()
    return redirect(url_for("answering.answer", slug=slug, _anchor="became"), 303)


def _follow_up_page(theme: understanding.ThemeFacts, public: AnswerFacts, form: FollowUpForm) -> str:
    return render_template("answering/follow_up.html", theme=theme, answer=public, form=form)


@blueprint.get(f"{PATH}/themes/<uuid:joined_id>")
@needs("publisher", "officer")
def themes_again(slug: str, joined_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("answering.themes", slug=slug), 303)


@blueprint.get(f"{PATH}/milestones/<uuid:step_id>")
@needs(*DESK)
def steps_again(slug: str, step_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("answering.steps", slug=slug), 303)


def _found(slug: str) -> tuple[understanding.ThemeFacts, AnswerFacts]:
    theme = theme_of(slug)
    return theme, queries.answer_for(theme.id) or abort(404)


def _public(slug: str) -> tuple[understanding.ThemeFacts, AnswerFacts]:
    """The words everyone reads; what nobody was told has no follow-up."""
    theme = theme_of(slug)
    return theme, queries.public_answer(theme.id) or abort(404)


def _keep_why(form: CaringForm, answer_id: uuid.UUID) -> None:
    if form.kept_why():
        audit.record(identity.me().id, "words kept", "answer", answer_id, form.kept_why())
