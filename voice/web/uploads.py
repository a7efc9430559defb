"""What people send in: never on a disk before we have made it ours, and no more of it than a page takes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any, Final

from flask import Flask, Request, current_app

from voice.web.access import Handler

LARGEST: Final = 2 * 1024**2
"""Bytes in a request: many times what all questions of an activity can take. More is turned away unread."""


class InMemory(Request):
    """A request whose files stay in memory: a picture holds where it was taken, and shall not lie in a folder for passing things."""

    @property
    def max_content_length(self) -> int | None:
        """What the page takes; a page that speaks of it while it answers is believed."""
        handler = current_app.view_functions.get(self.endpoint or "")
        return self._max_content_length or getattr(handler, "largest", LARGEST)

    @max_content_length.setter
    def max_content_length(self, most: int | None) -> None:
        self._max_content_length = most

    def _get_file_stream(self, *_told: Any, **_more: Any) -> IO[bytes]:
        return io.BytesIO()


def takes_files(largest: int) -> Callable[[Handler], Handler]:
    """A page that takes files: requests of up to `largest` bytes, others are refused before they are read. Put it nearest to the function."""

    def attach(handler: Handler) -> Handler:
        handler.largest = largest  # type: ignore[attr-defined]  # the rule lives on the function, as who may open it does
        return handler

    return attach


def install(app: Flask) -> None:
    app.request_class = InMemory
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
