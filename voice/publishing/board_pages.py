"""From the board: its account of each term, as it let it out. Frozen: nothing here is counted or composed."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from voice import reviewing
from voice.publishing.pages import FRESH, blueprint
from voice.web import cacheable, open_to_all, paper
from voice.web.locale import language

__all__ = ["blueprint"]


@blueprint.get("/from-the-board")
@open_to_all
@cacheable(FRESH)
def from_the_board() -> str:
    """Every term the board has told of, newest first."""
    return render_template("publishing/from_the_board.html", accounts=reviewing.accounts())


@blueprint.get("/from-the-board/<slug>")
@open_to_all
@cacheable(FRESH)
def board_account(slug: str) -> str:
    return render_template("publishing/board_account.html", account=_found(slug), can_print=paper.can_print())


@blueprint.get("/from-the-board/<slug>/paper.pdf")
@open_to_all
@cacheable(FRESH)
def board_account_pdf(slug: str) -> Response:
    """The same on paper; where this machine cannot make one, the page."""
    found = _found(slug)
    if not paper.can_print():
        return redirect(url_for("publishing.board_account", slug=slug), 303)
    return paper.pdf("publishing/board_account_paper.html", f"from-the-board-{slug}", account=found, tongue=language())


def _found(slug: str) -> reviewing.Account:
    return reviewing.account(slug) or abort(404)
