"""Two hundred answers that worry us and two hundred that do not, sent under the same keys: what a person at the child’s side could tell apart.

`python -m tests.rooms.safeguarding.alike` times a thousand pairs; `make bench` prints it. The suite compares what is sent back, byte for byte.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import Flask

from tests.reading import ask
from tests.rooms.listening.making import an_open_activity
from tests.rooms.safeguarding.phrases import phrases
from voice import storage
from voice.extensions import db
from voice.safeguarding.screen import screen

PAIRS = 1000
Reply = tuple[int, dict[str, str], bytes]


def texts(many: int) -> list[tuple[str, str]]:
    """Pairs of about the same length: one that the screen marks, one that it does not."""
    said = sorted({each.text for each in phrases("en")}, key=lambda text: (len(text), text))
    marked, calm = [], []
    for text in said:
        (marked if screen(text).concern else calm).append(text)
    chance = random.Random(7)
    chosen = sorted(chance.choices(marked, k=many), key=len)
    return [(text, _as_long(text, calm)) for text in chosen]


def _as_long(text: str, among: Sequence[str]) -> str:
    return min(among, key=lambda each: abs(len(each.encode()) - len(text.encode())))


def send(app: Flask, key: str, words: str) -> Reply:
    """Send one answer as a browser without a script does."""
    form = {"key": key, "on": "check", "go": "send", "a.change": words}
    reply = ask(lambda: app.test_client().post("/take-part/way/sent", data=form))
    return reply.status_code, dict(reply.headers), reply.data


def look(app: Flask, words: Sequence[str], path: str = "/your-receipt", **more: str) -> Reply:
    reply = ask(lambda: app.test_client().post(path, data={"word": list(words), **more}))
    return reply.status_code, dict(reply.headers), reply.data


class Again:
    """The database as it is now, to come back to: as if nobody had sent anything since, so that the same key may come once more."""

    def __init__(self, folder: Path) -> None:
        self.file, self.spare = folder / "voice.db", folder / "spare.db"
        self._close()
        shutil.copy(self.file, self.spare)

    def begin(self) -> None:
        self._close()
        shutil.copy(self.spare, self.file)

    def _close(self) -> None:
        storage.session().rollback()
        storage.scrub()
        db.engine.dispose()
        for tail in ("-wal", "-shm"):
            Path(f"{self.file}{tail}").unlink(missing_ok=True)


def timed(app: Flask, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[float, float]]:
    """Seconds for the one that is marked and the one that is not, in an order that changes."""
    for number, pair in enumerate(pairs):
        order = (0, 1) if number % 2 else (1, 0)
        took = [0.0, 0.0]
        for which in order:
            begun = time.perf_counter()
            status, _headers, _body = send(app, str(uuid.uuid4()), pair[which])
            took[which] = time.perf_counter() - begun
            assert status == 200
        yield took[0], took[1]


def main() -> None:
    from tests.conftest import Ground  # it makes a database, which only this needs

    app = Ground("sqlite", Path(tempfile.mkdtemp())).app
    with app.app_context():
        an_open_activity()
        storage.session().rollback()
    found = list(timed(app, texts(PAIRS + 20)))[20:]
    _tell(found)


def _tell(found: Sequence[tuple[float, float]]) -> None:
    marked, calm = ([1000 * each[which] for each in found] for which in (0, 1))
    apart = statistics.mean(marked) - statistics.mean(calm)
    spread = statistics.pstdev([*marked, *calm])
    middle = statistics.median(marked) - statistics.median(calm)
    told = f"mean {statistics.mean(calm):.1f} ms, {apart:+.2f} ms where it worries us ({apart / spread:+.3f} sd); medians {middle:+.2f} ms"
    print(f"  {len(found)} pairs: {told}")


if __name__ == "__main__":
    main()
