"""Numbers in what a plan prints: “73.4% (2013/14)”, “25.6 per 1,000 girls (2008)”, “£1.8 million”, “over 52% walk or cycle”. Plain Python.

What cannot be read for certain is not read: a place in a ranking, a comparison with others, two numbers at once, a change instead of a level.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from voice.delivering.measuring.periods import Period, period
from voice.delivering.measuring.rules import Bound

DIGITS: Final = r"(?:[0-9]{1,3}(?:[,\u00a0\u202f ][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
NUMBER: Final = re.compile(DIGITS)
BEFORE: Final[dict[str, Bound]] = {
    "at least": "at_least",
    "no fewer than": "at_least",
    "no less than": "at_least",
    "more than": "more_than",
    "over": "more_than",
    "above": "more_than",
    "at most": "at_most",
    "no more than": "at_most",
    "up to": "at_most",
    "within": "at_most",
    "under": "less_than",
    "below": "less_than",
    "less than": "less_than",
    "fewer than": "less_than",
}
AFTER: Final[dict[str, Bound]] = {"or more": "at_least", "or higher": "at_least", "or less": "at_most", "or fewer": "at_most", "or lower": "at_most"}
TIMES: Final = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
# Words after a number that make it something else than a level: a change, a comparison, a place in a ranking.
NO_LEVEL: Final = re.compile(
    r"\b(?:more|fewer|less|lower|higher|each|every|average|best|worst|percentile|quartile|quarter|points?|rise|fall|cut|reduction|increase|"
    r"improvement|better|than|times|st|nd|rd|th)\b|\d"
)
NONE_AT_ALL: Final = ("none", "none at all", "no one", "nobody", "zero", "nil")
WORDS: Final = r"(?: ?(?P<words>[^\d(%£]*))"
VALUE: Final = rf"(?P<value>{DIGITS})"
FORMS: Final = tuple(
    (unit, re.compile(pattern))
    for unit, pattern in (
        ("percent", rf"{VALUE} ?(?:%|per ?cent){WORDS}"),
        ("money", rf"£ ?{VALUE} ?(?P<times>thousand|million|billion|bn|m|k)?"),
        ("score", rf"{VALUE} out of (?P<per>{DIGITS})"),
        ("rate", rf"{VALUE} (?:per|for every|in every|in) (?P<per>{DIGITS}){WORDS}"),
        ("number", rf"{VALUE} (?P<words>(?:hours?|days?|weeks?|months?|minutes?|years?|miles?|km))"),
        ("count", rf"{VALUE}{WORDS}"),
    )
)


class Printed(NamedTuple):
    """A number that is printed. `unit` as `rules.UNITS`; `per` of a rate or a score; `words` that follow it (“families”); `of` what time it is."""

    value: float
    unit: str
    per: int | None = None
    bound: Bound | None = None
    words: str = ""
    of: Period | None = None


def number(text: str) -> float | None:
    """A number alone, with commas or spaces between thousands; a comma before one or two last digits is a decimal point. Never NaN, nor endless."""
    tidy = " ".join(text.split())
    minus, digits = (-1, tidy[1:].lstrip()) if tidy[:1] in ("-", "−") else (1, tidy)
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", digits):
        digits = digits.replace(",", ".")
    if not NUMBER.fullmatch(digits) or len(digits) > len("1,000,000,000.123456"):
        return None
    return minus * _number(digits)


def printed(text: str | None) -> Printed | None:
    """The number in a printed baseline or target; None where there is none that can be read for certain."""
    if not text:
        return None
    tidy, when = _when(" ".join(text.replace("\u00a0", " ").split()))
    tidy, bound = _bound(tidy.casefold())
    if tidy in NONE_AT_ALL:
        return Printed(0.0, "count", bound=bound, of=when)
    for unit, pattern in FORMS:
        found = pattern.fullmatch(tidy)
        if found:
            return _as_printed(unit, found.groupdict(), bound, when)
    return None


def _as_printed(unit: str, found: dict[str, str | None], bound: Bound | None, when: Period | None) -> Printed | None:
    words = (found.get("words") or "").strip(" .,;")
    if NO_LEVEL.search(words):
        return None
    value = _number(found["value"] or "") * TIMES.get(found.get("times") or "", 1)
    per = int(_number(found["per"] or "")) if found.get("per") else None
    if per == 0 or (unit == "percent" and value > 1000):
        return None
    return Printed(value, unit, per, bound, words, when)


def _when(text: str) -> tuple[str, Period | None]:
    """What stands before the brackets at the end, and the time within them; brackets that hold no time are left where they are."""
    found = re.fullmatch(r"(.*\S) ?\(([^()]*)\)", text)
    if not found:
        return text, None
    when = period(found[2])
    return (found[1], when) if when or found[2].casefold() == "now" else (text, None)


def _bound(text: str) -> tuple[str, Bound | None]:
    for words, bound in BEFORE.items():
        if text.startswith(f"{words} "):
            return text.removeprefix(words).strip(), bound
    for words, bound in AFTER.items():
        if text.endswith(f" {words}"):
            return text.removesuffix(words).strip(), bound
    return text, None


def _number(digits: str) -> float:
    return float(re.sub(r"[,\s\u00a0\u202f]", "", digits))
