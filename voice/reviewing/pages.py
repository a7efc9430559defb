"""The board's room: a list of themes, and one bright card at a time. Nothing here can be downloaded or sent to anyone."""

from __future__ import annotations

import uuid
from contextlib import suppress

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import identity, plans, storage, understanding
from voice.reviewing import actions, proposals, queries
from voice.reviewing.forms import MOST, ObjectionForm, WordsForm
from voice.reviewing.meeting import letters, rounds, said
from voice.reviewing.meeting import queries as meetings
from voice.reviewing.meeting.wording import times
from voice.reviewing.wording import AGES, WEIGHTS, held_back_words
from voice.web import needs, slot
from voice.web.paging import leaf

blueprint = Blueprint("reviewing", __name__, url_prefix="/board")
NO_VOTE = "pass"


@blueprint.get("")
@needs("board_member", "board_worker")
def board() -> str:
    """What there is to hear, and what lies with the board."""
    me = identity.me()
    themes, next_ = queries.themes_to_hear(me.id), meetings.next_meeting()
    return render_template(
        "reviewing/board.html",
        meeting=next_,
        round=rounds.round_of(next_.id, me.id) if next_ and next_.pack_out_on else None,
        times=times,
        is_worker="board_worker" in me.roles,
        talk_waits="board_worker" in me.roles and said.someone_would_like_a_talk(),
        takes_letters=letters.wants_letters(me.id),
        has_address="board_member" in me.roles and letters.has_address(me),
        desk=slot("board_desk").fill(me.id),
        to_hear=[each for each in themes if not each.heard_on],
        heard=[each for each in themes if each.heard_on],
        proposed=proposals.of_the_board(),
        more=slot("board_sections").fill(identity.me().id),
    )


@blueprint.get("/<slug>")
@needs("board_member", "board_worker")
def theme(slug: str) -> str:
    """One theme: a card of it, and what the board makes of it."""
    found = theme_of(slug)
    words = queries.board_words([found.id]).get(found.id, "")
    return _page(found, WordsForm(formdata=None, words=words), ObjectionForm(formdata=None))


@blueprint.post("/<slug>/heard")
@needs("board_member")
def heard(slug: str) -> Response:
    found = theme_of(slug)
    actions.mark_heard(found.id, identity.me().id)
    storage.commit()
    return _back(slug, "heard")


@blueprint.post("/<slug>/vote")
@needs("board_member")
def vote(slug: str) -> Response:
    """A private vote; “pass” takes an earlier one back."""
    found, weight = theme_of(slug), request.form.get("weight", "")
    if weight != NO_VOTE and weight not in {str(each) for each in WEIGHTS}:
        abort(400)
    with suppress(actions.WeighedTogether):  # the page says so, and where
        actions.vote(found.id, identity.me().id, None if weight == NO_VOTE else int(weight))
    storage.commit()
    return _back(slug, "vote")


@blueprint.post("/<slug>/words")
@needs("board_member")
def write(slug: str) -> Response | tuple[str, int]:
    found, form = theme_of(slug), WordsForm()
    if not form.validate():
        return _page(found, form, ObjectionForm(formdata=None)), 400
    actions.write_words(found.id, form.words.data, identity.me().id)
    storage.commit()
    return _back(slug, "board-words")


@blueprint.post("/<slug>/not-what-they-said")
@needs("board_member")
def object_to(slug: str) -> Response | tuple[str, int]:
    found, form = theme_of(slug), ObjectionForm()
    if not form.validate():
        words = queries.board_words([found.id]).get(found.id, "")
        return _page(found, WordsForm(formdata=None, words=words), form), 400
    actions.object_to(found.id, form.objection.data, identity.me().id)
    storage.commit()
    return _back(slug, "sentence")


@blueprint.get("/<slug>/heard")
@blueprint.get("/<slug>/vote")
@blueprint.get("/<slug>/words")
@blueprint.get("/<slug>/not-what-they-said")
@needs("board_member", "board_worker")
def again(slug: str) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("reviewing.theme", slug=slug), 303)


def theme_of(slug: str) -> understanding.ThemeFacts:
    """The theme, where it is the current plan's and has something on its cards."""
    found, plan = understanding.theme_by_slug(slug), plans.current_plan()
    if found and found.merged_into:
        found = understanding.theme(understanding.where_it_went(found).id)
    if found is None or plan is None or found.plan_id != plan.id or not queries.cards(found.id, identity.me().id):
        abort(404)
    return found


def _page(found: understanding.ThemeFacts, words: WordsForm, objection: ObjectionForm) -> str:
    priority, joined = plans.priority_by_id(found.priority_id), understanding.went_into(found.id)
    return render_template(
        "reviewing/theme.html",
        theme=found,
        priority=priority.child_title if priority else "",
        cards=leaf(queries.cards(found.id, identity.me().id), request.values.get("card", 1, int), 1),
        review=queries.review_of(found.id, identity.me().id),
        tally=queries.tally(found.id),
        weighed_in=queries.weighed_in(found.id),
        weighed_on=queries.weighed_on(found.id),
        held_back=held_back_words(queries.held_back(found.id)),
        may_act="board_member" in identity.me().roles,
        quotes=_quotes(found.id),
        joined=joined,
        joined_words=queries.board_words([each.id for each in joined]),
        form=words,
        objection=objection,
        ages=AGES,
        weights=WEIGHTS,
        most=MOST,
    )


def _quotes(theme_id: uuid.UUID) -> list[understanding.Quote]:
    """What is meant to stand beside it, but for what is too near to this member."""
    near = queries.too_near(theme_id, identity.me().id)
    return [understanding.Quote(each.words, each.language) for each in understanding.picked(theme_id) if each.id not in near]


def _back(slug: str, place: str) -> Response:
    """To the same card, at the part that was pressed."""
    return redirect(url_for("reviewing.theme", slug=slug, card=request.form.get("card", 1, int), _anchor=place), 303)
