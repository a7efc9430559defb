"""Serving people: migrate, then a production server whose every process also does the background work, where no broker is set."""

from __future__ import annotations

import contextlib
import ctypes
import gc

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from voice import keeping, listening
from voice.config import Settings, read_settings
from voice.demonstrating import load_if_empty, sign_in_lines
from voice.extensions import db
from voice.safeguarding.screen import screen
from voice.storage import keyring
from voice.storage import migrate as shape
from voice.storage.aside import is_half_restored
from voice.tending import begin_anew
from voice.terminal import needs_app, refuse
from voice.web import logs
from voice.wiring import create_app
from voice.workers import Worker, let_go


@click.command(help="Bring the database to the shape this version expects.")
@needs_app
def migrate() -> None:
    shape.upgrade()
    click.echo(f"The database is at {shape.pinned_head()}.")


@click.command(help="Migrate, then serve. On an empty data folder, load the demo first.")
@click.option("--demo/--no-demo", default=True, help="Load the demo where the data folder is empty.")
def serve(demo: bool) -> None:
    settings = read_settings()
    if is_half_restored(settings):
        raise refuse("A restore did not come to its end, and what was taken back may be here again. Run the same “voice restore” once more.")
    app = create_app(settings)
    with app.app_context():
        shape.upgrade()
        keyring.hold()
        if settings.broker_url is not None:
            keeping.tidy_own_disk()
        if demo:
            load_if_empty()
        _read_once()
        db.engine.dispose()  # a connection must not be shared by the processes that come of this one
        begin_anew(settings.data / "metrics")
        for line in (f"Voice is at {settings.public_url}", *sign_in_lines()):
            logs.announce(line)
    _hold_little()
    Server(app, settings).run()


M_ARENA_MAX, ARENAS = -8, 2  # of glibc's mallopt


def _hold_little() -> None:
    """Threads share two stretches of memory rather than having one each, which is never given back; and what is there before the processes part
    is never looked through by their collectors, so that it stays one copy for all. Where the C library is another one, nothing changes."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, ARENAS)
    gc.collect()
    gc.freeze()


def _read_once() -> None:
    """What every process needs and nobody changes is read before the processes part: they share it, and whoever sends first does not wait
    for it (the screen’s words and weights, the questions of what is open, how our tables lie)."""
    screen("Ready.")
    listening.open_now()
    db.session.remove()


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own lines name the address of whoever sent what cannot be read, with what they sent. Ours say that it happened."""

    def warning(self, msg: str, *args: object, **more: object) -> None:
        if "request" in msg.lower():
            super().warning("A request could not be read.")
        else:
            super().warning(msg, *args, **more)

    def exception(self, msg: object, *_args: object, **_more: object) -> None:
        super().exception("A process broke" if isinstance(msg, BaseException) else str(msg).partition(" %")[0])

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.formatter())


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told what to do by our settings and by nothing else."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        wanted = {
            "bind": f"127.0.0.1:{self.settings.port}" if self.settings.local else f"0.0.0.0:{self.settings.port}",
            "workers": self.settings.processes,
            "worker_class": "gthread",
            "threads": self.settings.threads,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "logger_class": QuietLogger,
            "accesslog": None,  # a line per request would hold addresses
            "post_worker_init": self._started,
            "worker_exit": self._ended,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def _started(self, worker: object) -> None:
        if self.settings.broker_url is not None:  # processes of their own do the work (voice/working.py)
            return
        self.background = Worker(self.app)
        self.background.start()

    def _ended(self, server: object, worker: object) -> None:
        if hasattr(self, "background"):
            self.background.stop()
            let_go(self.app, self.background.holder)
