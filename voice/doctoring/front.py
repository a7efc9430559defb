"""What a phone meets: the names, the certificate, the web server in front. We ask ourselves, from outside, over the net."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

from voice.config import settings
from voice.doctoring import rules
from voice.doctoring.findings import Finding, broken, look, ok
from voice.storage import now

SECONDS: Final = 8.0
FORGED: Final = "198.51.100.7"
"""An address that nobody has (RFC 5737)."""


class Unanswered(Exception):
    """Nobody answered; `str()` says why, as far as can be known."""


@dataclass(frozen=True)
class Reply:
    status: int
    text: str
    headers: Mapping[str, str]  # names in small letters
    ends: datetime | None  # the certificate’s last moment


def ask(url: str, path: str, headers: Mapping[str, str] | None = None) -> Reply:
    """
    Raises:
        Unanswered: no line, no certificate that is good, or no HTTP.
    """
    parts = urlsplit(url)
    line = _line(parts)
    try:
        line.request("GET", path, headers={"User-Agent": "voice-doctor", **(headers or {})})
        ends = _ends(line)  # before the reply: it may end the line
        reply = line.getresponse()
        return Reply(reply.status, reply.read(4096).decode("utf-8", "replace"), {name.lower(): value for name, value in reply.getheaders()}, ends)
    except ssl.SSLCertVerificationError as wrong:
        raise Unanswered(f"its certificate is not good: {wrong.verify_message}") from wrong
    except (OSError, http.client.HTTPException) as wrong:
        raise Unanswered(type(wrong).__name__) from wrong
    finally:
        line.close()


def _line(parts: SplitResult) -> http.client.HTTPConnection:
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)


def _ends(line: http.client.HTTPConnection) -> datetime | None:
    found = line.sock.getpeercert() if isinstance(line.sock, ssl.SSLSocket) else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC) if found else None


def names() -> Iterator[Finding]:
    for url in dict.fromkeys((settings().public_url, settings().desk_url)):
        yield from _name(url)


def _name(url: str) -> Iterator[Finding]:
    name = urlsplit(url).netloc
    try:
        reply = ask(url, "/healthz")
    except Unanswered as wrong:
        do = (
            "Is the web server in front running, does the name lead here, is port 443 open, "
            "and is the certificate for this name and whole (fullchain)?"
        )
        yield broken(f"{name} answers", str(wrong), do)
        return
    if (reply.status, reply.text) != (200, "ok\n"):
        do = "The web server in front answers, and not Voice: is Voice running, and does proxy_pass lead to its PORT?"
        yield broken(f"{name} answers", f"with {reply.status} and not as Voice does", do)
        return
    yield ok(f"{name} answers", "as Voice does")
    yield from _of_the_reply(url, name, reply)


def _of_the_reply(url: str, name: str, reply: Reply) -> Iterator[Finding]:
    if "date" in reply.headers:
        yield rules.clocks(name, (now() - parsedate_to_datetime(reply.headers["date"])).total_seconds())
    if settings().local:
        do = "Set VOICE_URL to the https:// address people use, once a web server in front has a certificate for it."
        yield look(f"{name} only over TLS", "it is plain http, for this machine alone", do)
        return
    if reply.ends is not None:
        yield rules.certificate(name, (reply.ends - now()).days)
    yield from rules.front(name, reply.headers)
    yield leads_on(f"http://{urlsplit(url).hostname}", url)


def leads_on(plain: str, url: str) -> Finding:
    """Whether somebody who types the name without https:// is led to it."""
    about = plain
    try:
        reply = ask(plain, "/help-now")
    except Unanswered:
        return look(
            about,
            "nobody answers there",
            "Let the web server answer on port 80 and lead to https:// (deploy/nginx.conf): people type the name alone.",
        )
    if reply.status in (301, 308) and reply.headers.get("location", "").startswith(f"{url}/"):
        return ok(about, "leads to https://")
    return broken(
        about, f"answers with {reply.status} and does not lead to {url}", "Let port 80 do nothing but lead to https:// (deploy/nginx.conf)."
    )


def senders() -> Iterator[Finding]:
    """Whether a stranger can say who they are. Only where we may ask ourselves (VOICE_METRICS_TOKEN)."""
    about = "who the web server in front says came (VOICE_FRONT_SERVERS)"
    if settings().local and settings().front_servers == 0:
        return
    if settings().metrics_token is None:
        do = "Set VOICE_METRICS_TOKEN (openssl rand -hex 24): with it this can be seen, and /metrics can be read."
        yield look(about, "cannot be seen without VOICE_METRICS_TOKEN", do)
        return
    headers = {"Authorization": f"Bearer {settings().metrics_token}", "X-Forwarded-For": FORGED, "X-Voice-Forged": FORGED}
    try:
        reply = ask(settings().public_url, "/metrics/front", headers)
        hops, believed = reply.text.split() if reply.status == 200 else ("", "")
    except (Unanswered, ValueError):
        hops, believed = "", ""
    if not hops.isdecimal():
        do = "Restart Voice with the same VOICE_METRICS_TOKEN as here, and let the web server pass /metrics/front on."
        yield look(about, "could not be asked", do)
        return
    yield rules.hops(int(hops), settings().front_servers, believed=believed == "yes")


def addresses_in_logs() -> Iterator[Finding]:
    about, told = "addresses in the log of the web server in front (VOICE_FRONT_LOGS)", settings().front_logs
    if settings().local:
        return
    if told is None:
        yield look(about, "nobody has said, so pages say that it may keep them", "Switch its access log off and set VOICE_FRONT_LOGS=none.")
    else:
        yield ok(about, f"said to be kept {told} days; pages say so" if told else "said to keep none; pages say so")
