"""What kinds of worry and outcomes are called on the page."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from voice.safeguarding.models import OUTCOMES

KINDS: dict[str, Any] = {
    "asking_for_help": _l("asks for help"),
    "bullying_threat": _l("bullying or threats"),
    "domestic_abuse": _l("violence at home"),
    "emotional": _l("hurtful treatment"),
    "exploitation": _l("being used by others"),
    "fgm_forced_marriage": _l("forced marriage or cutting"),
    "neglect": _l("not looked after"),
    "online_harm": _l("harm online"),
    "physical": _l("being hurt"),
    "self_harm": _l("hurting themselves"),
    "sexual": _l("sexual harm"),
    "staff_allegation": _l("an adult in a position of trust"),
    "young_carer_crisis": _l("a young carer who cannot go on"),
}

ASKED: dict[str, Any] = {"contact_asked": _l("wants us to contact them")}
"""What no screen finds: its sender said so."""

OUTCOME_WORDS: dict[str, Any] = dict(
    zip(
        OUTCOMES,
        (
            _l("Referred to children’s social care"),
            _l("Passed to 999"),
            _l("Passed to the school’s safeguarding lead"),
            _l("Advice left"),
            _l("No further action"),
        ),
        strict=True,
    )
)


def kind_words(kinds: tuple[str, ...]) -> str:
    """The kinds of worry in plain words, one after the other; a person’s worry has none."""
    return ", ".join(str(KINDS.get(kind) or ASKED.get(kind, kind)) for kind in kinds)
