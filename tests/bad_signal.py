"""How long the first page of a survey takes on a cheap phone with a good and a bad signal: printed by `make bench`.

Chromium slows its own processor and its own net, but cannot lose packets. So it is also tried over a line that loses one in twenty
(`lossy_line`), to a real server behind nginx with TLS: three round trips before the first byte, and TCP finds out what is missing by itself.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from tests import lossy_line
from tests.browsing import PHONE, QUIET, a_browser, served
from tests.clients import start
from tests.lossy_line import SERVER, Line, lossy
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


# --- over a line that loses packets

BAD: Final = Line(bits=400_000, delay=0.2, loss=0.05)
BAR: Final = 5.0  # seconds
RUNS: Final = 15
IN_FRONT: Final = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    server {{
        listen {server}:443 ssl http2; location / {{
            proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto https; proxy_http_version 1.1; proxy_set_header Connection "";
        }}
    }}
}}
"""


def over_a_bad_line() -> None:
    """The largest paint for somebody who never was here, many times: what is lost differs each time."""
    missing = next((f"There is no {each} here." for each in ("nginx", "openssl", "nsenter", "unshare", "chromium") if not shutil.which(each)), None)
    why = lossy_line.why_not() or missing
    if why:
        print(f"  a line that loses packets was not tried: {why}")
        return
    folder = Path(tempfile.mkdtemp())
    with lossy(BAD) as (there, here), in_earnest(folder, there), on_the_phone(folder, here) as browser:
        runs = sorted(first_paint(browser) for _ in range(RUNS))
    print(
        f"  400 kbit/s, 400 ms, 5 in 100 packets lost each way, TLS: largest paint after {statistics.median(runs):.2f} s "
        f"(bar {BAR} s), the worst of {RUNS} after {runs[-1]:.2f} s"
    )


@contextmanager
def in_earnest(folder: Path, there: list[str]) -> Iterator[None]:
    """The product as a county runs it: TLS by nginx, two processes; on that side of the line."""
    subject = ["-subj", f"/CN={SERVER}", "-addext", f"subjectAltName=IP:{SERVER}"]
    made = ["-nodes", "-days", "2", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", *made, *subject], check=True, capture_output=True
    )
    environment = {"VOICE_DATA": str(folder / "data"), "VOICE_PLACE": "Demo county"}
    app = create_app(read_settings(environment))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
        (folder / "data" / "demo.json").unlink()  # served as in earnest, and nobody signs in
    server = start({**environment, "VOICE_URL": f"https://{SERVER}"}, folder / "log", before=there)
    (folder / "nginx.conf").write_text(IN_FRONT.format(folder=folder, server=SERVER, port=server.port))
    front = subprocess.Popen([*there, "nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        _until_it_answers(folder, there)
        yield
    finally:
        front.terminate()
        front.wait(timeout=20)
        server.stop()


def _until_it_answers(folder: Path, there: list[str]) -> None:
    asks = [
        *there,
        "curl",
        "-sk",
        "-o",
        "/dev/null",
        "--retry",
        "60",
        "--retry-all-errors",
        "--retry-delay",
        "1",
        "--fail",
        f"https://{SERVER}{START}",
    ]
    found = subprocess.run(asks, timeout=120, check=False)
    assert found.returncode == 0, (folder / "log").read_text(errors="replace")[-3000:]


@contextmanager
def on_the_phone(folder: Path, here: list[str]) -> Iterator[Browser]:
    """Chromium on this side of the line."""
    command = folder / "chromium"
    command.write_text(f'#!/bin/sh\nexec {" ".join(here)} chromium "$@"\n')
    command.chmod(0o700)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=[*QUIET, "--ignore-certificate-errors"])
        yield browser
        browser.close()


def first_paint(browser: Browser) -> float:
    context = browser.new_context(viewport=PHONE, ignore_https_errors=True)  # type: ignore[arg-type]
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"https://{SERVER}{START}", wait_until="load", timeout=90_000)
    painted = float(page.evaluate(PAINTED))
    with contextlib.suppress(Exception):  # what it still fetches is of no interest
        context.close()
    return painted


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
    over_a_bad_line()


if __name__ == "__main__":
    main()
