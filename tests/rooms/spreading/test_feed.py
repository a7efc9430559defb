"""The feed and the map, without an application: what a reader of feeds and a search engine hold us to."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

from voice.spreading import cards
from voice.spreading.feed import ATOM, MOST, Entry, Feed, as_atom
from voice.spreading.sitemap import LINKS, MAP, Page, as_xml

DAY = date(2026, 3, 2)
IN = {"a": ATOM}


def entry(number: int, words: str = "Done: Lights are on.") -> Entry:
    day = DAY + timedelta(days=number)
    return Entry(f"https://voice.example/you-said-we-did/{number}", f"“Theme {number}”", words, "County council", day, day)


def feed(*entries: Entry) -> ElementTree.Element:
    made = Feed("https://voice.example/a", "https://voice.example/a.atom", "You said, we did", "ur", DAY, entries)
    return ElementTree.fromstring(as_atom(made))


def test_an_entry_has_what_rfc_4287_asks_for() -> None:
    root = feed(entry(1))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ur"
    (found,) = root.findall("a:entry", IN)
    assert found.findtext("a:id", None, IN) == "https://voice.example/you-said-we-did/1"
    assert found.findtext("a:updated", None, IN) == "2026-03-03T00:00:00Z"
    assert found.findtext("a:author/a:name", None, IN) == "County council"
    assert {each.get("rel") for each in root.findall("a:link", IN)} == {"self", "alternate"}


def test_the_newest_come_first_and_the_feed_is_as_new_as_they() -> None:
    root = feed(*(entry(number) for number in range(MOST + 5)))
    titles = [each.findtext("a:title", None, IN) for each in root.findall("a:entry", IN)]
    assert titles == [f"“Theme {number}”" for number in range(MOST + 4, 4, -1)]
    assert root.findtext("a:updated", None, IN) == f"{DAY + timedelta(days=MOST + 4)}T00:00:00Z"


def test_a_feed_without_entries_says_when_it_was_made() -> None:
    assert feed().findtext("a:updated", None, IN) == "2026-03-02T00:00:00Z"


def test_words_stay_words() -> None:
    words = "We can’t: 3 < 4 & <script>alert(1)</script>\x00\x0b]]>"
    (found,) = feed(entry(1, words)).findall("a:entry", IN)
    assert found.findtext("a:content", None, IN) == "We can’t: 3 < 4 & <script>alert(1)</script>]]>"


def test_the_map_names_each_page_once_in_every_language() -> None:
    pages = [Page("/", DAY), Page("/plan"), Page("/plan")]
    root = ElementTree.fromstring(as_xml(pages, "https://voice.example", {"": "en", "/cy": "cy"}))
    found = [each.findtext(f"{{{MAP}}}loc") for each in root]
    assert found == ["https://voice.example/", "https://voice.example/cy/", "https://voice.example/plan", "https://voice.example/cy/plan"]
    assert root[0].findtext(f"{{{MAP}}}lastmod") == "2026-03-02"
    assert [(each.get("hreflang"), each.get("href")) for each in root[3].findall(f"{{{LINKS}}}link")] == [
        ("en", "https://voice.example/plan"),
        ("cy", "https://voice.example/cy/plan"),
    ]


def test_long_words_are_cut_between_words() -> None:
    assert cards.shortened("Lights are on.", 20) == "Lights are on."
    assert cards.shortened("Lights are on, everywhere and always.", 16) == "Lights are on…"
    assert cards.shortened("a" * 40, 10) == "a" * 9 + "…"
