"""“You said, we did” as an Atom feed (RFC 4287): whoever follows it sees each answer as it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from xml.etree import ElementTree

ATOM: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 30  # entries: what is older is on the pages
UNSAYABLE: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
"""Characters XML 1.0 has no way to say."""


@dataclass(frozen=True)
class Entry:
    """One answer: its page, what young people said, what was done, the day it came or last changed."""

    url: str
    title: str
    words: str
    author: str
    published_on: date
    updated_on: date


@dataclass(frozen=True)
class Feed:
    """`url` is the page it goes with, `own_url` its own address. `made_on` is said where there is no entry yet."""

    url: str
    own_url: str
    title: str
    language: str
    made_on: date
    entries: Sequence[Entry]


def as_atom(feed: Feed) -> bytes:
    """The feed, newest first, at most `MOST` entries."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    entries = sorted(feed.entries, key=lambda each: (each.updated_on, each.url), reverse=True)[:MOST]
    _say(root, "id", feed.own_url)
    _say(root, "title", feed.title)
    _say(root, "updated", _moment(entries[0].updated_on if entries else feed.made_on))
    _link(root, feed.own_url, "self", "application/atom+xml")
    _link(root, feed.url, "alternate", "text/html")
    _author(root, "Voice")
    for each in entries:
        _entry(ElementTree.SubElement(root, "entry"), each)
    ElementTree.indent(root)
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _entry(to: ElementTree.Element, entry: Entry) -> None:
    _say(to, "id", entry.url)
    _say(to, "title", entry.title)
    _say(to, "published", _moment(entry.published_on))
    _say(to, "updated", _moment(entry.updated_on))
    _link(to, entry.url, "alternate", "text/html")
    _author(to, entry.author)
    _say(to, "content", entry.words).set("type", "text")


def _say(to: ElementTree.Element, name: str, words: str) -> ElementTree.Element:
    part = ElementTree.SubElement(to, name)
    part.text = words.translate(UNSAYABLE)
    return part


def _link(to: ElementTree.Element, url: str, rel: str, kind: str) -> None:
    ElementTree.SubElement(to, "link", {"href": url, "rel": rel, "type": kind})


def _author(to: ElementTree.Element, name: str) -> None:
    _say(ElementTree.SubElement(to, "author"), "name", name)


def _moment(day: date) -> str:
    """A day is all we know, and all we say: its first moment."""
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")
