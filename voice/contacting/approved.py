"""The replies we may leave: written beforehand, approved by name, in every language. Nobody types a reply to a child."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("replies.yaml")
FOR_ALL, FOR_LEADS = "all", "leads"


@dataclass(frozen=True)
class Reply:
    """Approved words. `who`: all, or leads alone. `checked`: the languages a person who speaks them has checked."""

    code: str
    who: str
    approved_by: str
    approved_on: date
    text: Mapping[str, str]
    checked: frozenset[str]
    tells: bool  # someone who looks over a shoulder would learn from it that the sender was worried

    def in_language(self, language: str) -> str:
        return self.text.get(language, self.text["en"])

    def beside(self, language: str) -> str | None:
        """The English that stands beside it, where nobody has checked the words of this language."""
        needs_none = language in ("en", "easy", "qps") or language in self.checked or language not in self.text
        return None if needs_none else self.text["en"]


@functools.cache
def _all() -> dict[str, Reply]:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    by, on = data["approved"]["by"], data["approved"]["day"]
    found = [
        Reply(
            each["code"],
            each.get("who", FOR_ALL),
            each.get("by", by),
            each.get("day", on),
            each["text"],
            frozenset(each.get("checked", ())),
            each.get("tells", False),
        )
        for each in data["replies"]
    ]
    return {each.code: each for each in found}


def replies(*, lead: bool = False) -> list[Reply]:
    """What may be left: by anyone who answers, or also what only leads may say."""
    return [each for each in _all().values() if lead or each.who == FOR_ALL]


def reply_of_code(code: str) -> Reply:
    """Raises:
    KeyError: there is none.
    """
    return _all()[code]
