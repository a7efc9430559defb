"""What the desk says of readings: why one cannot be taken, why one stays inside, what became of a file."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice.caring import rather
from voice.delivering.measuring.rules import Few
from voice.tables import Bad, Unusable

UNIT_WORDS: dict[str, Any] = {
    "percent": _l("A share, out of 100 (%)"),
    "count": _l("How many (a count)"),
    "rate": _l("A rate: per 1,000, per 10,000…"),
    "money": _l("Money (£)"),
    "score": _l("A score out of so many points"),
    "number": _l("Another number, such as hours"),
}
WAY_WORDS: dict[str, Any] = {"up": _l("Up is better"), "down": _l("Down is better"), "keep": _l("It should stay as it is")}
SOURCE_WORDS: dict[str, Any] = {"entered": _l("entered here"), "imported": _l("from a file"), "release": _l("from a release")}
INSIDE: dict[str, Any] = {
    "not_said": _l("It is kept, and stays inside until you say how many it is out of. A share of very few could point at one of them."),
    "share_of_few": _l("It is kept, and stays inside: it is about fewer than 10 people, and could point at one of them."),
    "count_of_few": _l("It is kept, and stays inside: a count of 1 to 7 people could point at one of them."),
    "part_of_few": _l("It is kept, and stays inside: worked out, it is about 1 to 7 people, and could point at one of them."),
}
WRONG: dict[str, Any] = {
    "unit": _l(
        "Nobody has said yet what kind of number this measure is. Write the figure with its sign (61%%, £5), or say it on the measure’s page."
    ),
    "period": _l("“%(what)s” is no day or time we can read. Write 2025, 2024/25, 2025-Q3, 2025-10 or 2025-10-31."),
    "future": _l("That time has not begun yet."),
    "percent": _l("A share out of 100 is 100 at most."),
    "count": _l("A count is a whole number."),
    "score": _l("That is more points than there are."),
    "minus": _l("This cannot be less than nothing."),
    "release": _l("It is of a release, and stays. A newer release brings a newer figure."),
    "gone": _l("Somebody changed this reading in the meantime. Look at it as it is now."),
    "out_of": _l("“%(what)s” is no number of people."),
    "value": _l("“%(what)s” is no number we can read."),
    "measure": _l("The plan has no measure “%(what)s”."),
    "place": _l("The plan has no place “%(what)s”."),
    "source": _l("The source is too long: “%(what)s…”"),
    "story": _l("The story is too long: “%(what)s…”"),
    "labels": _l("In the story, “%(what)s” may label a child. Better: %(rather)s."),
    "twice": _l("The same measure, place and time stand in line %(what)s already."),
    "sign": _l("The sign beside the figure is not of the kind that this measure is."),
}
WRONG["when"] = WRONG["period"]
UNUSABLE: dict[str, Any] = {
    "too_long": _l("The file is too long: at most %(what)s lines."),
    "empty": _l("The file is empty."),
    "broken": _l("The file breaks off in line %(what)s: a quotation mark is open."),
    "column": _l("The first line names no column “%(what)s”."),
}


def why_not(code: str, what: str = "") -> str:
    """Why a reading cannot be taken."""
    return str(WRONG[code]) % {"what": what, "rather": rather().get(what.casefold(), "")}


def why_bad(bad: Bad) -> str:
    """Why a line was left out."""
    return why_not(bad.why, bad.what)


def why_unusable(unusable: Unusable) -> str:
    code, what = unusable.args
    return str(UNUSABLE[code]) % {"what": what}


def why_inside(few: Few) -> str:
    """Why a figure stays inside, for whoever entered it."""
    return str(INSIDE[few.why])


def became_words(became: str) -> str:
    """What became of a reading that was entered."""
    words = {"new": _("The reading is kept."), "corrected": _("It took the place of the one there was."), "same": _("It was there already.")}
    words |= {"saved": _("It is kept."), "numbers": _("The numbers are kept. What the plan prints stays as it is.")}
    return str(words.get(became, ""))
