"""How the meeting’s pages say hours, states and what was held back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice.reviewing.meeting.queries import MeetingFacts
from voice.reviewing.wording import held_back_words
from voice.storage import today


def evening(day: date) -> str:
    """Tuesday 1 December; with the year, where it is another."""
    return str(format_date(day, "EEEE d MMMM" if day.year == today().year else "EEEE d MMMM y"))


def times(found: MeetingFacts) -> str:
    """Tuesday 1 December, 18:00 to 19:30."""
    begins, ends = f"{found.begins_at:%H:%M}", f"{found.ends_at:%H:%M}"
    return str(_("%(day)s, %(begins)s to %(ends)s", day=evening(found.day), begins=begins, ends=ends))


def stand_words() -> dict[str, Any]:
    """How far a meeting, and an ask, is."""
    return {
        "to_come": _l("To come"),
        "today": _l("Today"),
        "over": _l("Over"),
        "called_off": _l("Called off"),
        "open": _l("Waits for an answer"),
        "late": _l("Late"),
        "answered": _l("Answered"),
    }


def held_back_lines(because: Collection[str], at_least: int | None) -> list[str]:
    """How many were held back, in steps, and why; nothing where none was."""
    if not because:
        return []
    many = _("At least %(n)s", n=at_least) if at_least else _("A few")
    return [_("%(many)s were held back from this pack.", many=many), *held_back_words(because)]
