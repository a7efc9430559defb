"""Every scene in every language, theme, width and size of letters: the grid itself, and a browser that walks it.

The suite meets each pair of values once (tests/journeys/test_grid.py); `make soak` meets them all (tests/soak.py).
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, Route

from tests.browsing import PATIENCE, sign_in
from tests.looks import faults, misspoken, smallest
from tests.pages_of_the_house import Scene, scenes
from tests.pairs import Row, all_pairs
from voice.web.locale import LANGUAGES, with_words

THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
WIDTHS = {"320": 640, "390": 844, "1280": 900}
LETTERS = ("100%", "200%")
SPOKEN = with_words(LANGUAGES)
EMPTY_AND_SEND = """() => { const form = [...document.querySelectorAll('main form[method=post]')].pop();
    form.querySelectorAll('input[type=text], input[type=email], textarea').forEach(each => each.value = ''); form.submit(); }"""


@dataclass(frozen=True)
class Way:
    """How a page is looked at."""

    language: str
    theme: str
    width: str
    letters: str

    def __str__(self) -> str:
        return f"{self.language} {self.theme} {self.width} {self.letters}"


@dataclass(frozen=True)
class Run:
    scene: Scene
    way: Way

    def __str__(self) -> str:
        return f"{self.scene.kind} / {self.scene.state} / {self.scene.name} / {self.way}"


def is_inside(scene: Scene) -> bool:
    """Whether it is for those who sign in: in English alone."""
    return scene.who is not None


def factors(inside: bool) -> dict[str, tuple[str, ...]]:
    """What is paired. Pages go by their kind: pages of one kind are made of the same parts."""
    shown = [scene for scene in scenes() if is_inside(scene) is inside]
    return {
        "kind": tuple(dict.fromkeys(scene.kind for scene in shown)),
        "state": tuple(dict.fromkeys(scene.state for scene in shown)),
        "language": ("en",) if inside else SPOKEN,
        "theme": tuple(THEMES),
        "width": tuple(WIDTHS),
        "letters": LETTERS,
    }


@functools.cache
def pairwise(inside: bool) -> tuple[Run, ...]:
    """Few runs, in which each pair of values occurs and each page at least once. Rows take the page least shown so far; pages that no row
    took come in ways taken in turn."""
    shown = [scene for scene in scenes() if is_inside(scene) is inside]
    there = {(scene.kind, scene.state) for scene in shown}
    rows = all_pairs(factors(inside), lambda row: (row["kind"], row["state"]) in there)
    times: Counter[object] = Counter()
    runs = []
    for row in rows:
        fitting = [scene for scene in shown if (scene.kind, scene.state) == (row["kind"], row["state"])]
        scene = min(fitting, key=lambda each: (times[each.page], times[each]))
        times.update((scene, scene.page))
        runs.append(Run(scene, _way(row)))
    left = list({scene.page: scene for scene in shown if not times[scene.page]}.values())
    return (*runs, *(Run(scene, _way(rows[7 * index % len(rows)])) for index, scene in enumerate(left)))


def _way(row: Row) -> Way:
    return Way(row["language"], row["theme"], row["width"], row["letters"])


def whole() -> list[Run]:
    """Each scene in each way."""
    return [
        Run(scene, Way(language, theme, width, letters))
        for scene in scenes()
        for language in (("en",) if is_inside(scene) else SPOKEN)
        for theme in THEMES
        for width in WIDTHS
        for letters in LETTERS
    ]


class Eye:
    """A browser that opens scenes; signed in where it must be, once for each person."""

    def __init__(self, browser: Browser, address: str, passphrase: str, made: dict[str, list[str]]) -> None:
        self._browser, self._address, self._passphrase, self._made = browser, address, passphrase, made
        self._pages: dict[str | None, Page] = {}

    def look(self, run: Run) -> list[str]:
        """What is wrong with this scene, looked at in this way."""
        page, status = self._go(run)
        found = [] if status == run.scene.status else [f"answers {status}, not {run.scene.status}"]
        return found + faults(page) + misspoken(page, run.way.language)

    def smallest(self, run: Run) -> float:
        """The lesser side of the smallest thing to touch, in px."""
        return smallest(self._go(run)[0])

    def _go(self, run: Run) -> tuple[Page, int]:
        """Open it and look; the status of the reply."""
        page, scene, way = self._page(run.scene.who), run.scene, run.way
        page.emulate_media(**THEMES[way.theme])
        page.set_viewport_size({"width": int(way.width), "height": WIDTHS[way.width]})
        status = self._open(page, scene, way.language)
        if scene.emptied:
            with page.expect_navigation():
                page.evaluate(EMPTY_AND_SEND)
        if way.letters != "100%":
            page.evaluate("size => document.documentElement.style.fontSize = size", way.letters)
        return page, status

    def _page(self, who: str | None) -> Page:
        if who not in self._pages:
            page = self._browser.new_context(base_url=self._address, service_workers="block").new_page()
            page.set_default_timeout(PATIENCE * 1000)
            if who:
                sign_in(page, who, self._passphrase)
            self._pages[who] = page
        return self._pages[who]

    def _open(self, page: Page, scene: Scene, language: str) -> int:
        """Go there, by a form where the scene has fields. The status of the reply."""
        address = self._address + ("" if language == "en" else f"/{language}") + self._filled(scene.path)[0]
        if scene.fields:
            body = urlencode({name: [word for each in given for word in self._filled(each)] for name, given in scene.fields.items()}, doseq=True)

            def post(route: Route) -> None:
                kind = {"content-type": "application/x-www-form-urlencoded"}
                route.continue_(method="POST", post_data=body, headers={**route.request.headers, **kind})

            page.route(address, post)
        reply = page.goto(address)
        if scene.fields:
            page.unroute(address)
        return reply.status if reply else 0

    def _filled(self, text: str) -> list[str]:
        """A text with what was made in place of each {name}; several where several words were made."""
        found = [text]
        for name, words in self._made.items():
            if f"{{{name}}}" in text:
                found = [each.replace(f"{{{name}}}", word) for each in found for word in words]
        return found
