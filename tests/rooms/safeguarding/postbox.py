"""A real post server on this machine that can also refuse, dawdle, or be away."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask


@dataclass
class Postbox:
    """What came, and how the server behaves: take, refuse, dawdle. `refused` are addresses it never takes."""

    how: str = "take"
    refused: set[str] = field(default_factory=set)
    letters: list[tuple[str, str, str]] = field(default_factory=list)  # to, subject, text
    names: list[str] = field(default_factory=list)  # each letter’s Message-ID
    tries: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.tries += 1
        if self.how == "dawdle":
            await asyncio.sleep(5)
        if self.how == "refuse" or address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        message = message_from_bytes(envelope.content, policy=policy.default)
        for address in envelope.rcpt_tos:
            self.letters.append((address, str(message["Subject"]), message.get_content()))
            self.names.append(str(message["Message-ID"]))
        return "250 taken"

    def to(self) -> list[str]:
        return [letter[0] for letter in self.letters]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def a_post_server(app: Flask) -> Iterator[Postbox]:
    """The application sends its letters here until the end."""
    box, port = Postbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with letters_go_to(app, port):
            yield box
    finally:
        server.stop()


@contextmanager
def letters_go_to(app: Flask, port: int) -> Iterator[None]:
    before = app.extensions["voice.settings"]
    app.extensions["voice.settings"] = replace(before, smtp_url=f"smtp://127.0.0.1:{port}")
    try:
        yield
    finally:
        app.extensions["voice.settings"] = before
