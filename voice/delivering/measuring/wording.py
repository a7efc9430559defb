"""How figures of a measure are said."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from voice.delivering.measuring.rules import Few


def say_value(unit: str | None, per: int | None, value: float, noun: str = "") -> str:
    """A value with its unit: 68%, 25.6 in every 1,000, £1,800,000, 16 out of 16, 4 hours."""
    plain: str = format_decimal(value, format="#,##0.##")
    if unit == "percent":
        return f"{plain}%"
    if unit == "money":
        return f"£{plain}"
    if unit == "rate" and per:
        return str(_("%(num)s in every %(per)s", num=plain, per=format_decimal(per)))
    if unit == "score" and per:
        return str(_("%(num)s out of %(per)s", num=plain, per=format_decimal(per)))
    return f"{plain} {noun}" if noun else plain


def why_inside(few: Few) -> str:
    """Why a figure stays inside, for whoever entered it."""
    sentences = {
        "not_said": _("It stays inside until you say how many people it is out of. A share of very few could point at one of them."),
        "share_of_few": _("It is kept, and stays inside: it is about fewer than 10 people, and could point at one of them."),
        "count_of_few": _("It is kept, and stays inside: a count of 1 to 7 people could point at one of them."),
        "part_of_few": _("It is kept, and stays inside: worked out, it is about 1 to 7 people, and could point at one of them."),
    }
    return str(sentences[few.why])
