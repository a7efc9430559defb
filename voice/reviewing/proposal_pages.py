"""A board member proposes a theme; an officer makes it one, puts it to one, or says why not."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from voice import audit, identity, plans, storage, understanding
from voice.reviewing import proposals
from voice.reviewing.forms import LONGEST_SENTENCE, DeclineForm, ProposalForm
from voice.reviewing.pages import blueprint, theme_of
from voice.reviewing.wording import AGES
from voice.web import needs

__all__ = ["blueprint", "desk", "panels"]

desk = Blueprint("proposals", __name__, url_prefix="/work/proposals")


@blueprint.get("/<slug>/propose")
@needs("board_member")
def propose_from(slug: str) -> str:
    """All the cards of a theme, to choose those that say something of their own."""
    return _propose_page(theme_of(slug), ProposalForm(formdata=None))


@blueprint.post("/<slug>/propose")
@needs("board_member")
def propose(slug: str) -> Response | tuple[str, int]:
    found, form, me = theme_of(slug), ProposalForm(), identity.me().id
    if not all([form.validate(), form.need_cards()]):
        return _propose_page(found, form), 400
    try:
        proposals.propose(found.id, form.words.data, form.card.data, me)
    except proposals.NoCards:
        form.card.errors = [_("Those cards are not there any more. Choose again.")]
        return _propose_page(found, form), 400
    storage.commit()
    return redirect(url_for("reviewing.board", _anchor="proposed"), 303)


@desk.get("/<uuid:proposal_id>")
@needs("officer")
def decide(proposal_id: uuid.UUID) -> str:
    """What the board proposes, with the views behind it."""
    return _desk_page(_proposal(proposal_id))


@desk.post("/<uuid:proposal_id>/make")
@needs("officer")
def make(proposal_id: uuid.UUID) -> Response | tuple[str, int]:
    """A theme of its own, in the board’s sentence or a better one."""
    found, form, me = _proposal(proposal_id), understanding.SentenceForm(), identity.me().id
    if form.puts_the_counted():
        return _desk_page(found, form), 200
    if not form.validate():
        return _desk_page(found, form), 400
    try:
        made = understanding.theme(proposals.make(found.id, form.you_said.data.strip(), me, form.why.data or None))
    except (proposals.AlreadySettled, proposals.NoCards) as refusal:
        return _too_late(found, refusal)
    storage.commit()
    return redirect(url_for("desk.theme", slug=made.slug if made else "", done="made"), 303)


@desk.post("/<uuid:proposal_id>/join")
@needs("officer")
def join(proposal_id: uuid.UUID) -> Response | tuple[str, int]:
    """Its views go to a theme that says it already."""
    found = _proposal(proposal_id)
    into = next((each for each in _others(found) if each.slug == request.form.get("theme")), None)
    if into is None:
        return _desk_page(found, refused=_("Choose the theme that says this.")), 400
    try:
        proposals.join(found.id, into.id, identity.me().id)
    except (proposals.AlreadySettled, proposals.NoCards) as refusal:
        return _too_late(found, refusal)
    storage.commit()
    return redirect(url_for("desk.theme", slug=into.slug, done="gathered"), 303)


@desk.post("/<uuid:proposal_id>/decline")
@needs("officer")
def decline(proposal_id: uuid.UUID) -> Response | tuple[str, int]:
    """Not taken up, and the board is told why."""
    found, form, me = _proposal(proposal_id), DeclineForm(), identity.me().id
    if not form.validate():
        return _desk_page(found, declining=form), 400
    try:
        proposals.decline(found.id, form.reason.data, me)
    except proposals.AlreadySettled as refusal:
        return _too_late(found, refusal)
    if form.kept_why():
        audit.record(me, "words kept", "theme", found.theme_id, form.kept_why())
    storage.commit()
    return redirect(url_for("desk.proposed"), 303)


@desk.get("/<uuid:proposal_id>/make")
@desk.get("/<uuid:proposal_id>/join")
@desk.get("/<uuid:proposal_id>/decline")
@needs("officer")
def again(proposal_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("proposals.decide", proposal_id=proposal_id), 303)


def panels(_member_id: uuid.UUID) -> Iterable[Markup]:
    """What waits, on the officer’s list of proposed themes."""
    for each in proposals.waiting():
        yield Markup(render_template("reviewing/proposal_panel.html", each=each))  # noqa: S704  # our own template


def _proposal(proposal_id: uuid.UUID) -> proposals.Proposal:
    return proposals.proposal(proposal_id) or abort(404)


def _others(found: proposals.Proposal) -> list[understanding.ThemeFacts]:
    """Themes of the priority it was heard under, to which it may be put."""
    came_from = understanding.theme(found.theme_id)
    return understanding.themes(came_from.plan_id, came_from.priority_id) if came_from else []


def _propose_page(theme: understanding.ThemeFacts, form: ProposalForm) -> str:
    marked = proposals.marked_cards(theme.id, identity.me().id)
    return render_template("reviewing/propose.html", theme=theme, marked=marked, form=form, ages=AGES, most=LONGEST_SENTENCE)


def _too_late(found: proposals.Proposal, refusal: Exception) -> tuple[str, int]:
    storage.session().rollback()
    if isinstance(refusal, proposals.AlreadySettled):
        return _desk_page(_proposal(found.id), refused=_("Somebody decided about it meanwhile.")), 409
    return _desk_page(found, refused=_("None of its views may be seen by others now. Say so to the board below.")), 409


def _desk_page(
    found: proposals.Proposal,
    form: understanding.SentenceForm | None = None,
    declining: DeclineForm | None = None,
    refused: str | None = None,
) -> str:
    came_from = understanding.theme(found.theme_id)
    priority = plans.priority_by_id(came_from.priority_id) if came_from else None
    return render_template(
        "reviewing/proposal.html",
        proposal=found,
        came_from=came_from,
        priority=priority,
        views=proposals.views_of(found.id, identity.me().id),
        others=_others(found),
        form=form or understanding.SentenceForm(formdata=None, you_said=found.words),
        declining=declining or DeclineForm(formdata=None),
        refused=refused,
    )
