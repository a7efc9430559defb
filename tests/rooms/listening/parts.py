"""Where the time of one submission's POST goes: processor time of each part, in one process, without a server.

python -m tests.rooms.listening.parts [HOW MANY]
"""

from __future__ import annotations

import functools
import io
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest import mock

from flask import Flask

from tests import clients
from tests.rooms.listening.posting import bare_app
from voice import storage
from voice.config import read_settings
from voice.listening import api
from voice.safeguarding import actions as safeguarding
from voice.wiring import create_app

PARTS: Final[Mapping[str, tuple[Any, str]]] = {
    "JSON read and looked through": (api, "_message"),
    "the activity, and whether it is open": (api, "_found"),
    "the answers, by the rules of the page": (api, "_answers"),
    "worked out": (api, "made_ready"),
    "  of that screened": (safeguarding, "screen_all"),
    "  of that looked for names": (safeguarding, "named_in"),
    "kept, with its verdict": (api, "take_in"),
    "where it came from": (api, "note_arrival"),
    "committed": (storage, "commit"),
    "the reply": (api, "_receipt"),
}


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Seconds of processor time in each part, while this lasts."""
    took: dict[str, float] = defaultdict(float)
    with ExitStack() as stack:
        for name, (module, function) in PARTS.items():
            stack.enter_context(mock.patch.object(module, function, _clocked(getattr(module, function), name, took)))
        yield took


def _clocked(real: Callable[..., Any], name: str, took: dict[str, float]) -> Callable[..., Any]:
    @functools.wraps(real)
    def run(*args: Any, **more: Any) -> Any:
        begun = time.thread_time()
        try:
            return real(*args, **more)
        finally:
            took[name] += time.thread_time() - begun

    return run


def post(app: Flask, message: Mapping[str, Any]) -> float:
    """Send one; seconds of processor time. A sender of its own each time."""
    body, said = json.dumps(message).encode(), list[str]()
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/submissions", "SERVER_NAME": "localhost", "SERVER_PORT": "8000"}
    environ |= {"SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": "localhost:8000", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http"}
    environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "HTTP_SEC_FETCH_SITE": "same-origin"}
    environ |= {"HTTP_ACCEPT_ENCODING": "gzip, br", "REMOTE_ADDR": ".".join(("10", *map(str, random.randbytes(3))))}
    given: dict[str, Any] = environ | {"wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0)}  # type: ignore[dict-item]
    begun = time.thread_time()
    reply = app.wsgi_app({**given, "wsgi.multithread": True}, lambda status, _headers, _wrong=None: said.append(status) or io.BytesIO().write)
    b"".join(reply)
    getattr(reply, "close", lambda: None)()
    took = time.thread_time() - begun
    assert said[0].startswith("201"), said
    return took


def main(many: int = 200) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        clients.prepare(Path(one))
        ours, bare, chance = create_app(read_settings({"VOICE_DATA": one})), bare_app(read_settings({"VOICE_DATA": other})), random.Random(5)
        for app in (ours, bare) * 20:
            post(app, clients.a_message(chance))
        with timed() as took:
            whole = [(post(bare, clients.a_message(chance)), post(ours, clients.a_message(chance))) for _ in range(many)]
    all_of_it = 1000 * statistics.mean(ours for _, ours in whole)
    beside = all_of_it - 1000 * sum(spent for name, spent in took.items() if not name.startswith(" ")) / many
    for name in PARTS:
        print(f"  {name:<40} {1000 * took[name] / many:6.2f} ms")
    print(f"  {'Flask, and what is done for every page':<40} {beside:6.2f} ms")
    print(f"  {'together':<40} {all_of_it:6.2f} ms")
    print(f"  {'the bare route':<40} {1000 * statistics.mean(bare for bare, _ in whole):6.2f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
