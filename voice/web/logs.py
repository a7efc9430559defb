"""What a line of the log holds: when, how bad, which part, what kind of fault and where in the code. Never a value.

The message of an error may hold what somebody wrote (a database names the row it refused), so it is left out; so are its causes’ messages, and
whatever another library says in its own words. As text there is no line for a request at all. As JSON (VOICE_LOGS) each request has one: the name
of the page in our code, how it ended and how long it took; no address of a machine or of a page, no browser, nobody’s id.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

import click
from flask import Flask
from flask.logging import default_handler

from voice.config import Settings

SHAPE = "[%(asctime)s] %(levelname)s in %(name)s: %(message)s"
OURS: Final = ("voice", "gunicorn")
"""Whose messages are written in our code, or looked through (voice/serving.py). Of others only the place is told."""
Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Errors by their kind and the lines of code they passed."""

    def __init__(self) -> None:
        super().__init__(SHAPE)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler made of it, with its words, is kept there
        if not _is_ours(record):
            record = _without_message(record)
        return super().format(record)

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - the name is logging’s
        return "\n".join(line for error in _causes(ei[1]) for line in _lines(error))


class AsJson(logging.Formatter):
    """The same as one JSON object a line. What we say of a request is in the record’s `said`."""

    def format(self, record: logging.LogRecord) -> str:
        if not _is_ours(record):
            record = _without_message(record)
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "part": record.name,
            "process": record.process,
            "event": record.getMessage(),
            **getattr(record, "said", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [{"kind": _kind(each), "at": _places(each)} for each in _causes(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def install(app: Flask, settings: Settings) -> None:
    formatter: logging.Formatter = AsJson() if settings.logs == "json" else WithoutWords()
    default_handler.setFormatter(formatter)
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(formatter)  # what other libraries say goes there
    if default_handler not in app.logger.handlers:
        app.logger.addHandler(default_handler)


def formatter() -> logging.Formatter:
    """That of the application made last, for loggers that are not Python’s own."""
    return default_handler.formatter or WithoutWords()


def announce(line: str) -> None:
    """What `voice serve` says when it starts."""
    record = logging.LogRecord("voice", logging.INFO, __file__, 0, line, None, None)
    click.echo(formatter().format(record) if isinstance(formatter(), AsJson) else line)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _without_message(record: logging.LogRecord) -> logging.LogRecord:
    place = f"{record.pathname}:{record.lineno} in {record.funcName}"
    bare = logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, f"said something at {place}", None, record.exc_info)
    bare.created, bare.msecs = record.created, record.msecs
    return bare


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, the first cause last; each once."""
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def _lines(error: BaseException) -> Iterator[str]:
    yield f"  {_kind(error)}"
    yield from (f"    {place}" for place in _places(error))
