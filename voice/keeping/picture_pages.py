"""Pictures, served inertly: under a random name, as nothing but a picture, and only those everybody may see."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, make_response, request
from flask.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from voice.keeping.pictures import picture_bytes, picture_named, shown_to_all
from voice.storage.files import NoSuchFile
from voice.web import open_to_all

blueprint = Blueprint("pictures", __name__)
SEALED: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


@blueprint.get("/pictures/<file>/<size>.webp")
@open_to_all
def show(file: str, size: str) -> AnyResponse:
    """Everyone’s picture. It may be kept, but is asked for anew each time: what was taken back is gone at once."""
    picture = picture_named(file)
    if picture is None or picture.id not in shown_to_all([picture.id]):
        abort(404)
    response = picture_reply(picture.file, size)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.set_etag(f"{file}-{size}")
    return response.make_conditional(request)


def picture_reply(file: str, size: str) -> Response:
    """The bytes of one size, for a page that has asked already who may see it. Nobody keeps it unless the page says so.

    Ends the request with 404 where the file is not there, with 503 where its store is away.
    """
    try:
        data = picture_bytes(file, size)
    except (NoSuchFile, ValueError):
        abort(404)
    response = make_response(data)
    response.headers["Content-Type"] = "image/webp"
    response.headers["Content-Disposition"] = 'inline; filename="picture.webp"'
    response.headers["Content-Security-Policy"] = SEALED
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
