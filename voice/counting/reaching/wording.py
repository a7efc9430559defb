"""How these pages, and the command, say what they found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice.counting.reaching.populations import BANDS
from voice.counting.reaching.rules import Gap, Share
from voice.tables import Bad, Unusable
from voice.web.ages import AGES

OF_AGE: Final = {
    "under_8": _l("children of 7 or younger"),
    "8_10": _l("8 to 10 year olds"),
    "11_13": _l("11 to 13 year olds"),
    "14_16": _l("14 to 16 year olds"),
    "17_19": _l("17 to 19 year olds"),
    "20_25": _l("20 to 25 year olds"),
}
UNUSABLE: Final = {
    "empty": _l("There is nothing in it. The first line names the columns; the template has them."),
    "too_long": _l("It has more than %(what)s lines. Take out what is not of this county."),
    "column": _l("It has no column “%(what)s”. The first line names the columns; the template has them."),
    "broken": _l("It cannot be read as a table at line %(what)s. Save it as CSV and try again."),
}
WRONG: Final = {
    "place": _l("“%(what)s” is none of the plan’s places. Leave it empty for the whole county."),
    "age": _l("“%(what)s” is none of our ages."),
    "people": _l("“%(what)s” is not a whole number of people."),
    "year": _l("“%(what)s” is not a year. Name the year the figure is of."),
    "source": _l("It does not say where the figure is from, in 300 letters or fewer."),
    "link": _l("“%(what)s” is not an address. It begins with https://"),
}
REASONS: Final = {
    "names_someone": _l("They name somebody"),
    "could_be_known": _l("Somebody could be known by them"),
    "unkind_to_someone": _l("They are unkind to somebody"),
    "not_about_this": _l("They are not about this"),
    "someone_at_risk": _l("Somebody may be at risk, which a safeguarding lead looks after"),
    "not_readable": _l("They cannot be read"),
}
BESIDE: Final = {
    "less": _l("fewer than their share"),
    "more": _l("more than their share"),
    "same": _l("about their share"),
    "unsure": _l("too few to say"),
}


def age_names() -> dict[str, str]:
    """The ages of children and young people, as they are said."""
    return {band: str(AGES[band]) for band in BANDS}


def why_unusable(unusable: Unusable) -> str:
    code, what = unusable.args
    return str(UNUSABLE[code]) % {"what": what}


def why_bad(bad: Bad) -> str:
    return str(WRONG[bad.why]) % {"what": bad.what}


def number(people: int) -> str:
    """A whole number with its thousands set apart."""
    words: str = format_decimal(people)
    return words


def where(place: str, names: Mapping[str, str]) -> str:
    return names.get(place, place) if place else str(_("the whole county"))


def behind(gap: Gap, names: Mapping[str, str]) -> str:
    """What we know of a group that falls behind, first of all in words."""
    given = {"who": OF_AGE[gap.age], "place": where(gap.place, names), "rate": number(gap.per_thousand)}
    if gap.people is None:
        return str(_("%(who)s in %(place)s: fewer than %(rate)s in every 1,000", **given))
    return str(_("%(who)s in %(place)s: %(rate)s in every 1,000", **given))


def details(gap: Gap) -> str:
    """The figures behind it."""
    people = _("Fewer than 10") if gap.people is None else number(gap.people)
    given = {"people": people, "children": number(gap.children), "missing": number(gap.missing)}
    return str(_("%(people)s of %(children)s took part. As many as elsewhere would be %(missing)s more.", **given))


def between(found: Share | None) -> str:
    """A share with the figures it may lie between."""
    if found is None:
        return str(_("too few to say"))
    return str(_("%(percent)s (%(low)s to %(high)s)", percent=found.percent, low=found.low, high=found.high))


def reason(code: str) -> Any:
    return REASONS.get(code, code)
