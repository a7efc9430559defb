"""The only door to numbers: tallies inside, releases for everyone. How many said it is said in words, frozen when a theme is published."""

from voice.counting.actions import freeze
from voice.counting.hearing import provide_answered
from voice.counting.measured import Told, told_of_measures, when_out
from voice.counting.pledges import give_out_kept
from voice.counting.published import (
    Bar,
    Chart,
    Reading,
    ReleaseFacts,
    Shown,
    Size,
    charts,
    current_release,
    cuts_of,
    lines,
    published_activities,
    reading_of,
    readings,
    release,
    releases_of,
    sizes,
    tied,
)
from voice.counting.quarters import Picked, Quarter, give_out_quarter, how_we_listen, in_themes, wrote
from voice.counting.queries import bands, came_from, how_many_answered, how_many_said, may_be_public
from voice.counting.releases import NothingMoves, begin_release, drop_release, link_measure, publish_release, unlink_measure
from voice.counting.results.exact import Line as ExactLine
from voice.counting.results.exact import exact_tables
from voice.counting.rules import FEWEST, FEWEST_SENDERS, STEPS
from voice.counting.showing import percent
from voice.counting.standing import Kept, at_least, kept_by_kind_and_age
from voice.counting.tallies import catch_up
from voice.counting.workers import count_again, keep_up

__all__ = [
    "FEWEST",
    "FEWEST_SENDERS",
    "STEPS",
    "Bar",
    "Chart",
    "ExactLine",
    "Kept",
    "NothingMoves",
    "Picked",
    "Quarter",
    "Reading",
    "ReleaseFacts",
    "Shown",
    "Size",
    "Told",
    "at_least",
    "bands",
    "begin_release",
    "came_from",
    "catch_up",
    "charts",
    "count_again",
    "current_release",
    "cuts_of",
    "drop_release",
    "exact_tables",
    "freeze",
    "give_out_kept",
    "give_out_quarter",
    "how_many_answered",
    "how_many_said",
    "how_we_listen",
    "in_themes",
    "keep_up",
    "kept_by_kind_and_age",
    "lines",
    "link_measure",
    "may_be_public",
    "percent",
    "provide_answered",
    "publish_release",
    "published_activities",
    "reading_of",
    "readings",
    "release",
    "releases_of",
    "sizes",
    "tied",
    "told_of_measures",
    "unlink_measure",
    "when_out",
    "wrote",
]
