"""What is done: actions, measures and their readings, what partners pledge, and the annual review that sums it up."""

from voice.delivering.measuring import (
    FromRelease,
    MeasureStory,
    ReadingFacts,
    Shown,
    all_measure_stories,
    bars,
    measure_stories,
    measure_story,
    owned_by,
    owners_of,
    shown,
    when_words,
)

__all__ = [
    "FromRelease",
    "MeasureStory",
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
