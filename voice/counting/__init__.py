"""The only door to numbers. Until releases exist it speaks in words, frozen when a theme is published."""

from voice.counting.actions import freeze, release_counts
from voice.counting.queries import breakdowns, came_from, how_many_answered, how_many_said, may_be_public
from voice.counting.rules import FEWEST, FEWEST_SENDERS, STEPS, Table
from voice.counting.standing import Kept, at_least, kept_by_kind_and_age

__all__ = [
    "FEWEST",
    "FEWEST_SENDERS",
    "STEPS",
    "Kept",
    "Table",
    "at_least",
    "breakdowns",
    "came_from",
    "freeze",
    "how_many_answered",
    "how_many_said",
    "kept_by_kind_and_age",
    "may_be_public",
    "release_counts",
]
