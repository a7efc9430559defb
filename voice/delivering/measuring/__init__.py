"""Measures: baseline, target, readings, and the story behind the figure."""

from voice.delivering.measuring.queries import (
    FromRelease,
    MeasureStory,
    Numbers,
    ReadingFacts,
    all_measure_stories,
    measure_stories,
    measure_story,
    owned_by,
    owners_of,
)
from voice.delivering.measuring.saying import Bar, Shown, bars, shown, when_words

__all__ = [
    "Bar",
    "FromRelease",
    "MeasureStory",
    "Numbers",
    "ReadingFacts",
    "Shown",
    "all_measure_stories",
    "bars",
    "measure_stories",
    "measure_story",
    "owned_by",
    "owners_of",
    "shown",
    "when_words",
]
