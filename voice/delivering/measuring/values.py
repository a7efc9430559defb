"""How a value is written with its unit."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _


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
