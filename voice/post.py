"""Letters: over SMTP where a server is named, else as files in the data folder's outbox."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import smtplib
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from voice.config import Settings, settings
from voice.storage import new_id, now

TIMEOUT = 10  # seconds
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


class NotSent(Exception):
    """The letter could not be handed over; whoever sends it tries again later."""


def address_in(text: str) -> str | None:
    """The one address somebody typed; None where it is none, or more than one."""
    found = text.strip()
    return found if len(found) <= 254 and _ADDRESS.fullmatch(found) else None


def send(to: str, subject: str, body: str, once: str | None = None) -> None:
    """Hand over one letter. It must hold no word of a child and nothing about one.

    `once` names the letter: handed over again under the same name it bears the same Message-ID, so that a post server that has it already
    drops the second. For letters that are sent again where nobody knows whether they went.

    Raises:
        NotSent: the server could not be reached or refused it.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings().mail_from, to, subject
    name = _name(to, once)
    message["Date"], message["Message-ID"] = format_datetime(now()), f"<{name}@{settings().mail_from.rpartition('@')[2]}>"
    message.set_content(body)
    if settings().smtp_url:
        _by_smtp(settings(), message)
    else:
        outbox = settings().data / "outbox"
        outbox.mkdir(mode=0o700, exist_ok=True)
        (outbox / f"{name}.eml").write_bytes(message.as_bytes())


def _name(to: str, once: str | None) -> str:
    """Under a key, so that a letter’s head tells nobody what it was about."""
    if once is None:
        return new_id().hex
    return hmac.new(settings().identity_key, f"letter\0{to}\0{once}".encode(), hashlib.sha256).hexdigest()[:32]


def try_server() -> None:
    """Whether letters would go, without sending one.

    Raises:
        NotSent: the server could not be reached or did not let us in; or the outbox cannot be written to.
    """
    if settings().smtp_url:
        _by_smtp(settings(), None)
        return
    outbox = settings().data / "outbox"
    try:
        outbox.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise NotSent(type(error).__name__) from error
    if not os.access(outbox, os.W_OK):
        raise NotSent("PermissionError")


def _by_smtp(where: Settings, message: EmailMessage | None) -> None:
    """Hand the letter over; with none, only knock."""
    parts = urlsplit(where.smtp_url or "")
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(parts.hostname or "localhost", parts.port or 0, timeout=TIMEOUT) as server:
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            if message is None:
                server.noop()
            else:
                server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from error
