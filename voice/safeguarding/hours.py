"""When somebody reads, said on pages in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from babel import Locale
from babel.dates import format_time, get_day_names

from voice.web.locale import language


@dataclass(frozen=True)
class Hours:
    """`days`: 0 is Monday. Times as “09:00”; `night_phone` as it is dialled."""

    days: tuple[int, ...]
    opens_at: str
    closes_at: str
    night_phone: str | None

    def in_words(self) -> str:
        """Such as “Monday – Friday, 9:00 am – 4:00 pm”, in the language of the page. Days in a row are said by the first and the last."""
        locale = Locale.parse(language().tag)
        names = get_day_names("wide", locale=locale)
        days = ", ".join(" – ".join(names[day] for day in dict.fromkeys((run[0], run[-1]))) for run in _runs(self.days))
        return f"{days}, {_time(self.opens_at, locale)} – {_time(self.closes_at, locale)}"


def _time(text: str, locale: Locale) -> str:
    """As a child there reads a clock: “9:00 am” in English, “9:00” elsewhere."""
    if locale.language == "en":
        return format_time(time.fromisoformat(text), format="h:mm a", locale="en_GB")
    return format_time(time.fromisoformat(text), format="H:mm", locale=locale)


def _runs(days: Sequence[int]) -> list[list[int]]:
    """Days that follow one another, together."""
    found: list[list[int]] = []
    for day in sorted(days):
        if found and found[-1][-1] == day - 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found
