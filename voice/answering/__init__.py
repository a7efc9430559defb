"""“We did”: done, doing, will do, or can’t because; first to the board, then out, then judged, followed up and, where need be, given anew."""

from voice.answering.actions import (
    CannotPublish,
    Draft,
    NotAnOwner,
    draft,
    give,
    judge,
    mark,
    publish,
    send_to_board,
)
from voice.answering.clock_rules import (
    QUESTIONS,
    SAID,
)
from voice.answering.facts import (
    AnswerFacts,
    Earlier,
    FollowUp,
    Milestone,
    WhereDecided,
)
from voice.answering.following import (
    Became,
    CannotFollowUp,
    follow_up,
)
from voice.answering.fours import (
    FourFs,
    four_fs,
)
from voice.answering.lateness import (
    StillWaiting,
    Waiting,
    late,
    still_waiting,
)
from voice.answering.listened import (
    said_of,
    say,
)
from voice.answering.milestones import (
    add_milestone,
    not_reached,
    reached,
)
from voice.answering.models import (
    DECIDED_BY,
    OUTCOMES,
)
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
from voice.answering.rules import (
    BOARD_DAYS,
    FEWEST_MARKS,
    STATES,
    VERDICTS,
    missing_from,
    why_not_yet,
)
from voice.answering.wordings import (
    CannotJoin,
    CannotLeave,
    add_theme,
    put_back,
    remove_theme,
)

__all__ = [
    "BOARD_DAYS",
    "DECIDED_BY",
    "FEWEST_MARKS",
    "OUTCOMES",
    "QUESTIONS",
    "SAID",
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
    "FourFs",
    "Milestone",
    "NotAnOwner",
    "StillWaiting",
    "Waiting",
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
    "four_fs",
    "give",
    "judge",
    "late",
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
    "said_of",
    "say",
    "send_to_board",
    "still_waiting",
    "why_not_yet",
    "years",
]
