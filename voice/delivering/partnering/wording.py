"""What marks are called where everyone reads."""

from __future__ import annotations

from flask_babel import gettext as _


def mark_words() -> dict[str, str]:
    """In the order they are offered."""
    return {"kept": _("Kept"), "on_the_way": _("On the way"), "not_kept": _("Not kept")}
