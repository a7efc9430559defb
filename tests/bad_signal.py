"""How long the first page of a survey takes on a cheap phone with a good and a bad signal: printed by `make bench`.

Chromium slows its own processor and its own net. It cannot lose one packet in twenty: a real bad signal is worse than what stands here.
"""

from __future__ import annotations

import statistics
import tempfile
from typing import Any

from playwright.sync_api import Browser

from tests.browsing import PHONE, a_browser, served
from voice.config import read_settings
from voice.demonstrating import load_if_empty
from voice.storage import migrate
from voice.wiring import create_app

START = "/take-part/getting-about"
TIMES = 5
SLOWER = 4  # times slower than this machine, as a cheap phone is
SIGNALS = {"9 Mbit/s, 100 ms": (9_000, 3_000, 100, 2.5), "400 kbit/s, 400 ms": (400, 400, 400, 5.0)}  # down, up, ms, bar in seconds
PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime / 1000))
    .observe({ type: 'largest-contentful-paint', buffered: true }))"""


def opened(browser: Browser, address: str, signal: tuple[int, int, int, float]) -> tuple[float, int]:
    """Seconds to the largest paint, and bytes that came for all the page asked for, by someone who never was here."""
    down, up, wait, _ = signal
    context = browser.new_context(viewport=PHONE, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    came: list[int] = []
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda each: came.append(int(each["encodedDataLength"])))
    slow: dict[str, Any] = {"offline": False, "latency": wait, "downloadThroughput": down * 125, "uploadThroughput": up * 125}
    devtools.send("Network.emulateNetworkConditions", slow)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(START, wait_until="load")
    painted = float(page.evaluate(PAINTED))
    page.wait_for_timeout(2000 + 10 * wait)
    context.close()
    return painted, sum(came)


def main() -> None:
    app = create_app(read_settings({"VOICE_DATA": tempfile.mkdtemp(), "VOICE_PLACE": "Demo county"}))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
    with served(app) as port, a_browser() as browser:
        for name, signal in SIGNALS.items():
            runs = [opened(browser, f"http://localhost:{port}", signal) for _ in range(TIMES)]
            painted, weight = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
            print(f"  {name}: largest paint after {painted:.2f} s (bar {signal[3]} s), {weight / 1000:.1f} kB with all that comes later (bar 100)")


if __name__ == "__main__":
    main()
