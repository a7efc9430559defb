"""Static files under addresses that change with their content, so that a phone keeps them for good."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from gzip import compress
from pathlib import Path
from typing import Final

import brotli
import rcssmin
import rjsmin
from flask import Flask, abort, current_app, request
from werkzeug.wrappers import Response

from voice.web.access import goes_on, open_to_all

FOLDER = Path(__file__).parent / "static"
MODULES = "js/"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file, with its encodings ready."""

    kind: str
    digest: str
    bodies: dict[str, bytes]  # encoding -> bytes; "" is as it is


def install(app: Flask) -> None:
    assets = {file.relative_to(FOLDER).as_posix(): _read(file) for file in sorted(FOLDER.rglob("*")) if file.is_file()}
    app.extensions["voice.assets"] = assets | _with_one_digest({name: asset for name, asset in assets.items() if name.startswith(MODULES)})
    app.add_url_rule("/static/<digest>/<path:name>", "static", goes_on(open_to_all(send)))
    app.jinja_env.globals["asset_url"] = asset_url


# What is written for people to read is sent without its comments and spaces: a quarter less on a slow phone.
SMALLER: Final[Mapping[str, Callable[[bytes], bytes]]] = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}


def _read(file: Path) -> Asset:
    body = SMALLER.get(file.suffix, bytes)(file.read_bytes())
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    bodies = {"": body, "gzip": compress(body, 9, mtime=0), "br": brotli.compress(body, quality=11)}
    return Asset(kind, hashlib.sha256(body).hexdigest()[:12], bodies)


def _with_one_digest(modules: dict[str, Asset]) -> dict[str, Asset]:
    """Modules name one another by relative addresses, so they move together: were one under an address of its own, a browser
    would load and run it twice."""
    digest = hashlib.sha256("".join(each.digest for each in modules.values()).encode()).hexdigest()[:12]
    return {name: replace(asset, digest=digest) for name, asset in modules.items()}


def asset_url(name: str) -> str:
    """The address of a static file as it is now."""
    asset: Asset = current_app.extensions["voice.assets"][name]
    return f"/static/{asset.digest}/{name}"


def send(digest: str, name: str) -> Response:
    """A static file, in the encoding the browser likes best."""
    asset: Asset | None = current_app.extensions["voice.assets"].get(name)
    if asset is None:
        abort(404)
    encoding = next((each for each in ("br", "gzip") if request.accept_encodings[each]), "")
    response = Response(asset.bodies[encoding], mimetype=asset.kind)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_GOOD if digest == asset.digest else "public, max-age=60"
    return response
