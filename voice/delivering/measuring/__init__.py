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

__all__ = [
    "FromRelease",
    "MeasureStory",
    "Numbers",
    "ReadingFacts",
    "all_measure_stories",
    "measure_stories",
    "measure_story",
    "owned_by",
    "owners_of",
]
