"""The pages of a walk, drawn. Whoever asks says where the forms lead, so that other ways in can use the same pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import render_template, url_for

from voice import keeping, storage
from voice.keeping import Kept
from voice.listening import showing
from voice.listening.queries import Asked
from voice.listening.walking import Place, said_nothing
from voice.web.locale import language


@dataclass(frozen=True)
class Addresses:
    """Where the pages of a walk lead."""

    start: str
    answers: str  # every page of questions, and the check page
    sent: str
    finish: str  # the end of a visit


def own(slug: str) -> Addresses:
    """The addresses of an activity that a young person opens on their own phone."""
    return Addresses(
        start=url_for("listening.start", slug=slug),
        answers=url_for("listening.answers", slug=slug),
        sent=url_for("listening.sent", slug=slug),
        finish=url_for("listening.finish", slug=slug),
    )


def closed(found: Asked) -> str:
    return drawn("closed", found, own(found.activity.slug))


def start(found: Asked, to: Addresses, place: Place, key: str | None = None) -> str:
    """The first page; where there are words for several ages and none was chosen, it asks for one."""
    ages = found.wordings if place.visit.wording is None else ()
    return drawn("start", found, to, place, key=key, ages=ages)


def here(found: Asked, to: Addresses, place: Place, key: str | None = None) -> str:
    """The page for where the walk is now."""
    if place.where == "start":
        return start(found, to, place, key)
    if place.question:
        question = showing.page(found.instrument, place, place.question, language().code)
        return drawn("question", found, to, place, key=key, question=question)
    if said_nothing(found.instrument, place):
        return drawn("nothing", found, to, place)
    # The submission's own mark is made here, on a page that is never cached, and goes along from now on.
    lines = list(showing.lines(found.instrument, place, language().code))
    return drawn("check", found, to, place, key=key or str(uuid.uuid4()), lines=lines)


def different(found: Asked, to: Addresses, place: Place) -> str:
    return drawn("different", found, to, place)


def taken_back(found: Asked, to: Addresses) -> str:
    return drawn("taken_back", found, to)


def thank_you(found: Asked, to: Addresses, kept: Kept, place: Place) -> str:
    """Made from what is kept and the look alone, so that the same submission again gives the same bytes, and a concern changes none."""
    known = keeping.sent(kept.submission_id)
    received_on = known.received_on if known else storage.today()
    return drawn("thank_you", found, to, place, words=kept.words, received_on=received_on)


def drawn(name: str, found: Asked, to: Addresses, place: Place | None = None, **more: object) -> str:
    """One page of the walk, from its template."""
    wording = place.visit.wording if place else None
    look = showing.look(wording, language().code)
    return render_template(
        f"listening/{name}.html", found=found, to=to, walk=place, look=look, one_idea_a_line=showing.one_idea_a_line, **more
    )
