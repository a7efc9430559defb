"""How the board's pages say ages and reasons."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

AGES = {
    "under_8": _l("Aged 7 or younger"),
    "8_10": _l("Aged 8 to 10"),
    "11_13": _l("Aged 11 to 13"),
    "14_16": _l("Aged 14 to 16"),
    "17_19": _l("Aged 17 to 19"),
    "20_25": _l("Aged 20 to 25"),
    "adult": _l("An adult"),
}
BECAUSE = {
    "names_someone": _l("they name someone"),
    "could_be_known": _l("someone could be known by them"),
    "unkind_to_someone": _l("they are unkind to someone"),
    "not_about_this": _l("they are about something else"),
    "other": _l("of something else"),
}
WEIGHTS = {1: _l("A little"), 2: _l("Quite a lot"), 3: _l("A great deal")}


def held_back_words(reasons: Collection[str]) -> list[str]:
    """Why something was held back, a line each, in a fixed order. Never how many: a number would tell when one more came."""
    return [_("Because %(why)s", why=why) for name, why in BECAUSE.items() if name in reasons]
