"""The only door to numbers. Until releases exist it speaks in words, frozen when a theme is published."""

from voice.counting.actions import freeze
from voice.counting.queries import how_many_answered, how_many_said, may_be_public
from voice.counting.rules import FEWEST, FEWEST_SENDERS

__all__ = ["FEWEST", "FEWEST_SENDERS", "freeze", "how_many_answered", "how_many_said", "may_be_public"]
