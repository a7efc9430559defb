"""What a change says in words, words first."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from voice.counting.pairing.change import Change, Share
from voice.counting.rules import FEWEST


def how_many(share: Share) -> str:
    """“6 in 10”; “fewer than 3 in 10” where the exact figure is of too few."""
    texts = {"about": _("%(num)s in 10", num=share.tenths), "under": _("fewer than %(num)s in 10", num=share.tenths)}
    return str(texts.get(share.bound) or _("more than %(num)s in 10", num=share.tenths))


def headline(change: Change) -> str:
    """How many say yes now, and how many did at the start."""
    if change.people is None:
        return str(_("Too few to say. Fewer than %(few)s people answered this both times.", few=FEWEST))
    if change.before is None or change.after is None:
        return str(_("%(num)s people answered this both times. That is too few to say how many said yes.", num=change.people))
    if change.before == change.after:
        return _capital(_("%(now)s say yes now, as at the start.", now=how_many(change.after)))
    return _capital(_("%(now)s say yes now; at the start it was %(then)s.", now=how_many(change.after), then=how_many(change.before)))


def moves(change: Change) -> str:
    """How many moved up, stayed and moved down."""
    if change.people is None:
        return ""
    figures = {
        "up": (change.up, _("%(num)s moved up", num=change.up)),
        "same": (change.same, _("%(num)s stayed", num=change.same)),
        "down": (change.down, _("%(num)s moved down", num=change.down)),
    }
    shown = [words for figure, words in figures.values() if figure is not None]
    of = ngettext("Of %(num)s person who answered both times", "Of %(num)s people who answered both times", change.people)
    if not shown:
        return str(_("%(of)s, too few moved one way or the other to say how many.", of=of))
    first = f"{of}, {', '.join(shown)}."
    hidden = "-".join(name for name, (figure, _words) in figures.items() if figure is None)
    return first if not hidden else f"{first} {_hidden(hidden)}"


def _hidden(which: str) -> str:
    names = {
        "same-down": _("How many stayed or moved down is not shown: one of the two is fewer than %(few)s.", few=FEWEST),
        "up-same": _("How many moved up or stayed is not shown: one of the two is fewer than %(few)s.", few=FEWEST),
        "up-down": _("How many moved up or down is not shown: one of the two is fewer than %(few)s.", few=FEWEST),
    }
    return str(names[which])


def sureness(change: Change) -> str:
    """Whether it could be chance, and how far off it may be."""
    if change.least is None or change.most is None:
        return ""
    between = _("Of every 100 young people like these, between %(least)s and %(most)s say yes.", least=more(change.least), most=more(change.most))
    first = _("This is more than chance would give.") if change.is_sure else _("This could be chance.")
    return f"{first} {between}"


def more(points: int) -> str:
    """So many more or fewer of 100."""
    if points == 0:
        return str(_("none more"))
    return str(_("%(num)s more", num=points) if points > 0 else _("%(num)s fewer", num=-points))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
