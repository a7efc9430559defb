"""The desk’s page of one reading: the story behind it, and taking it out."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import abort, redirect, render_template, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from voice import identity
from voice.delivering.measuring import actions, wording
from voice.delivering.measuring.actions import NotTaken
from voice.delivering.measuring.forms import OutForm, StoryForm
from voice.delivering.measuring.models import Measured
from voice.delivering.measuring.pages import WHO, blueprint, every_reading, keep_why, own_page, place_names, story_of
from voice.delivering.measuring.queries import MeasureStory, ReadingFacts
from voice.delivering.measuring.saying import when_words
from voice.storage import commit, session
from voice.web import needs

__all__ = ["blueprint"]


@blueprint.get("/<uuid:measure_id>/readings/<uuid:reading_id>")
@needs(*WHO)
def reading(measure_id: uuid.UUID, reading_id: uuid.UUID) -> str:
    return _page(*_both(measure_id, reading_id))


@blueprint.post("/<uuid:measure_id>/readings/<uuid:reading_id>/story")
@needs(*WHO)
def tell(measure_id: uuid.UUID, reading_id: uuid.UUID) -> Response | tuple[str, int]:
    """The story behind a figure that is there, also one of a release: the figure stays."""
    story, one = _both(measure_id, reading_id)
    form = StoryForm()
    if not form.validate():
        return _page(story, one, told=form), 400
    keep_why(form, measure_id)
    return _done(measure_id, lambda: actions.tell_story(reading_id, form.story.data or None, identity.me().id))


@blueprint.post("/<uuid:measure_id>/readings/<uuid:reading_id>/take-out")
@needs(*WHO)
def take_out(measure_id: uuid.UUID, reading_id: uuid.UUID) -> Response | tuple[str, int]:
    story, one = _both(measure_id, reading_id)
    form = OutForm()
    if not form.validate():
        return _page(story, one, out=form), 400
    return _done(measure_id, lambda: actions.take_out(reading_id, form.why.data, identity.me().id))


@blueprint.get("/<uuid:measure_id>/readings/<uuid:reading_id>/story")
@blueprint.get("/<uuid:measure_id>/readings/<uuid:reading_id>/take-out")
@needs(*WHO)
def again(measure_id: uuid.UUID, reading_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    _both(measure_id, reading_id)
    return redirect(url_for("measuring.reading", measure_id=measure_id, reading_id=reading_id), 303)


def _page(story: MeasureStory, one: ReadingFacts, *, told: StoryForm | None = None, out: OutForm | None = None) -> str:
    return render_template(
        "delivering/measure_reading.html",
        story=story,
        one=one,
        told=told or StoryForm(formdata=None, story=one.story),
        out=out or OutForm(formdata=None),
        places=place_names(),
        when=when_words,
        sources=wording.SOURCE_WORDS,
    )


def _both(measure_id: uuid.UUID, reading_id: uuid.UUID) -> tuple[MeasureStory, ReadingFacts]:
    """A measure and a reading of it as it stands; 409 where another row took its place."""
    story = story_of(measure_id)
    one = next((each for each in every_reading(story) if each.id == reading_id), None)
    if one is None:
        row = session().get(Measured, reading_id)
        abort(409 if row is not None and row.measure_id == measure_id else 404)
    return story, one


def _done(measure_id: uuid.UUID, act: Callable[[], object]) -> Response:
    try:
        act()
        commit()
    except (NotTaken, IntegrityError):
        session().rollback()
        return redirect(own_page(measure_id, stopped="gone"), 303)
    return redirect(own_page(measure_id, done="saved"), 303)
