"""A pledge comes in, by the page’s own form or sealed from a phone: one way for both."""

from __future__ import annotations

from datetime import timedelta

from voice import imaging, keeping, safeguarding
from voice.imaging import Edit, Refused
from voice.pledging.actions import Shot, Showing, digest_of, make_pledge
from voice.pledging.forms import PledgeForm
from voice.web.locale import language
from voice.web.senders import sender


def may_come(within: timedelta) -> bool:
    """Whether there is somebody to read it, or was when it was begun."""
    return safeguarding.may_write() or safeguarding.takes_what_was_begun(None, within)


def take_in(form: PledgeForm, key: str, sent: bytes) -> keeping.Kept:
    """Keep what a whole form says, with the picture in `sent` where its maker says yes to it; without that yes no picture is even opened.

    Raises:
        Refused: the picture cannot be taken.
        DifferentWords, AlreadyTakenBack, StoreAway: as `make_pledge`.
        Slowed: as `keeping.wait_your_turn`.
    """
    keeping.wait_your_turn(_from())
    shot = _shot(form, sent) if form.has_picture and form.picture_ok.data == "yes" else None
    kind = form.kind.data if shot or not form.has_picture else "words"
    kept = make_pledge(
        key,
        form.pledge.data,
        form.avatar,
        priority=form.priority.data,
        place=form.place.data,
        language=language().code,
        showing=Showing(kind=kind, is_under_13=form.age.data == "under_13", months=int(form.months.data)),
        shot=shot,
    )
    if kept.is_new:
        keeping.note_arrival(kept.submission_id, _from())
    return kept


def _from() -> str:
    """A mark of its own: what its maker answers in the same minutes cannot be matched with it."""
    return f"pledge {sender()}"


def _shot(form: PledgeForm, sent: bytes) -> Shot:
    if not sent:
        raise Refused("nothing")
    turn, alt, cover = int(form.picture_turn.data), form.picture_alt.data or "", bool(form.picture_cover.data)
    return Shot(clean=imaging.clean(sent, Edit(turn=turn)), digest=digest_of(sent, turn, alt, cover), alt=alt, cover_faces=cover)
