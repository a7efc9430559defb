"""A quarter's page on paper: one side of A4, whatever there is to say. What does not fit is counted, and stands on the screen."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from flask import render_template

from voice.delivering.doing.reports import Report
from voice.delivering.doing.rules import Quarter
from voice.web.locale import day, speaking
from voice.web.paper import address, laid_out, spoken


class Fit(NamedTuple):
    """How much of each part is shown (lines), how long a line may be (letters), and how tightly it is set."""

    lines: int
    letters: int
    style: str


FITS: Final = (Fit(6, 170, "airy"), Fit(5, 140, "close"), Fit(4, 110, "close"), Fit(3, 100, "tight"), Fit(2, 80, "tight"))
"""From the roomiest on; the first that fits on one page is taken."""


def as_pdf(report: Report) -> bytes:
    """The page as a PDF of one page.

    Raises:
        NoPrinter: the machine has no Pango.
        LookupError: it does not fit on one page however little of it is shown, which the tests rule out.
    """
    for fit in FITS:
        with speaking("en"):
            document: Any = laid_out(render_template("delivering/quarter_paper.html", **shown(report), fit=fit))
        if len(document.pages) == 1:
            written: bytes = document.write_pdf()
            return written
    raise LookupError(report.quarter.code)


def shown(report: Report) -> dict[str, Any]:
    """What both templates of the page need."""
    path = f"/work/quarter/{report.quarter.code}"
    return {
        "report": report,
        "sheet": report.sheet,
        "months": months(report.quarter),
        "said_day": lambda iso: day(date.fromisoformat(iso)),
        "address": spoken(address(path)),
    }


def months(quarter: Quarter) -> str:
    """In words: July to September 2026."""
    return f"{quarter.first:%B} to {quarter.last:%B %Y}"
