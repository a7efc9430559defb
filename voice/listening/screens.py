"""The pages of a walk, drawn. The way in says where the forms lead and what stands around them."""

from __future__ import annotations

import uuid
from dataclasses import replace

from flask import render_template

from voice import keeping, storage
from voice.asking import picture_question
from voice.contacting import Unfit
from voice.keeping import Kept
from voice.listening import showing
from voice.listening.forms import CONTACT_SENTENCES
from voice.listening.queries import Asked
from voice.listening.walking import Place, asking_picture, said_nothing
from voice.listening.ways import way
from voice.web import picture_words
from voice.web.locale import language


def closed(found: Asked) -> str:
    return drawn("closed", found)


def start(found: Asked, place: Place, key: str | None = None) -> str:
    """The first page; where there are words for several ages and none was chosen, it asks for one."""
    ages = found.wordings if place.visit.wording is None else ()
    return drawn("start", found, place, key=key, ages=ages)


def here(found: Asked, place: Place, key: str | None = None) -> str:
    """The page for where the walk is now."""
    if place.where == "start":
        return start(found, place, key)
    if place.where == "picture":
        return picture(found, place, key)
    if place.question:
        question = showing.page(found.instrument, place, place.question, language().code)
        return drawn("question", found, place, key=key, question=question)
    if said_nothing(found.instrument, place):
        return nothing(found, place)
    if place.where == "contact":
        return contact(found, place, key)
    # The submission's own mark is made here, on a page that is never cached, and goes along from now on.
    lines = list(showing.lines(found.instrument, place, language().code))
    return drawn("check", found, place, key=key or str(uuid.uuid4()), lines=lines, more=picture_to_come(found, place))


def picture(found: Asked, place: Place, key: str | None, wrong: str | None = None) -> str:
    """The question that asks for a picture, from which all is sent; `wrong`: which of `picture_words.REFUSED` says what to put right."""
    asked = place if place.where == "picture" else asking_picture(found.instrument, place)
    if asked.question is None:
        raise LookupError("no picture is asked for")
    question = showing.page(found.instrument, asked, asked.question, language().code)
    said = picture_words.REFUSED[wrong] if wrong else question.refused
    return drawn("picture", found, asked, key=key or str(uuid.uuid4()), question=replace(question, refused=said))


def picture_to_come(found: Asked, place: Place) -> bool:
    """Whether a picture is asked for once the answers are checked."""
    return picture_question(found.instrument, place.answers) is not None


def nothing(found: Asked, place: Place) -> str:
    return drawn("nothing", found, place)


def contact(found: Asked, place: Place, key: str | None, wrong: Unfit | None = None) -> str:
    """How to reach someone who wants us to; `wrong`: what to put right."""
    why = {wrong.field: CONTACT_SENTENCES[wrong.why]} if wrong else {}
    return drawn("contact", found, place, key=key or str(uuid.uuid4()), why=why, more=picture_to_come(found, place))


def different(found: Asked, place: Place) -> str:
    return drawn("different", found, place)


def slowed(found: Asked, place: Place, key: str) -> str:
    """Asks to send it again in a minute; it carries all that was said."""
    return drawn("slowed", found, place, key=key)


def taken_back(found: Asked) -> str:
    return drawn("taken_back", found)


def thank_you(found: Asked, kept: Kept, place: Place) -> str:
    """Made from what is kept and the look alone, so that the same submission again gives the same bytes, and a concern changes none."""
    known = keeping.sent(kept.submission_id)
    received_on = known.received_on if known else storage.today()
    return drawn("thank_you", found, place, words=kept.words, received_on=received_on)


def handing(part: str, found: Asked) -> str:
    """A page of hand-over mode, between the turns: begin, next or end."""
    return drawn(f"handing_{part}", found, Place(where="start", raw={}, answers={}))


def drawn(name: str, found: Asked, place: Place | None = None, **more: object) -> str:
    """One page of the walk, from its template; `more` goes before what every page has."""
    wording = place.visit.wording if place else None
    look = showing.look(wording, language().code)
    return render_template(f"listening/{name}.html", found=found, to=way().leads(found), walk=place, look=look, sentences=showing.sentences, **more)
