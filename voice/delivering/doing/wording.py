"""How the desk says statuses, due days and filters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STATUS_WORDS = {
    "not_begun": _l("Not started yet"),
    "on_the_way": _l("On the way"),
    "done": _l("Done"),
    "stopped": _l("Stopped"),
}
SHAPES = {"not_begun": "will", "on_the_way": "doing", "done": "done", "stopped": "cant"}
"""The picture that tells each apart by its shape."""

SHOWS = {
    "late": _l("Late"),
    "due": _l("Word is due"),
    "unowned": _l("Nobody’s yet"),
    "unsaid": _l("Nothing said yet"),
    "not_begun": _l("Not started yet"),
    "on_the_way": _l("On the way"),
    "done": _l("Done"),
    "stopped": _l("Stopped"),
}
"""What the list of actions may be narrowed to."""
