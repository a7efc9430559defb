"""Words beside a theme for everyone: picked by a person out of those a person cleared and whose sender said yes, three at most.

Whether the sender says yes, and whether the words may be seen, is asked each time they are shown: nothing of it is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from voice import audit, reading
from voice.keeping.models import Submission, View
from voice.storage import session
from voice.understanding.clustering import typical
from voice.understanding.models import ThemeQuote, ThemeView

MOST_QUOTES = 3
LONGEST_QUOTE = 280  # letters; a quote is never cut, because what is cut may be what was meant
MOST_LOOKED_AT = 500  # of those whose senders said yes
PROPOSED = 12


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, as everyone may see them."""

    words: str
    language: str


def public_quotes(theme_id: uuid.UUID) -> list[Quote]:
    """What was picked and may be shown now; nothing stands beside them, so that nobody is known by their age or place."""
    return [Quote(each.words, each.language) for each in picked(theme_id)]


def picked(theme_id: uuid.UUID) -> list[reading.ShownView]:
    """The picked views that may be shown to everyone now, in their order."""
    ids = list(session().scalars(select(ThemeQuote.view_id).where(ThemeQuote.theme_id == theme_id).order_by(ThemeQuote.place, ThemeQuote.view_id)))
    return _allowed(ids)[:MOST_QUOTES]


def proposed(theme_id: uuid.UUID) -> list[reading.ShownView]:
    """Those that may be picked, in the order in which they stand for all: each unlike the ones before it."""
    allowed = _allowed(_with_permission(theme_id))
    return [allowed[place] for place in typical([each.words for each in allowed], PROPOSED)]


def pick_quotes(theme_id: uuid.UUID, view_ids: Sequence[uuid.UUID], by: uuid.UUID) -> int:
    """Let these stand beside the theme, in place of those before; one that may not be shown, or is not the theme's, is left out.
    Returns how many do."""
    theirs = set(session().scalars(select(ThemeView.view_id).where(ThemeView.theme_id == theme_id, ThemeView.view_id.in_(view_ids))))
    allowed = [each.id for each in _allowed([each for each in dict.fromkeys(view_ids) if each in theirs])][:MOST_QUOTES]
    before = list(session().scalars(select(ThemeQuote.view_id).where(ThemeQuote.theme_id == theme_id).order_by(ThemeQuote.place)))
    if before == allowed:
        return len(allowed)
    session().execute(delete(ThemeQuote).where(ThemeQuote.theme_id == theme_id))
    session().add_all([ThemeQuote(theme_id=theme_id, view_id=each, place=place, picked_by=by) for place, each in enumerate(allowed)])
    session().flush()
    audit.record(by, "quotes picked", "theme", theme_id)
    return len(allowed)


def _allowed(view_ids: Sequence[uuid.UUID]) -> list[reading.ShownView]:
    """Of these, in this order, those everyone may see: cleared, short enough, with their sender's yes, and by no group that was asked on purpose."""
    shown = reading.shown(view_ids)
    found = (shown[each] for each in view_ids if each in shown)
    return [each for each in found if each.may_be_quoted and len(each.words) <= LONGEST_QUOTE]


def _with_permission(theme_id: uuid.UUID) -> list[uuid.UUID]:
    said_yes = (
        select(ThemeView.view_id)
        .join(View, View.id == ThemeView.view_id)
        .join(Submission, Submission.id == View.submission_id)
        .where(ThemeView.theme_id == theme_id, Submission.may_be_quoted)
    )
    return list(session().scalars(said_yes.order_by(ThemeView.view_id).limit(MOST_LOOKED_AT)))
