"""What a receipt shows, as the room of receipts says it: nothing here knows more of a submission than its own sender sees."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Flask, current_app

Shown = Callable[[uuid.UUID], frozenset[str]]
_NAME = "voice.shown_on_receipts"


def provide_shown(app: Flask, shown: Shown) -> None:
    """`shown(submission_id)`: a mark for each public thing on its receipt, another one when that thing changes. No word is read for it."""
    app.extensions[_NAME] = shown


def shown_on(submission_id: uuid.UUID) -> frozenset[str]:
    """Nothing, where no room shows receipts."""
    shown: Shown | None = current_app.extensions.get(_NAME)
    return shown(submission_id) if shown else frozenset()
