"""The map of public pages for search engines: each address in each language, with the others beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree

MAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
LINKS: Final = "http://www.w3.org/1999/xhtml"
MOST: Final = 50_000
"""Addresses one map may hold (sitemaps.org)."""


@dataclass(frozen=True)
class Page:
    """A public page. `path` has no language in front; `changed_on` is none where nobody keeps it."""

    path: str
    changed_on: date | None = None


def as_xml(pages: Iterable[Page], site: str, languages: Mapping[str, str]) -> bytes:
    """`site` is our address without a slash; `languages` maps what stands in front of a path to what the language is called there."""
    root = ElementTree.Element("urlset", {"xmlns": MAP, "xmlns:xhtml": LINKS})
    for page in list(dict.fromkeys(pages))[: MOST // max(1, len(languages))]:
        for front in languages:
            _url(root, page, site, front, languages)
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _url(root: ElementTree.Element, page: Page, site: str, front: str, languages: Mapping[str, str]) -> None:
    url = ElementTree.SubElement(root, "url")
    ElementTree.SubElement(url, "loc").text = f"{site}{front}{page.path}"
    if page.changed_on:
        ElementTree.SubElement(url, "lastmod").text = page.changed_on.isoformat()
    for other, name in languages.items():
        ElementTree.SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": name, "href": f"{site}{other}{page.path}"})
