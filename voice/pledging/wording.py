"""Words for the ways a pledge is shown. None comes first in rank; those without a face come first in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

KINDS: Final[Mapping[str, tuple[Any, Any]]] = {
    "drawing": (_l("A drawing on the screen"), _l("With your finger, or with keys.")),
    "card": (_l("A photo of paper"), _l("Draw or write on it first.")),
    "avatar": (_l("A person made of parts"), _l("It need not look like you.")),
    "words": (_l("Only my words"), _l("We add a bright picture.")),
    "selfie": (_l("A photo of me"), _l("The back of your head is fine.")),
}
AGES: Final[Mapping[str, Any]] = {"under_13": _l("Under 13"), "13_or_over": _l("13 or over")}
MONTHS: Final[Mapping[str, Any]] = {"3": _l("3 months"), "6": _l("6 months"), "12": _l("12 months")}
