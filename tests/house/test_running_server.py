"""The real server, as it is started: no log and no file knows who came, it listens at one place, speaks to nobody and needs no rights.
Bars P11 and S17."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.making import a_member, a_plan, an_activity, people_to_read
from tests.reading import ask
from voice import storage
from voice.config import read_settings
from voice.extensions import db
from voice.storage import migrate
from voice.web.access import open_to_all
from voice.web.logs import WithoutWords
from voice.wiring import create_app

Tell = Callable[[str, object], None]
ROOT = Path(__file__).resolve().parents[2]
HERE, TOLD, HOME = "127.0.0.77", "203.0.113.201", "2001:db8:7:7::77"
BROWSER = "Canarybrowser/77.7"
CAME_FROM = "https://canaryschool.example/class-7b"
SAID = "zinnober canary by the weir"
TYPED = ("canaryname@herefordshire.example", "canary-passphrase-zinnober")
STRACE = shutil.which("strace")
# Where the tests run as root, the server does without what root may do.
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"] if os.geteuid() == 0 and shutil.which("setpriv") else []


@dataclass
class Running:
    """A server that was started by the command people use."""

    port: int
    folder: Path
    process: psutil.Process
    log: Path
    calls: Path

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, *, by: str = TOLD, **headers: str) -> tuple[int, str, dict[str, str]]:
        """As the web server in front passes it on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(HERE, 0))
        told = {"Host": f"localhost:{self.port}", "X-Forwarded-For": by, "User-Agent": BROWSER, "Referer": CAME_FROM, "Sec-Fetch-Site": "same-origin"}
        body = urlencode(fields) if fields is not None else None
        form = {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        connection.request(method, path, body, {**told, **form, **headers})
        reply = connection.getresponse()
        text = reply.read().decode("utf-8", "replace")
        connection.close()
        return reply.status, text, dict(reply.getheaders())

    @property
    def family(self) -> list[psutil.Process]:
        """Ours, without whoever watches."""
        return [each for each in (self.process, *self.process.children(recursive=True)) if "strace" not in each.name()]

    def logs(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("running")
    data, log, calls = folder / "data", folder / "log", folder / "calls"
    _prepare(data)
    port = _free_port()
    environment = {**os.environ, "VOICE_DATA": str(data), "PORT": str(port), "VOICE_FRONT_SERVERS": "1", "PYTHONPATH": str(ROOT), "HOME": str(data)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [*WITHOUT_RIGHTS, sys.executable, "-c", "from voice.command import main; main()", "serve", "--no-demo"]
    if STRACE:
        command = [STRACE, "-f", "--seccomp-bpf", "-e", "trace=connect,bind,listen,sendto", "-o", str(calls), *command]
    with log.open("wb") as out:
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    found = Running(port, data, psutil.Process(started.pid), log, calls)
    try:
        _wait_until_up(found)
        yield found
    finally:
        for each in reversed(found.family):
            each.send_signal(signal.SIGTERM)
        started.wait(timeout=40)


def _prepare(data: Path) -> None:
    app = create_app(read_settings({"VOICE_DATA": str(data)}, testing=True))
    with app.app_context():
        migrate.upgrade()
        people_to_read()
        a_plan()
        an_activity("open-now", instrument="one-thing-i-would-change")
        a_member("officer")
        db.session.remove()
        db.engine.dispose()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_until_up(found: Running) -> None:
    for _ in range(300):
        try:
            if found.ask("GET", "/readyz")[0] == 200:
                return
        except OSError:
            assert found.process.is_running(), found.logs()
        time.sleep(0.2)
    raise AssertionError(found.logs())


def _journey(running: Running) -> None:
    """Everything a young person and a stranger may do, and everything that may go wrong with it."""
    for path in (
        "/",
        "/take-part",
        "/take-part/open-now",
        "/help-now",
        "/your-receipt",
        f"/nowhere?q={SAID.replace(' ', '+')}",
        "/static/0/none.css",
        "/ur/plan",
    ):
        assert running.ask("GET", path)[0] in (200, 404)
    walk = {"key": str(uuid.uuid4()), "on": "check", "a.would_change": SAID}
    assert running.ask("POST", "/take-part/open-now/answers", {"at": "would_change", "a.would_change": SAID, "go": "next"})[0] == 200
    status, page, _headers = running.ask("POST", "/take-part/open-now/sent", {**walk, "go": "send"}, by=f"198.51.100.1, {HOME}")
    assert status == 200, page[:400]
    assert "receipt" in page
    assert running.ask("POST", "/take-part/open-now/sent", {**walk, "a.would_change": f"{SAID}, changed", "go": "send"})[0] == 409
    pledge = {"pledge": SAID, "priority": "1", "kind": "words", "age": "13_or_over", "words_ok": "yes", "key": str(uuid.uuid4())}
    assert running.ask("POST", "/pledges/sent", pledge)[0] == 200
    assert running.ask("POST", "/code", {"code": "ABCD2345"})[0] == 404
    assert running.ask("POST", "/sign-in", {"email": TYPED[0], "passphrase": TYPED[1]})[0] == 400
    assert running.ask("POST", "/take-part/open-now/sent", walk, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert running.ask("POST", "/api/v1/submissions", {"a": SAID})[0] == 415
    assert running.ask("GET", "/", Host="elsewhere.example")[0] == 400
    for raw in (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", b"\x16\x03\x01 no request at all\r\n\r\n", f"GET /{SAID} x HTTP/1.1\r\n\r\n".encode()):
        with socket.create_connection(("127.0.0.1", running.port), timeout=10, source_address=(HERE, 0)) as one:
            one.sendall(raw)
            one.recv(200)


def test_no_log_and_no_file_knows_who_came(running: Running, record_property: Tell) -> None:
    _journey(running)
    time.sleep(8)  # a round of the worker
    logs = running.logs()
    who = (HERE, TOLD, HOME, HOME[:-4], BROWSER, "Canarybrowser", CAME_FROM, "canaryschool", *TYPED)
    for each in (*who, SAID, "zinnober", "198.51.100.1"):
        assert each.lower() not in logs.lower(), f"a log holds {each}: {logs[-800:]}"
    files = [each for each in running.folder.rglob("*") if each.is_file()]
    assert {"voice.db", "receipt.key"} <= {each.name for each in files}
    for file in files:
        held = file.read_bytes().lower()
        found = [each for each in (*who, "198.51.100.1") if each.lower().encode() in held]
        assert not found, f"{file.name} holds {found}"
    record_property("budget", f"P11: address, browser, where from, what was typed: 0 in {len(logs)} bytes of logs and in {len(files)} files")


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_what_breaks_is_logged_without_the_words_it_broke_on(app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """An error’s own message may hold them, and so may the database’s."""

    @open_to_all
    def broken(**_named: object) -> str:
        try:
            storage.session().execute(text("INSERT INTO view (words) VALUES (:words)"), {"words": SAID})
        except IntegrityError as refused:
            raise ValueError(f"{SAID} is no word") from refused
        return ""

    caplog.handler.setFormatter(WithoutWords())
    monkeypatch.setitem(app.view_functions, "publishing.help_now", broken)
    assert ask(lambda: app.test_client().get("/help-now")).status_code == 500
    assert "a page broke: ValueError" in caplog.text
    assert "in broken" in caplog.text  # where, so that it can be mended
    assert "IntegrityError" in caplog.text
    assert SAID not in caplog.text


def test_what_the_server_itself_says_in_headers(running: Running) -> None:
    _status, _page, headers = running.ask("GET", "/")
    known = {"Server", "Date", "Connection", "Content-Type", "Content-Length", "Cache-Control", "ETag", "Vary"}
    known |= {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"}
    known |= {"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"}
    assert set(headers) == known
    assert headers["Server"] == "gunicorn"  # no version; the web server in front leaves it out


def test_it_listens_at_one_place_speaks_to_nobody_and_has_no_rights(running: Running, record_property: Tell) -> None:
    _journey(running)
    family = running.family
    assert len(family) >= 3, [each.name() for each in family]
    listening, outward = set(), []
    for each in family:
        for line in each.net_connections(kind="inet"):
            if line.status == psutil.CONN_LISTEN:
                listening.add((line.laddr.ip, line.laddr.port))
            elif line.raddr and line.laddr.port != running.port:
                outward.append(line)
        if os.geteuid() != 0 or WITHOUT_RIGHTS:
            status = Path(f"/proc/{each.pid}/status").read_text()
            assert re.search(r"^CapEff:\s+0+$", status, re.M), f"{each.name()} may do more than others"
    assert listening == {("127.0.0.1", running.port)}
    assert not outward
    record_property("budget", f"S17: {len(family)} processes listen at {len(listening)} place, {len(outward)} connections outward")


@pytest.mark.skipif(STRACE is None, reason="strace is not here, which sees every call")
def test_it_never_calls_anybody(running: Running, record_property: Tell) -> None:
    calls = running.calls.read_text(errors="replace")
    assert "bind(" in calls, calls[:400]
    called = [line for line in calls.splitlines() if re.search(r"(connect|sendto)\(", line) and "AF_INET" in line and "127.0.0.1" not in line]
    assert not called, "\n".join(called[:10])
    record_property("budget", f"S17: of {len(calls.splitlines())} calls to the net while it started and worked, {len(called)} went outward")
