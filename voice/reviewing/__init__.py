"""The board's room: 11 to 19 year olds hear a theme, weigh it in private, say their own words, and may say “that isn’t what they said”."""

from voice.reviewing.actions import AlreadySettled, WeighedTogether, mark_heard, object_to, settle, vote, write_words
from voice.reviewing.meeting.said import AskFacts, DecisionFacts, asks_to_leaders, came_of_asks, public_decisions
from voice.reviewing.queries import Heard, ObjectionFacts, board_words, heard_on, objected, objections, open_objection, ranking, review_of, tally
from voice.reviewing.termly.queries import Account, account, accounts
from voice.reviewing.termly.rules import Line as AccountLine

__all__ = [
    "Account",
    "AccountLine",
    "AlreadySettled",
    "AskFacts",
    "DecisionFacts",
    "Heard",
    "ObjectionFacts",
    "WeighedTogether",
    "account",
    "accounts",
    "asks_to_leaders",
    "board_words",
    "came_of_asks",
    "heard_on",
    "mark_heard",
    "object_to",
    "objected",
    "objections",
    "open_objection",
    "public_decisions",
    "ranking",
    "review_of",
    "settle",
    "tally",
    "vote",
    "write_words",
]
