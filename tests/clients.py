"""Real servers of ours and young people who send to them over the net, many at once: for what is tried under load and under blows.

A server is started by the command people use, as a process group of its own. A `Phone` is one browser: it sends submissions, keeps what it was
told, and asks again under the same key where it was told nothing, as the page's own script does.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import psutil

from tests.making import a_member, a_plan, an_activity, people_to_read
from voice.config import read_settings
from voice.extensions import db
from voice.storage import changes_of, migrate
from voice.wiring import create_app

ROOT: Final = Path(__file__).resolve().parents[1]
COMMAND: Final = (sys.executable, "-c", "from voice.command import main; main()")
OPEN: Final = "getting-about"
"""An activity that `prepare` opens: nine questions, three of them in one's own words."""
DRAWN: Final = "what-i-like"
"""Another that it opens, for the youngest: its last question is answered with a picture."""
UP: Final = 60.0  # seconds a server may take to start on a machine with much else to do
WORDS: Final = (
    "The bus comes once a day and it is late, so I cannot stay for football.",
    "Please mend the street lights by the park, it is dark at five o'clock in winter.",
    "I like the library because it is warm and the people there are kind to us.",
    "We need a crossing by the school, cars go much too fast there in the morning.",
    "There is nothing to do on Sundays. A place to sit with friends would be good.",
    "I walk the long way round because of the underpass, it smells and older kids hang about.",
)


def prepare(data: Path, database_url: str | None = None) -> None:
    """A county in this folder that may be written to: plan, people who read, open activities (`OPEN`, `DRAWN`), an officer."""
    app = create_app(read_settings({"VOICE_DATA": str(data), **({"VOICE_DATABASE_URL": database_url} if database_url else {})}, testing=True))
    with app.app_context():
        migrate.upgrade()
        people_to_read()
        a_plan()
        an_activity(OPEN, instrument="getting-about-and-feeling-safe")
        an_activity(DRAWN, instrument="early-years-pictures")
        a_member("officer")
        db.session.remove()
        db.engine.dispose()
        changes_of().board.close()  # a disk with a file open for writing cannot be taken away


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Server:
    """A server started by the command people use; `group` is its process group."""

    port: int
    started: subprocess.Popen[bytes]
    log: Path

    @property
    def workers(self) -> list[psutil.Process]:
        """Its web processes, the newest last."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.started.pid).children()
        return []

    def kill_group(self) -> None:
        """`kill -9` of the whole group: everything at once, as by a machine that stops."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.started.pid, signal.SIGKILL)
        self.started.wait(timeout=30)

    def stop(self) -> None:
        if self.started.poll() is None:
            self.started.terminate()
            try:
                self.started.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill_group()


def start(
    environment: Mapping[str, str],
    log: Path,
    *,
    port: int | None = None,
    before: Sequence[str] = (),
    command: Sequence[str] = COMMAND,
    arguments: Sequence[str] = ("serve", "--no-demo"),
) -> Server:
    """Start a server and return at once; `before` is put before the command (strace, setpriv)."""
    port = port or free_port()
    told = {**os.environ, "PORT": str(port), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    with log.open("ab") as out:
        started = subprocess.Popen([*before, *command, *arguments], cwd=ROOT, env=told, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    return Server(port, started, log)


def wait_until_up(server: Server, path: str = "/readyz") -> None:
    """Until it answers 200; an error with its log where it ended or never came up."""
    end = time.monotonic() + UP
    while time.monotonic() < end:
        if status_of(server.port, path) == 200:
            return
        assert server.started.poll() is None, server.log.read_text(errors="replace")[-4000:]
        time.sleep(0.1)
    raise AssertionError(server.log.read_text(errors="replace")[-4000:])


@contextmanager
def serving(environment: Mapping[str, str], log: Path, **more: Any) -> Iterator[Server]:
    """A server that answers, until the end."""
    server = start(environment, log, **more)
    try:
        wait_until_up(server)
        yield server
    finally:
        server.stop()


def status_of(port: int, path: str) -> int | None:
    """What a page answers; None where nobody does."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        status = connection.getresponse().status
        connection.close()
    except OSError:
        return None
    except http.client.HTTPException:
        return None
    return status


def a_message(chance: random.Random, activity: str = OPEN) -> dict[str, Any]:
    """One submission as a phone sends it: nine answers, three in words, under a new key."""
    said = chance.sample(WORDS, 3)
    number = chance.randrange(10**9)
    picked = {
        "how_travel": ["bus", "something_else"],
        "who_with": [chance.choice(("alone", "friends"))],
        "safe_out": [chance.choice(("very_safe", "quite_safe", "middle"))],
        "age": [chance.choice(("11_13", "14_16"))],
        "extra_help": ["no"],
        "may_show": ["yes"],
    }
    words = {"how_travel_else": said[0], "feel_safer": f"{said[1]} ({number})", "keep_away": said[2]}
    answers = {name: {"codes": codes} for name, codes in picked.items()} | {name: {"words": text} for name, text in words.items()}
    return {
        "activity": activity,
        "key": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "language": "en",
        "wording": "older",
        "answers": answers,
    }


def a_drawing(chance: random.Random, picture: bytes) -> dict[str, Any]:
    """One submission of a young child, with a picture (an image file) and what it shows."""
    answers = {
        "like_doing": {"codes": ["ball"]},
        "feel_safer": {"words": f"{chance.choice(WORDS)} ({chance.randrange(10**9)})"},
        "may_show": {"codes": ["yes"]},
        "wish_drawn": {"picture": {"data": base64.b64encode(picture).decode(), "words": f"a slide ({chance.randrange(10**9)})"}},
    }
    return {**a_message(chance, DRAWN), "wording": "younger", "answers": answers}


@dataclass
class Said:
    """One submission and what came of it."""

    message: dict[str, Any]
    status: int | None = None  # of the reply that settled it; None: no reply ever came
    receipt: tuple[str, ...] = ()
    seconds: float = 0.0  # of the request that was answered
    tries: int = 0

    @property
    def acknowledged(self) -> bool:
        return self.status in (200, 201)


@dataclass
class Phone:
    """One browser. Not to be shared between threads."""

    port: int
    address: str = "192.0.2.1"  # as the web server in front tells it, where VOICE_FRONT_SERVERS is 1
    host: str = "localhost"
    keeps_line: bool = True  # one connection for all, as browsers do
    timeout: float = 60.0
    _line: http.client.HTTPConnection | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """Raises OSError or HTTPException where no whole reply came."""
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        told = {"Host": f"{self.host}:{self.port}", "X-Forwarded-For": self.address, "Sec-Fetch-Site": "same-origin"}
        try:
            self._line.request(method, path, body, {**told, **(headers or {})})
            reply = self._line.getresponse()
            read = reply.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise
        if not self.keeps_line or reply.will_close:
            self.hang_up()
        return reply.status, read, {name.lower(): value for name, value in reply.getheaders()}

    def send(self, message: dict[str, Any]) -> Said:
        """Send once."""
        said = Said(message)
        self._try(said)
        return said

    def send_until_told(self, message: dict[str, Any], until: float, pause: float = 0.2) -> Said:
        """Send, and again under the same key, until an answer that settles it comes or `until` (monotonic seconds) is past."""
        said = Said(message)
        while not self._try(said) and time.monotonic() < until:
            time.sleep(pause)
        return said

    def take_back(self, receipt: Sequence[str], until: float, pause: float = 0.2) -> bool:
        """Take back what this receipt opens, asking again until told. Whether it is gone by what we were told: with the reply, or as nothing
        is found under these words any more."""
        form = urlencode([("word", word) for word in receipt] + [("sure", "yes")]).encode()
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _, _ = self.ask("POST", "/your-receipt/take-back", form, {"Content-Type": "application/x-www-form-urlencoded"})
                if status < 500:
                    return status == 200
            time.sleep(pause)
        return False

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _try(self, said: Said) -> bool:
        """Whether the reply settled it: a server that is away (5xx) does not."""
        said.tries += 1
        begun = time.perf_counter()
        try:
            status, body, _ = self.ask("POST", "/api/v1/submissions", json.dumps(said.message).encode(), {"Content-Type": "application/json"})
        except (OSError, http.client.HTTPException):
            return False
        said.status, said.seconds = status, time.perf_counter() - begun
        if said.acknowledged:
            said.receipt = tuple(json.loads(body)["receipt"])
        return status < 500


def at_once(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """`work(0)` to `work(count - 1)`, each in a thread of its own; what broke in any of them."""
    broken: list[BaseException] = []

    def one(number: int) -> None:
        try:
            work(number)
        except BaseException as wrong:  # told to whoever asked, who decides
            broken.append(wrong)

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return broken
