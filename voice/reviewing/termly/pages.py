"""The board's account of a term, in its room: it makes itself, members put it into their own words, and a second one lets it out."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.reviewing.looking import must_be_looked_at
from voice.reviewing.termly import actions, composing, queries
from voice.reviewing.termly.rules import ONLY_WORDS, PARTS, Term, may_approve, parts
from voice.web import needs

blueprint = Blueprint("termly", __name__, url_prefix="/board/account")
BOARD = ("board_member", "board_worker")
MOST = 800
PART_WORDS = {
    "hello": _l("To begin with"),
    "heard": _l("What we heard"),
    "mattered": _l("What matters most to us"),
    "words": _l("What we say about it"),
    "asks": _l("What we asked leaders for"),
    "answers": _l("What they answered, and what we think of it"),
    "drafts": _l("Drafts we read"),
    "councils": _l("From school councils and the youth council"),
    "next": _l("What comes next"),
}


@blueprint.get("")
@needs(*BOARD)
def accounts() -> str:
    """The terms of the last year, and how far the account of each is."""
    return render_template("reviewing/termly/accounts.html", accounts=[queries.in_the_making(each) for each in queries.terms_lately()])


@blueprint.get("/<slug>")
@needs(*BOARD)
def account(slug: str) -> str:
    return _page(_term(slug))


@blueprint.post("/<slug>")
@needs("board_member")
def save(slug: str) -> Response | tuple[str, int]:
    """The board's words on each part, and what it leaves out."""
    term = _term(slug)
    before = queries.in_the_making(term).words  # a part whose lines are gone has no box on the page
    words = {key: request.form.get(key, before.get(key, "")).replace("\r\n", "\n") for key in PARTS}
    keep = set(request.form.getlist("keep"))
    too_long = [key for key, said in words.items() if len(said) > MOST]
    if too_long:
        return _page(term, words, wrong={key: _("Make it shorter: at most %(n)s letters.", n=MOST) for key in too_long}), 400
    left_out = {each.key for each in composing.lines(term)} - keep
    try:
        actions.save(term, words, left_out, _since(), identity.me().id)
    except actions.IsOut:
        return _page(term, words, refused=_("It is public already. What you typed is still below.")), 409
    except actions.WrittenMeanwhile:
        storage.session().rollback()
        return _page(term, words, refused=_("Somebody else saved it while you wrote. Theirs stands above each box that differs: save again.")), 409
    storage.commit()
    return redirect(url_for("termly.account", slug=slug, done="saved"), 303)


@blueprint.post("/<slug>/out")
@needs("board_member")
def approve(slug: str) -> Response | tuple[str, int]:
    """A second member lets it out; from then on it stays as it is."""
    term = _term(slug)
    if _to_look_at(queries.in_the_making(term).words) and request.form.get("looked") != "yes":
        return _page(term, refused=_("Say first that you looked at what may name someone.")), 400
    try:
        actions.approve(term, _since(), identity.me().id)
    except actions.NeedsAnother:
        return _page(term, refused=_("Another member has to let it out: two of you have read it then.")), 409
    except actions.WrittenMeanwhile:
        return _page(term, refused=_("Somebody changed it just now. Read it again, then let it out.")), 409
    except actions.IsOut:
        return _page(term, refused=_("It is public already.")), 409
    storage.commit()
    return redirect(url_for("termly.account", slug=slug, done="out"), 303)


@blueprint.get("/<slug>/out")
@needs(*BOARD)
def again(slug: str) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("termly.account", slug=slug), 303)


def _term(slug: str) -> Term:
    return next((each for each in queries.terms_lately() if each.slug == slug), None) or abort(404)


def _since() -> int:
    typed = request.form.get("since", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _to_look_at(words: Mapping[str, str]) -> list[str]:
    """Parts whose words may name someone or worry."""
    return [key for key, said in words.items() if must_be_looked_at(said)]


def _page(term: Term, typed: Mapping[str, str] | None = None, *, wrong: Mapping[str, str] | None = None, refused: str | None = None) -> str:
    found, me = queries.in_the_making(term), identity.me()
    published = queries.account(term.slug)
    return render_template(
        "reviewing/termly/account.html",
        account=found,
        published=published,
        parts=parts(composing.lines(term), found.words) if published is None else published.parts,
        part_words=PART_WORDS,
        only_words=ONLY_WORDS,
        typed=typed if typed is not None else found.words,
        differs=typed is not None,
        wrong=wrong or {},
        refused=refused,
        to_look_at=_to_look_at(found.words) if published is None else [],
        may_act="board_member" in me.roles and published is None,
        may_approve=found.changed_by is not None and may_approve(me.id, found.changed_by),
        done=request.args.get("done"),
        most=MOST,
    )
