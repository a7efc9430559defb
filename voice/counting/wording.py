"""How the desk says figures and what they count. Nothing here knows a number of people: `rules` has rounded it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice.web.locale import LANGUAGES

FACTS: Final = {"way_in": _l("How they came in"), "language": _l("Language"), "age_band": _l("Age")}
WAYS: Final = {
    "web": _l("Link"),
    "qr": _l("QR code"),
    "group_code": _l("Code of a group"),
    "hand_over": _l("Handed over on one device"),
    "feedback_box": _l("Feedback box"),
    "assisted": _l("Someone wrote for them"),
    "api": _l("Another programme"),
    "import": _l("Brought in"),
    "paper": _l("Paper"),
    "event": _l("Event"),
    "demo": _l("Invented for the demo"),
}
AGES: Final = {
    "under_8": _l("7 or younger"),
    "8_10": _l("8 to 10"),
    "11_13": _l("11 to 13"),
    "14_16": _l("14 to 16"),
    "17_19": _l("17 to 19"),
    "20_25": _l("20 to 25"),
    "adult": _l("26 or older"),
    "dont_know": _l("Did not know"),
    "rather_not": _l("Did not want to say"),
}


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
