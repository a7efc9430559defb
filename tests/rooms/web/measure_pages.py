"""What a page costs that is made, and one that is kept: processor time, statements, bytes; and how many a second a real server sends."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psutil
from flask import Flask
from sqlalchemy import event

from tests.clients import Phone, at_once, serving
from tests.demo import environment
from voice.config import read_settings
from voice.demonstrating import load_if_empty
from voice.extensions import db
from voice.storage import changes_of, migrate
from voice.web.kept import kept_of
from voice.wiring import create_app

FIRST: Final = "/take-part/getting-about"
PAGES: Final = (
    FIRST,
    f"{FIRST}?w=younger",
    f"/cy{FIRST}",
    "/take-part",
    "/",
    "/you-said-we-did",
    "/you-said-we-did/waiting-for-the-bus-in-the",
    "/still-waiting",
    "/how-we-listen",
    "/what-we-heard/getting-about",
    "/plan",
    "/plan/1",
    "/plan/2/measures/reception-overweight",
    "/places/hereford",
    "/pledges",
    "/what-will-you-do",
    "/from-the-board",
    "/review",
    "/help-now",
    "/your-receipt",
)
TIMES: Final = 15
CLIENTS: Final = 8
SECONDS: Final = 4.0  # of each turn
TURNS: Final = 3


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    found: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: found.append(told[2]))
    yield found


def each_page(app: Flask) -> None:
    """A line for each: milliseconds made and kept (without packing a page again), statements of each, bytes as they are, gzip, brotli."""
    client, kept = app.test_client(), kept_of(app)
    print(f"  {'page':<46} {'made ms':>8} {'kept ms':>8} {'asked':>6} {'kept':>5} {'bytes':>8} {'gzip':>6} {'br':>6}")
    with statements(app) as asked:
        for path in PAGES:
            kept.is_on = False
            cold, found = timed(client, path, asked, changes_of(app).put_all)
            kept.is_on = True
            client.get(path)
            warm, then = timed(client, path, asked)
            sizes = [len(client.get(path, headers={"Accept-Encoding": way}).data) for way in ("identity", "gzip", "br")]
            print(f"  {path:<46} {cold:8.2f} {warm:8.3f} {found:6.0f} {then:5.0f} {sizes[0]:8} {sizes[1]:6} {sizes[2]:6}")


def timed(client: Any, path: str, asked: list[str], first: Callable[[], None] = lambda: None) -> tuple[float, float]:
    """Milliseconds of processor time and statements for one request; medians, the client's own time among them. `first` goes before each."""
    took, many = [], []
    for _ in range(TIMES):
        first()
        asked.clear()
        begun = time.process_time()
        client.get(path, headers={"Accept-Encoding": "br"})
        took.append(1000 * (time.process_time() - begun))
        many.append(len(asked))
    return statistics.median(took), statistics.median(many)


# --- under the real server


def on_a_server(folder: Path) -> None:
    """The first page, kept and made anew each time, in turns, by the same clients."""
    own = {**environment(folder), "VOICE_PROCESSES": "2"}
    with serving(own, folder / "log") as kept, serving({**own, "VOICE_DATA": str(folder)}, folder / "log-2") as made:
        runs: dict[str, list[tuple[float, float, float]]] = {"kept": [], "known (304)": [], "made each time": []}
        for _ in range(TURNS):
            runs["kept"].append(load(kept.port, kept.started.pid, FIRST))
            runs["known (304)"].append(load(kept.port, kept.started.pid, FIRST, known=True))
            runs["made each time"].append(load(made.port, made.started.pid, f"{FIRST}?made=anew"))
    for name, told in runs.items():
        each, cpu, slow = (statistics.median(values) for values in zip(*told, strict=True))
        print(f"  {name:<16} {each:7.0f} a second, {cpu:6.2f} ms of the server’s processors each, 99 in 100 within {slow:6.1f} ms")


def load(port: int, pid: int, path: str, *, known: bool = False) -> tuple[float, float, float]:
    """Requests a second, processor milliseconds of all the server's processes for each, and the 99th hundredth of how long one took (ms)."""
    family = [psutil.Process(pid), *psutil.Process(pid).children()]
    phone = Phone(port)
    mark = {"If-None-Match": phone.ask("GET", path, headers={"Accept-Encoding": "br"})[2].get("etag", "")} if known else {}
    took: list[float] = []

    def one(_number: int) -> None:
        own, end = Phone(port), time.monotonic() + SECONDS
        while time.monotonic() < end:
            begun = time.perf_counter()
            status, _, _ = own.ask("GET", path, headers={"Accept-Encoding": "br", **mark})
            took.append(time.perf_counter() - begun)
            assert status == (304 if known else 200)

    before, begun = _busy(family), time.monotonic()
    broken = at_once(CLIENTS, one)
    assert not broken, broken[0]
    spent, lasted = _busy(family) - before, time.monotonic() - begun
    return len(took) / lasted, 1000 * spent / len(took), 1000 * sorted(took)[int(0.99 * len(took))]


def _busy(family: list[psutil.Process]) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in family)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = create_app(read_settings(environment(folder), testing=True))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
        db.session.remove()
    each_page(app)
    print(f"  The first page under the real server (2 processes), {CLIENTS} clients on this machine, medians of {TURNS} turns of {SECONDS:.0f} s:")
    on_a_server(folder)


if __name__ == "__main__":
    main()
