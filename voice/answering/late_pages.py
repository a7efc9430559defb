"""What is late, for those who can do something about it: on a page of its own, and at the top of the officers’ first page."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from voice import identity
from voice.answering import fours, lateness, listened
from voice.answering.facts import AnswerFacts
from voice.answering.lateness import Waiting
from voice.reading_age import hard_parts
from voice.web import needs
from voice.web.desk import DeskLink, once_a_page

blueprint = Blueprint("late", __name__)
DESK = ("officer", "publisher", "answer_owner")
ON_TOP = 3


@once_a_page
def late_ones() -> list[Waiting]:
    """What is late and is whoever reads the page’s to answer."""
    return lateness.late_for(identity.me())


@blueprint.get("/work/late")
@needs(*DESK)
def show() -> str:
    """The latest first, each with the way to where it is put right."""
    found = late_ones()
    return render_template(
        "answering/late.html",
        items=found,
        first_steps=lateness.first_steps([each.slug for each in found if each.kind == "activity"]),
        may_gather="officer" in identity.me().roles,
    )


def links() -> Iterable[DeskLink]:
    """In the bar while something is late."""
    if identity.me().roles & set(DESK):
        yield DeskLink(
            "late.show", _("Late"), lateness.how_many(late_ones()), _("What is past the day we named. The latest comes first."), seldom=True
        )


def strip() -> Iterable[Markup]:
    """At the top of the officers’ first page."""
    found = late_ones()
    if found:
        yield _drawn("answering/late_strip.html", items=found[:ON_TOP], many=lateness.how_many(found))


def beside_an_answer(answer: AnswerFacts | None) -> Iterable[Markup]:
    """How old one has to be to read it, what would make it easier, and what senders make of it."""
    if answer is None:
        return
    parts = [hard_parts(each) for each in fours.parts_of(answer)]
    yield _drawn(
        "answering/how_it_reads.html",
        age=fours.age_of(answer),
        easy_at=fours.EASY_AT,
        long_sentences=[one for each in parts for one in each.sentences],
        long_words=list(dict.fromkeys(one for each in parts for one in each.words)),
        said=listened.said_about(answer.id),
    )


def _drawn(template: str, **given: object) -> Markup:
    return Markup(render_template(template, **given))  # noqa: S704  # our own template
