"""“We did”: done, doing, will do, or can’t because; to the board first, then to everyone, then judged."""

from voice.answering.actions import CannotPublish, Draft, NotAnOwner, draft, give, judge, mark, publish, send_to_board
from voice.answering.queries import AnswerFacts, answer, answer_for, answers_for, board_verdict, due_for_board, mark_of, marks, published, years
from voice.answering.rules import BOARD_DAYS, STATES, VERDICTS, missing_from, why_not_yet

__all__ = [
    "BOARD_DAYS",
    "STATES",
    "VERDICTS",
    "AnswerFacts",
    "CannotPublish",
    "Draft",
    "NotAnOwner",
    "answer",
    "answer_for",
    "answers_for",
    "board_verdict",
    "draft",
    "due_for_board",
    "give",
    "judge",
    "mark",
    "mark_of",
    "marks",
    "missing_from",
    "publish",
    "published",
    "send_to_board",
    "why_not_yet",
    "years",
]
