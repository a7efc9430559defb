"""“We did”: done, doing, will do, or can’t because; first to the board, then out, then judged, followed up and, where need be, given anew."""

from voice.answering.actions import CannotPublish, Draft, NotAnOwner, draft, give, judge, mark, publish, send_to_board
from voice.answering.facts import AnswerFacts, Earlier, FollowUp, Milestone, WhereDecided
from voice.answering.following import Became, CannotFollowUp, follow_up
from voice.answering.milestones import add_milestone, not_reached, reached
from voice.answering.models import DECIDED_BY, OUTCOMES
from voice.answering.queries import (
    answer,
    answer_for,
    answers_for,
    board_verdict,
    doubted,
    due_for_board,
    mark_of,
    marks,
    public_answer,
    public_answers,
    public_days,
    published,
    years,
)
from voice.answering.rules import BOARD_DAYS, FEWEST_MARKS, STATES, VERDICTS, missing_from, why_not_yet
from voice.answering.wordings import CannotJoin, CannotLeave, add_theme, put_back, remove_theme

__all__ = [
    "BOARD_DAYS",
    "DECIDED_BY",
    "FEWEST_MARKS",
    "OUTCOMES",
    "STATES",
    "VERDICTS",
    "AnswerFacts",
    "Became",
    "CannotFollowUp",
    "CannotJoin",
    "CannotLeave",
    "CannotPublish",
    "Draft",
    "Earlier",
    "FollowUp",
    "Milestone",
    "NotAnOwner",
    "WhereDecided",
    "add_milestone",
    "add_theme",
    "answer",
    "answer_for",
    "answers_for",
    "board_verdict",
    "doubted",
    "draft",
    "due_for_board",
    "follow_up",
    "give",
    "judge",
    "mark",
    "mark_of",
    "marks",
    "missing_from",
    "not_reached",
    "public_answer",
    "public_answers",
    "public_days",
    "publish",
    "published",
    "put_back",
    "reached",
    "remove_theme",
    "send_to_board",
    "why_not_yet",
    "years",
]
