"""What a change says in words, words first."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from voice.counting.pairing.change import FEWEST, Change, Share


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
    said = [
        (_("%(num)s moved up", num=change.up), change.up),
        (_("%(num)s stayed", num=change.same), change.same),
        (_("%(num)s moved down", num=change.down), change.down),
    ]
    shown = ", ".join(str(words) for words, figure in said if figure is not None)
    of = ngettext("Of %(num)s person who answered both times", "Of %(num)s people who answered both times", change.people)
    if not shown:
        return str(_("%(of)s, too few moved one way to say more.", of=of))
    few = "" if all(figure is not None for _words, figure in said) else " " + _("The rest are too few to tell apart.")
    return f"{of}, {shown}.{few}"


def sureness(change: Change) -> str:
    """Whether it could be chance, and how far off it may be."""
    if change.least is None or change.most is None:
        return ""
    between = _("Of every 100 young people like these, between %(least)s and %(most)s say yes.", least=_more(change.least), most=_more(change.most))
    first = _("This is more than chance would give.") if change.is_sure else _("This could be chance.")
    return f"{first} {between}"


def _more(points: int) -> str:
    if points == 0:
        return str(_("none more"))
    return str(_("%(num)s more", num=points) if points > 0 else _("%(num)s fewer", num=-points))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
