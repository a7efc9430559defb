"""How the answers desk says stages, refusals and marks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice.answering.rules import FEWEST_MARKS, alone_from, board_has_until
from voice.web.locale import day


def stage_words() -> dict[str, str]:
    return {
        "unanswered": _("Heard, and not answered"),
        "draft": _("Drafts"),
        "with_board": _("With the board"),
        "ready": _("The board has had its say or its days"),
        "overdue": _("We said we would look again"),
        "again": _("Asked to look again"),
        "out": _("Published"),
        "unheard": _("Not heard by the board yet"),
    }


def stopped_words(why: str, sent_to_board_on: date | None, written_at: datetime | None = None, elsewhere: str | None = None) -> str:
    """What is missing before an answer may go out, and by when. `elsewhere`: the sentence of another of its themes, where that is what stops it."""
    if elsewhere:
        return f"“{elsewhere}” {_elsewhere(why)}"
    if why == "with_board" and sent_to_board_on:
        until = day(board_has_until(sent_to_board_on))
        return str(_("The board has it. It may go out once the board has judged it, or on %(day)s.", day=until))
    if why == "alone" and written_at:
        when = alone_from(written_at)
        words = _(
            "You wrote this, or it is yours to answer. Another publisher can send it out now; you can from %(day)s, %(time)s (UTC).",
            day=day(when.date()),
            time=f"{when:%H:%M}",
        )
        return str(words)
    return str(
        {
            "too_few": _("Fewer than three people said this. It stays inside until more do."),
            "objection": _("The board says “that isn’t what they said”. Settle that first, on this page."),
            "not_sent": _("The board has not seen it. Send it to the board: it has seven days."),
        }.get(why, _("A part of the answer is missing. Open it and fill it in."))
    )


def _elsewhere(why: str) -> str:
    if why == "too_few":
        return str(_("is answered too, and fewer than three people said it. Take it out of this answer, or wait until more do."))
    return str(_("is answered too, and the board says of it “that isn’t what they said”. Settle that first, on its own page."))


def leaving_words(why: str) -> str:
    """Why a theme may not be taken out of an answer."""
    sentences = {
        "public": _("Everyone can read this answer there. It stays: write a new answer instead."),
        "last": _("An answer answers something. Add another theme first, or leave this one."),
    }
    return str(sentences[why])


def verdict_words() -> dict[str, str]:
    return {"fair": _l("Fair"), "not_yet": _l("Not yet"), "not_answered": _l("Not answered")}


def marks_words(marks: Mapping[str, int]) -> list[str]:
    """What senders thought of it, in words; fewer than three say nothing."""
    sentences = {"fair": _("Some who said this say it is fair."), "not_good_enough": _("Some who said this say it is not good enough.")}
    return [words for mark, words in sentences.items() if marks.get(mark, 0) >= FEWEST_MARKS]
