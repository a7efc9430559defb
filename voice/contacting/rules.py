"""Which door someone takes, and how they may be reached. Pure Python."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

DOORS: Final = ("tell", "reply", "contact")
WAYS: Final = ("phone", "email", "school", "grown_up")
LONGEST: Final[Mapping[str, int]] = {"name": 100, "where": 300, "when": 300}
"""What can be written, and how many letters of it we take."""


class Unfit(Exception):
    """This wish cannot be met as it is; `why` is no_way, too_long or unknown, `field` names what to put right."""

    def __init__(self, why: str, field: str = "where") -> None:
        super().__init__(why)
        self.why, self.field = why, field


@dataclass(frozen=True)
class Contact:
    """How someone may safely be reached, in their own words. `how`: one of WAYS, or empty."""

    name: str = ""
    how: str = ""
    where: str = ""
    when: str = ""
    never_home: bool = False

    @property
    def words(self) -> str:
        """All they wrote, for the screen: there may be more in it than a number."""
        return "\n".join(each for each in (self.name, self.where, self.when) if each)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Wish:
    """The door someone took; with “contact” comes how to reach them."""

    door: str = "tell"
    contact: Contact | None = None


JUST_TELL: Final = Wish()


def read_wish(door: str, given: Mapping[str, Any]) -> Wish:
    """The wish in what was sent. No door named means: just tell us. `given` has the fields of Contact; only “contact” looks at it.

    Raises:
        Unfit: an unknown door or way; no way to reach them; or more letters than we take.
    """
    if door not in ("", *DOORS):
        raise Unfit("unknown", "door")
    if door != "contact":
        return Wish(door or "tell")
    if given.get("how", "") not in ("", *WAYS):
        raise Unfit("unknown", "how")
    written = {name: _tidy(str(given.get(name) or "")) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(written[name]) > most:
            raise Unfit("too_long", name)
    if not written["where"]:
        raise Unfit("no_way")
    return Wish(door, Contact(how=str(given.get("how") or ""), never_home=bool(given.get("never_home")), **written))


def days_waiting(asked: date, today: date) -> int:
    """Whole days from the day someone asked to this one."""
    return max((today - asked).days, 0)


def _tidy(text: str) -> str:
    """One line, without signs that cannot be seen."""
    plain = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in "\n\t\u200c\u200d" else "" for sign in text)
    return unicodedata.normalize("NFC", " ".join(plain.split()))
