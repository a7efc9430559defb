"""How the desk says figures and what they count. Nothing here knows a number of people: `rounding` has rounded it."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

RELEASE_FACTS: Final = {
    "age_band": _l("Age"),
    "place": _l("Place"),
    "speaker": _l("Who is speaking"),
    "way_in": _l("How they came in"),
    "language": _l("Language"),
}


def about_so_many(rounded: int | None) -> str:
    """A rounded figure in words."""
    return str(_("Too few to show") if rounded is None else _("About %(num)s", num=rounded))
