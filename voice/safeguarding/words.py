"""What kinds of worry and outcomes are called on the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from voice.safeguarding.models import ACTS, OUTCOMES

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
    "running_away": _l("running away, or nowhere to stay"),
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
            _l("Handed over to the council’s case system"),
            _l("Referred to children’s social care"),
            _l("Passed to 999"),
            _l("Passed to the LADO"),
            _l("Passed to the school’s safeguarding lead"),
            _l("Advice left"),
            _l("No further action"),
        ),
        strict=True,
    )
)

ACT_WORDS: dict[str, Any] = dict(
    zip(
        ACTS,
        (
            _l("999 was called"),
            _l("Referred to the MASH"),
            _l("The MASH acknowledged"),
            _l("Told the LADO"),
            _l("The LADO acknowledged"),
            _l("Told the school’s safeguarding lead"),
            _l("Asked for advice"),
            _l("Tried to find out who it is"),
            _l("Handed over to the case system"),
        ),
        strict=True,
    )
)

AWAITED_WORDS: dict[str, Any] = {
    "referred_to_mash": _l("The MASH has not acknowledged"),
    "told_lado": _l("The LADO has not acknowledged"),
    "tell_lado": _l("It is about somebody who works with children: tell the LADO"),
}
GAP_WORDS: dict[str, Any] = {
    "no_turn": _l("no turn on the rota"),
    "nobody": _l("nobody is on"),
    "one_alone": _l("one person alone, with no deputy"),
}
DAYS: tuple[Any, ...] = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))
PARTS: dict[str, Any] = {
    "worker": _l("the work in the background"),
    "jobs": _l("a job of the schedule"),
    "alerts": _l("alerts to the safeguarding leads"),
    "post": _l("letters"),
    "screen": _l("the screen that looks for worries"),
    "broker": _l("the broker that tells workers what is due; they look by themselves meanwhile"),
    "scanner": _l("the virus scanner that pictures wait for"),
    "clock": _l("the clock of the machine"),
}


def clock_words(minutes: int) -> str:
    """Local minutes after midnight as a time of day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def waited(time: timedelta) -> str:
    """How long something has waited, in the largest unit that says enough."""
    minutes = max(int(time.total_seconds() // 60), 0)
    if minutes < 120:
        words = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    elif minutes < 48 * 60:
        words = ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    else:
        words = ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60))
    return str(words)


def kind_words(kinds: tuple[str, ...]) -> str:
    """The kinds of worry in plain words, one after the other; a person’s worry has none."""
    return ", ".join(str(KINDS.get(kind) or ASKED.get(kind, kind)) for kind in kinds)
