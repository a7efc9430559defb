"""A worrying picture, for the safeguarding lead alone: shut until they open it, which is on record; done with once its concern is closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from voice import identity, keeping, safeguarding, storage
from voice.reading import pictures_worrying
from voice.reading.pictures_forms import UnlockForm, kind_words
from voice.reading.pictures_worrying import WorryingPicture
from voice.web import needs

blueprint = Blueprint("worrying", __name__, url_prefix="/safeguarding/pictures")
LEADS = ("safeguarding_lead", "safeguarding_deputy")


@blueprint.get("/<uuid:picture_id>")
@needs(*LEADS)
def shut(picture_id: uuid.UUID) -> str:
    return _page(_found(picture_id))


@blueprint.get("/<uuid:picture_id>/open")
@needs(*LEADS)
def opened(picture_id: uuid.UUID) -> str:
    """Its pixels come by `image`, which puts the opening on record."""
    return _page(_found(picture_id), opened=True)


@blueprint.get("/<uuid:picture_id>/full.webp")
@needs(*LEADS)
def image(picture_id: uuid.UUID) -> Response:
    found = _found(picture_id)
    if not found.kept.is_open:
        abort(404)
    pictures_worrying.record_worrying_opening(found, identity.me().id)
    return keeping.picture_reply(found.kept.file, "full")


@blueprint.post("/<uuid:picture_id>/hand-back")
@needs(*LEADS)
def hand_back(picture_id: uuid.UUID) -> Response | tuple[str, int]:
    return _done_with(picture_id, pictures_worrying.hand_back_picture)


@blueprint.post("/<uuid:picture_id>/take-out")
@needs(*LEADS)
def take_out(picture_id: uuid.UUID) -> Response | tuple[str, int]:
    return _done_with(picture_id, pictures_worrying.take_out_picture)


@blueprint.post("/<uuid:picture_id>/lock")
@needs(*LEADS)
def lock(picture_id: uuid.UUID) -> Response:
    """One that came with words that worried us stays as well, whatever its sender takes back."""
    pictures_worrying.keep_as_evidence(_found(picture_id), identity.me().id)
    storage.commit()
    return redirect(url_for("worrying.shut", picture_id=picture_id), 303)


@blueprint.get("/<uuid:picture_id>/lock")
@blueprint.get("/<uuid:picture_id>/hand-back")
@blueprint.get("/<uuid:picture_id>/take-out")
@needs(*LEADS)
def back(picture_id: uuid.UUID) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("worrying.shut", picture_id=picture_id), 303)


def beside_the_concern(concern: safeguarding.Concern) -> Iterator[dict[str, Any]]:
    """Ways to the pictures that came with a concern, for its page: words and links, never a pixel."""
    for each in pictures_worrying.pictures_of_concern(concern):
        yield {"url": url_for("worrying.shut", picture_id=each.id), "words": kind_words()[each.kept.kind], "is_locked": each.is_locked}


def _done_with(picture_id: uuid.UUID, act: Any) -> Response | tuple[str, int]:
    found, form = _found(picture_id), UnlockForm()
    if not form.validate_on_submit():
        return _page(found, form=form), 400
    try:
        act(found, identity.me().id, form.why.data.strip())
    except pictures_worrying.StillOpen:
        return _page(found, form=form, too_early=True), 409
    storage.commit()
    return redirect(url_for("safeguarding.read", concern_id=found.concern.id), 303)


def _page(found: WorryingPicture, *, opened: bool = False, form: UnlockForm | None = None, too_early: bool = False) -> str:
    locked_by = identity.person(found.locked_by) if found.locked_by else None
    return render_template(
        "reading/worrying.html",
        found=found,
        opened=opened and found.kept.is_open,
        form=form or UnlockForm(formdata=None),
        too_early=too_early,
        locked_by=locked_by,
        kinds=kind_words(),
    )


def _found(picture_id: uuid.UUID) -> WorryingPicture:
    """The picture; where its concern is about whoever asks, or nobody opened that yet, it is not there."""
    return pictures_worrying.worrying_picture(picture_id, identity.me().id) or abort(404)
