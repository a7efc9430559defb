"""Posters and flyers to print, in each language an activity is asked in."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from voice.inviting import posters
from voice.inviting.pages import bp, found_activity, languages_of
from voice.web import needs, paper


@bp.get("/<slug>/poster.pdf")
@needs("officer")
def poster(slug: str) -> Response | Reply:
    return _sheet(slug, "poster")


@bp.get("/<slug>/flyer.pdf")
@needs("officer")
def flyer(slug: str) -> Response | Reply:
    return _sheet(slug, "flyer")


def _sheet(slug: str, shape: str) -> Response | Reply:
    """The sheet; where this machine cannot make one, the activity's page, which says what to install."""
    found, language = found_activity(slug), request.args.get("language", "en")
    if language not in [each.value for each in languages_of(found)]:
        abort(404)
    return posters.as_pdf(found, shape, language) if paper.can_print() else redirect(url_for("inviting.activity", slug=slug), 303)
