"""What an officer reads about an activity: how it stands, and how people come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from voice import asking
from voice.asking import ActivityFacts
from voice.inviting.forms import KIND_WORDS
from voice.inviting.queries import groups

__all__ = ["KIND_WORDS", "Shelf", "State", "WayIn", "shelves", "state", "ways_words"]

WHY_CLOSED: Final = {
    "not_yet": _l("It is to come."),
    "over": _l("It is over."),
    "no_readers": _l("Nobody can answer it. Two trained safeguarding leads are needed, a practice alert in the last seven days, and stated hours."),
    "no_dpia": _l("Nobody can answer it yet. Name the impact assessment (DPIA) that covers it."),
    "no_gate": _l("Nobody can answer it: nothing here looks after what young people would say."),
}


@dataclass(frozen=True)
class State:
    """How an activity stands: `code` is open, not_yet, over or closed; `why` says it in words where it is not open."""

    code: str
    why: Any = None


@dataclass(frozen=True)
class WayIn:
    """Another way in that a later room has, for an activity's page: a link to open, and what to put into another site’s page."""

    title: Any
    words: Any
    url: str
    snippet: str | None = None


@dataclass(frozen=True)
class Shelf:
    """Activities that stand alike."""

    title: Any
    activities: list[tuple[ActivityFacts, State]]


def state(found: ActivityFacts) -> State:
    why = asking.closed_because(found)
    if why is None:
        return State("open")
    return State(why if why in ("not_yet", "over") else "closed", WHY_CLOSED.get(why, _l("Nobody can answer it yet.")))


def shelves(found: Sequence[ActivityFacts]) -> list[Shelf]:
    """Open and kept shut first, then what is to come, then what is over; no empty shelf."""
    standing = [(each, state(each)) for each in found]
    order = [(("open", "closed"), _l("Open now")), (("not_yet",), _l("To come")), (("over",), _l("Over"))]
    made = [Shelf(title, [pair for pair in standing if pair[1].code in codes]) for codes, title in order]
    return [shelf for shelf in made if shelf.activities]


def ways_words(found: ActivityFacts) -> str:
    """How people come in, in one line."""
    many = len(groups(found.id))
    parts = [_("link and poster")]
    parts += [ngettext("%(num)s group", "%(num)s groups", many)] if many else []
    parts += [_("feedback box on other sites")] if found.embed_hosts else []
    parts += [_("again each term")] if found.repeats else []
    return ", ".join(str(part) for part in parts)
