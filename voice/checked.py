"""Single settings, checked: each is what it may be, or a sentence that says which variable is wrong and what to do. Plain Python."""

from __future__ import annotations

from urllib.parse import urlsplit


class WrongSetting(Exception):
    """A setting that cannot be used; the message says what to do."""


def between(text: str, name: str, least: int, most: int, of: str = "") -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise WrongSetting(f"{name} is “{text}”. Set it to a whole number from {least} to {most}{of}.")
    return int(text)


def url(text: str, name: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise WrongSetting(f"{name} is “{text}”. Set it to a full address, such as https://voice.example.gov.uk.")
    return text.rstrip("/")


def staff_url(text: str | None, public_url: str) -> str | None:
    """Of the same kind as the public one: a cookie of one name must not go over plain http under the other."""
    if not text:
        return None
    staff, public = urlsplit(url(text, "VOICE_STAFF_URL")), urlsplit(public_url)
    if staff.scheme != public.scheme or staff.hostname == public.hostname:
        raise WrongSetting(f"VOICE_STAFF_URL is “{text}”. Give it a host name of its own, and {public.scheme}:// as VOICE_URL has.")
    return text.rstrip("/")


def logs(text: str) -> str:
    if text not in ("text", "json"):
        raise WrongSetting(f"VOICE_LOGS is “{text}”. Set it to text or json.")
    return text


def token(text: str | None) -> str | None:
    if text and len(text) < 24:
        raise WrongSetting("VOICE_METRICS_TOKEN is short enough to guess. Use at least 24 letters and digits: openssl rand -hex 24")
    return text or None
