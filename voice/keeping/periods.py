"""How long everything is kept, as this installation is set. Facts print it as it is; a page says it in its languages, by `name` and `since`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from voice.config import Keep, settings
from voice.keeping.arriving import AT_MOST, KEPT

Unit = Literal["seconds", "minutes", "hours", "days", "months"]
PHONE_DAYS = 30  # what a phone sealed and could not send; counted on the phone
REFUSED_DAYS = 7  # so long whoever decided that a picture is not shown may think again
DRAFT_HOURS = 24  # what a phone keeps of an answer that was begun, where its owner chose so
PICTURE_SECONDS = 60  # an upload as it came, in memory alone
MARK_MINUTES = KEPT // timedelta(minutes=1)  # rows with keyed hashes that tell a machine from a class (voice.keeping.arriving, .slowing)
MARK_HOURS = AT_MOST // timedelta(hours=1)  # the same of a rush that nobody set aside, because the worker stood still


@dataclass(frozen=True)
class Period:
    """One thing and its last day: `how_long` and `unit` after `since`; `name` is the rule’s in `voice retention` where there is one."""

    name: str
    what: str
    how_long: int
    unit: Unit
    since: str
    why: str


def periods(keep: Keep | None = None) -> tuple[Period, ...]:
    """In the order a person would ask: what I said first, then what the council keeps about itself."""
    keep = keep or settings().keep
    return (*_of_what_was_said(keep), *_of_worries(keep), *_of_the_house(keep))


def _of_what_was_said(keep: Keep) -> tuple[Period, ...]:
    return (
        Period("phone", "An answer your phone could not send", PHONE_DAYS, "days", "you pressed send", "So that it is not lost without a signal."),
        Period("draft", "An answer you began and chose to keep", DRAFT_HOURS, "hours", "you began", "So that you can go on with it."),
        Period("receipts", "Your receipt", keep.link_months, "months", "we answered", "So that you can see the answer, or take yours back."),
        Period("receipts", "Your receipt, at most", keep.link_at_most_months, "months", "you sent it", "So that nothing leads to you for long."),
        Period("answers", "What you said, with nothing that tells who you are", keep.answers_months, "months", "we answered", "To see what changed."),
        Period("pledges", "A pledge", keep.pledges_months, "months", "you sent it", "So that others can see it for a year."),
        Period("ended_pledges", "A pledge, after the last day you chose", 1, "days", "that day", "So that it ends when you said."),
        Period("pictures", "A picture, after the last day you chose", 1, "days", "that day", "So that it ends when you said."),
        Period("refused pictures", "A picture we do not show", REFUSED_DAYS, "days", "somebody decided so", "So that they can think again."),
        Period(
            "marks", "A mark made from where it came from", MARK_MINUTES, "minutes", "it came", "To tell a machine from a class. No address is kept."
        ),
        Period("marks", "The same, where very many come at once", MARK_HOURS, "hours", "it came, at most", "So that a person can judge the rush."),
    )


def _of_worries(keep: Keep) -> tuple[Period, ...]:
    days, months, closed = keep.concern_words_days, keep.concern_months, "it was closed"
    return (
        Period("contact details", "How to reach you", keep.contact_days, "days", "we last wrote or rang", "So that we can reach you."),
        Period("words that worried us", "Words that made us worried, if you took them back", days, "days", closed, "So that someone can help."),
        Period("locked pictures", "Pictures that made us worried, if you took them back", days, "days", closed, "So that someone can help."),
        Period("pictures held", "The same, where the worry was none", 1, "days", "that was clear", "So that it goes at once."),
        Period("concerns", "That we were worried: the dates and what was done", months, "months", closed, "So that we can show what was done."),
    )


def _of_the_house(keep: Keep) -> tuple[Period, ...]:
    reads, rest = keep.reads_months, keep.record_months
    board, drafts = keep.board_months, keep.drafts_months
    return (
        Period("record", "Who read words that made us worried", reads, "months", "they read them", "So that nobody reads them without a trace."),
        Period("record", "Who did anything else with what was said", rest, "months", "they did it", "So that it can be asked about."),
        Period("drafts", "An answer of the council that nobody published", drafts, "months", "it was written", "So that it can be finished."),
        Period("asked", "That somebody was asked how things go", rest, "months", "they were asked", "So that it can be asked about."),
        Period("board_notes", "What the board noted in a meeting", board, "months", "the meeting", "So that the board can look back."),
        Period("board_talks", "That somebody wished for a talk after a meeting", board, "months", "the meeting", "So that someone looks in."),
        Period("board_meetings", "Who was at a meeting of the board", board, "months", "the meeting", "So that the board can look back."),
        Period(
            "draft comments", "What a board member thought of a draft", drafts, "months", "it went to its owner", "So that the board can look back."
        ),
        Period("council decisions", "What a school council decided and nobody passed on", drafts, "months", "it was sent", "So that it can be read."),
        Period("invitations", "Invitations to sign in", keep.codes_days, "days", "they ended", "So that a late one is told kindly that it ended."),
        Period("exports", "Who asked for words as a file, and why", rest, "months", "they asked", "So that it can be asked about."),
        Period("names", "The name and address of somebody who worked here", rest, "months", "they left", "So that the record can say who it was."),
        Period("names", "The same, where they did something about a worry", reads, "months", "they left", "So that nobody reads without a trace."),
        Period("letters", "Letters that wait to be sent", keep.letters_days, "days", "they were written", "So that they arrive."),
        Period("news", "Where to write to when there is news", keep.news_days, "days", "the last letter", "So that we can say there is news."),
        Period("news counts", "How many first letters an address was sent", 1, "days", "that day", "So that nobody is buried in letters."),
        Period("partner pledges", "What a group says it will do, where nobody confirms it", 14, "days", "it was sent", "So that they can."),
        Period("partner contacts", "Where to write to about what a group said it will do", 12, "months", "its day", "So that we can ask."),
        Period("codes", "Codes of a group", keep.codes_days, "days", "they ended", "So that a late one is told kindly that it ended."),
        Period(
            "backups",
            "Copies for an emergency",
            keep.backups_days,
            "days",
            "they were made",
            "So that nothing is lost. What you took back stays gone.",
        ),
        Period(
            "tombstones",
            "That something was taken back, and nothing of what",
            keep.tombstones_months,
            "months",
            "it was taken back",
            "So that it stays gone.",
        ),
    )
