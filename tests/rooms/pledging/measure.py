"""What the wall costs with 3 and with 300 pledges, and a card and a certificate: `python -m tests.rooms.pledging.measure`."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable

from flask.testing import FlaskClient

from tests.making import a_plan, people_to_read
from tests.rooms.pledging.making import a_pledge
from voice.config import read_settings
from voice.pledging.models import KINDS
from voice.storage import migrate
from voice.wiring import create_app

SIZES = (3, 300)
TIMES = 15


def main() -> None:
    app = create_app(read_settings({"VOICE_DATA": tempfile.mkdtemp()}))
    client = app.test_client()
    with app.app_context():
        migrate.upgrade()
        a_plan()
        people_to_read()
        there, one = 0, ""
        for size in SIZES:
            for number in range(there, size):
                kind = KINDS[number % len(KINDS)]
                one = str(
                    a_pledge(f"I will plant tree number {number} in the park.", priority="1", kind=kind, shows_picture=True, shown_as="A tree").id
                )
            there = size
            _tell(f"wall of {size}", _asking(client, "/pledges"))
    _tell("wall of 300, last page", _asking(client, "/pledges?page=13"))
    for what in ("", "/card.png", "/certificate.pdf"):
        _tell(f"a pledge{what}", _asking(client, f"/pledges/{one}{what}"))


def _asking(client: FlaskClient, path: str) -> Callable[[], int]:
    return lambda: len(client.get(path, headers={"Accept-Encoding": "br"}).data)


def _tell(what: str, ask: Callable[[], int]) -> None:
    """Processor time, in milliseconds, and bytes as they are sent."""
    sent, taken = ask(), []
    for _ in range(TIMES):
        begun = time.process_time()
        ask()
        taken.append(1000 * (time.process_time() - begun))
    print(f"{what:24} {statistics.median(taken):6.1f} ms {sent:8} bytes")


if __name__ == "__main__":
    main()
