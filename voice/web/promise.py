"""What pages tell young people about how we look after their words, made from the settings: they cannot say more than is true (bar P11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import Flask

from voice.config import Keep, Settings, settings

Front = Literal["none", "days", "unsaid"]


@dataclass(frozen=True)
class Promise:
    """`front` says whether a machine in front of ours keeps the address of a phone: none does, for `front_days`, or nobody has said."""

    front: Front
    front_days: int
    keep: Keep

    @property
    def take_back_months(self) -> int:
        """How long a receipt works whatever happens: answered on the first day, or never."""
        return min(self.keep.link_months, self.keep.link_at_most_months)


def promise_of(found: Settings) -> Promise:
    """What is true of an installation with these settings."""
    days = 0 if found.front_logs is None and found.local else found.front_logs
    front: Front = "unsaid" if days is None else "days" if days else "none"
    return Promise(front, days or 0, found.keep)


def install(app: Flask) -> None:
    app.jinja_env.globals["promise"] = lambda: promise_of(settings())
