"""What to say where a picture cannot be taken: each sentence says what to do. By the reasons of `voice.imaging`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

REFUSED: Final[Mapping[str, Any]] = {
    "nothing": _l("We got no picture. Take one, pick one or draw one."),
    "too_big": _l("That picture is too big for us. Try a smaller one."),
    "not_a_picture": _l("We could not open that. Try a photo from your camera."),
    "too_many_pixels": _l("That picture is too big for us. Try a smaller one."),
    "moves": _l("That picture moves. We take still ones only."),
    "broken": _l("A part of that picture is missing. Take it again."),
    "too_slow": _l("That picture took us too long to open. Try another one."),
}
