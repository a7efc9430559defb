"""What leaders answered in some days, and how the board judged it, for the board's account of a term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from voice import reviewing, understanding
from voice.answering import queries


def answers_in(first: date, last: date) -> Iterable[reviewing.AccountLine]:
    """Answers that went out in these days, both included, each with the board's verdict; none of a theme the board objects to."""
    found = [each for each in queries.published() if each.published_on and first <= each.published_on <= last]
    objected = reviewing.objected([each.theme_id for each in found])
    for each in found:
        theme = understanding.theme(each.theme_id)
        if theme and theme.id not in objected:
            by = f"{each.owner_role}, {each.organisation}"
            yield reviewing.AccountLine(
                "answers", f"answer {each.id} {theme.id}", theme.you_said, did=each.words, state=each.verdict or "none", by=by, slug=theme.slug
            )
