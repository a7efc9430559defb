"""How the desk says figures and what they count. Nothing here knows a number of people: `rules` has rounded it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice.counting.saying import AGES, WAYS
from voice.web.locale import LANGUAGES

RELEASE_FACTS: Final = {
    "age_band": _l("Age"),
    "place": _l("Place"),
    "speaker": _l("Who is speaking"),
    "way_in": _l("How they came in"),
    "language": _l("Language"),
}
FACTS: Final = {"way_in": _l("How they came in"), "language": _l("Language"), "age_band": _l("Age")}


def code_words(fact: str, code: str) -> Any:
    """What a code means; the code itself where it is none we know."""
    if not code:
        return _("Did not say")
    if fact == "language":
        return LANGUAGES[code].name if code in LANGUAGES else code
    return (WAYS if fact == "way_in" else AGES).get(code, code)


def in_order(fact: str, cells: Mapping[str, int | None]) -> list[tuple[str, int | None]]:
    """Ages from the youngest, as they are asked; everything else by its code."""
    places = list(AGES) if fact == "age_band" else []
    return sorted(cells.items(), key=lambda each: (places.index(each[0]) if each[0] in places else len(places), each[0]))


def about_so_many(rounded: int | None) -> str:
    """A rounded figure in words."""
    return str(_("Too few to show") if rounded is None else _("About %(num)s", num=rounded))
