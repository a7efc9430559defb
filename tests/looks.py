"""What an eye and a finger must not meet on any page: a fault that axe finds, words cut off at the side, targets too small to touch, a
language or a direction that is not the page's own."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from voice.web.locale import LANGUAGES

SMALLEST = 44  # px, each way
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
# A link inside a sentence is as high as its line; what is only for a screen reader, or in a closed fold, nobody touches.
TARGETS = f"""() => [...document.querySelectorAll('{CONTROLS}')].flatMap(each => {{
    if (!each.checkVisibility({{contentVisibilityAuto: true}})) return [];
    const box = (each.closest('label') || each).getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(each).clipPath !== 'none') return [];
    if (each.tagName === 'A' && getComputedStyle(each).display === 'inline') return [];
    return [[Math.min(box.width, box.height), each.outerHTML.slice(0, 120)]];
}})"""
CUT_OFF = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WHOLE = "[document.documentElement.lang, document.documentElement.dir]"
# Words marked as another language stand in that language's direction; what people typed finds its own.
TURNED = """() => [...document.querySelectorAll('body [lang]')].filter(each => each.checkVisibility() && each.dir !== 'auto'
    && getComputedStyle(each).direction !== (each.lang.startsWith('ur') ? 'rtl' : 'ltr')).map(each => each.outerHTML.slice(0, 120))"""


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands, one line each. axe runs with all it has, best practice too, and nothing left out."""
    found = [_axe_says(each) for each in Axe().run(page).response["violations"]]
    width = page.evaluate(CUT_OFF)
    if width > 0:
        found.append(f"{width} px are cut off at the side")
    small = [f"{size:.0f} px: {markup}" for size, markup in page.evaluate(TARGETS) if size < SMALLEST - 0.5]
    return found + ([f"too small to touch: {small[:5]}"] if small else [])


def _axe_says(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    shown = "; ".join(f"{each['html'][:160]} {each['failureSummary'][:240]}" for each in nodes[:3])
    return f"axe {violation['id']} ({len(nodes)}): {violation['help']}: {shown}"


def smallest(page: Page) -> float:
    """The lesser side of the smallest thing there is to touch, in px."""
    return min((size for size, _ in page.evaluate(TARGETS)), default=float("inf"))


def misspoken(page: Page, code: str) -> list[str]:
    """Where the page does not say the language it is in, or stands the wrong way round."""
    language = LANGUAGES[code]
    found = [] if page.evaluate(WHOLE) == [language.tag, language.direction] else [f"says {page.evaluate(WHOLE)}, not {language}"]
    if code == "qps":  # English in a mirror: its marks of language are not its own
        return found
    return found + [f"stands the wrong way round: {each}" for each in page.evaluate(TURNED)]


def check(page: Page, path: str) -> None:
    found = faults(page)
    assert not found, f"{path}: " + "\n".join(found)
