"""How ages are said: the bands that are asked for, from the youngest. Nobody is asked for more than a band."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

AGES: Final = {
    "under_8": _l("7 or younger"),
    "8_10": _l("8 to 10"),
    "11_13": _l("11 to 13"),
    "14_16": _l("14 to 16"),
    "17_19": _l("17 to 19"),
    "20_25": _l("20 to 25"),
    "adult": _l("26 or older"),
}
