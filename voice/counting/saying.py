"""How figures say what they count, for everyone."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice import plans
from voice.asking import ActivityFacts, in_language, load_instrument
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
AGES: Final = {
    "under_8": _l("7 or younger"),
    "8_10": _l("8 to 10"),
    "11_13": _l("11 to 13"),
    "14_16": _l("14 to 16"),
    "17_19": _l("17 to 19"),
    "20_25": _l("20 to 25"),
    "adult": _l("26 or older"),
    "dont_know": _l("Did not know"),
    "rather_not": _l("Did not want to say"),
}


def value_words(activity: ActivityFacts, fact: str, value: str) -> str:
    """What one value of a fact means; the code itself where it is none we know."""
    if not value:
        return str(_("Did not say"))
    if fact == "language":
        return LANGUAGES[value].name if value in LANGUAGES else value
    known: dict[str, Any] = {"way_in": WAYS, "age_band": AGES, "place": _places(activity)}.get(fact, {})
    return str(known[value]) if value in known else _offered(activity, fact, value)


def _places(activity: ActivityFacts) -> dict[str, str]:
    return {each.code: each.name for each in plans.places(activity.plan_id)}


def _offered(activity: ActivityFacts, fact: str, value: str) -> str:
    questions = load_instrument(activity.document, published=True).questions
    found = [choice for each in questions if each.role == fact for choice in (*each.choices, *each.skips) if choice.name == value]
    return in_language(found[0].label, language().code).text if found else value
