"""How figures say what they count, for everyone."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice import plans
from voice.asking import ActivityFacts, Instrument, in_language, load_instrument
from voice.web.ages import AGES as BANDS
from voice.web.locale import LANGUAGES, language

WAYS: Final = {
    "web": _l("Link"),
    "qr": _l("QR code"),
    "group_code": _l("Code of a group"),
    "hand_over": _l("Handed over on one device"),
    "feedback_box": _l("Feedback box"),
    "assisted": _l("Someone wrote for them"),
    "api": _l("Another programme"),
    "import": _l("Brought in"),
    "paper": _l("Paper"),
    "event": _l("Event"),
    "demo": _l("Invented for the demo"),
}
MOST_READ: Final = 64
_READ: Final[dict[str, Instrument]] = {}
AGES: Final = BANDS | {"dont_know": _l("Did not know"), "rather_not": _l("Did not want to say")}


def value_labels(activity: ActivityFacts, fact: str) -> dict[str, str]:
    """What each value of a fact means; a value we do not know is not there."""
    if fact == "language":
        found = {code: each.name for code, each in LANGUAGES.items()}
    elif fact in ("way_in", "age_band"):
        found = {code: str(words) for code, words in (WAYS if fact == "way_in" else AGES).items()}
    else:
        places = {each.code: each.name for each in plans.places(activity.plan_id)} if fact == "place" else {}
        found = _offered(activity, fact) | places
    return found | {"": str(_("Did not say"))}


def instrument_of(activity: ActivityFacts) -> Instrument:
    """Its questions. They never change, so they are read once."""
    found = _READ.get(activity.digest)
    if found is None:
        if len(_READ) >= MOST_READ:
            _READ.clear()
        found = _READ[activity.digest] = load_instrument(activity.document, published=True)
    return found


def _offered(activity: ActivityFacts, fact: str) -> dict[str, str]:
    choices = [choice for each in instrument_of(activity).questions if each.role == fact for choice in (*each.choices, *each.skips)]
    return {each.name: in_language(each.label, language().code).text for each in choices}
