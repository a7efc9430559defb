"""Figures as they were given out."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from flask_babel import gettext as _

from voice import keeping
from voice.counting.models import Figure
from voice.counting.rules import FEWEST_SENDERS
from voice.storage import session


def how_many_said(theme_id: uuid.UUID) -> str:
    """How many said it, in words, as frozen at publication."""
    figure = session().get(Figure, theme_id)
    words: str = _("Many of you said this") if figure and figure.band == "many" else _("Some of you said this")
    return words


def may_be_public(view_ids: Collection[uuid.UUID]) -> bool:
    """Whether enough people said it for it to be shown to all."""
    return keeping.senders(view_ids) >= FEWEST_SENDERS
