"""What a line of the log holds: when, how bad, which part, what kind of fault and where in the code. Never a value.

The message of an error may hold what somebody wrote (a database names the row it refused), so it is left out; so are its causes’ messages.
There is no line for a request at all (voice/serving.py): nothing to hold an address, a page or a browser.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from flask.logging import default_handler

SHAPE = "[%(asctime)s] %(levelname)s in %(name)s: %(message)s"
Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Errors by their kind and the lines of code they passed."""

    def __init__(self) -> None:
        super().__init__(SHAPE)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler made of it, with its words, is kept there
        return super().format(record)

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - the name is logging’s
        return "\n".join(line for error in _causes(ei[1]) for line in _lines(error))


def install() -> None:
    default_handler.setFormatter(WithoutWords())


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, the first cause last; each once."""
    met: set[int] = set()
    while error is not None and id(error) not in met:
        met.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    yield f"  {type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"    {frame.filename}:{frame.lineno} in {frame.name}"
