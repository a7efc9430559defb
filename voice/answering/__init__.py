"""“We did”: done, doing, will do, or can’t because; to the board first, then to everyone, then judged."""

from voice.answering.actions import CannotPublish, Draft, NotAnOwner, draft, give, judge, mark, publish, send_to_board
from voice.answering.clock_rules import QUESTIONS, SAID
from voice.answering.four_fs import FourFs, four_fs
from voice.answering.lateness import StillWaiting, late, still_waiting
from voice.answering.listened import said_of, say
from voice.answering.queries import AnswerFacts, answer, answer_for, answers_for, board_verdict, due_for_board, mark_of, marks, published, years
from voice.answering.rules import BOARD_DAYS, STATES, VERDICTS, missing_from, why_not_yet

__all__ = [
    "BOARD_DAYS",
    "QUESTIONS",
    "SAID",
    "STATES",
    "VERDICTS",
    "AnswerFacts",
    "CannotPublish",
    "Draft",
    "FourFs",
    "NotAnOwner",
    "StillWaiting",
    "answer",
    "answer_for",
    "answers_for",
    "board_verdict",
    "draft",
    "due_for_board",
    "four_fs",
    "give",
    "judge",
    "late",
    "mark",
    "mark_of",
    "marks",
    "missing_from",
    "publish",
    "published",
    "said_of",
    "say",
    "send_to_board",
    "still_waiting",
    "why_not_yet",
    "years",
]
