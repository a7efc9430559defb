"""Giving a figure out: from then on it is what it was."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from voice import keeping, reading
from voice.counting.models import Figure
from voice.counting.rules import band
from voice.storage import session


def freeze(theme_id: uuid.UUID, view_ids: Collection[uuid.UUID]) -> None:
    """Freeze how many said it, for a theme's publication. A figure given out before stays until the next release."""
    if session().get(Figure, theme_id) is None:
        session().add(Figure(theme_id=theme_id, band=band(keeping.senders(reading.not_set_aside(view_ids)))))
        session().flush()
