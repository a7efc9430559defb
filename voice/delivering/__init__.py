"""What is done: actions, measures and their readings, what partners pledge, and the annual review that sums it up."""

from voice.delivering.doing import (
    STATUSES,
    ActionProgress,
    CarriedOut,
    MilestoneFacts,
    OwnerFacts,
    Quarter,
    UpdateFacts,
    actions_for,
    actions_in,
    all_progress,
    carried_out_by,
    history,
    progress,
    quarter_of,
    said_between,
)

__all__ = [
    "STATUSES",
    "ActionProgress",
    "CarriedOut",
    "MilestoneFacts",
    "OwnerFacts",
    "Quarter",
    "UpdateFacts",
    "actions_for",
    "actions_in",
    "all_progress",
    "carried_out_by",
    "history",
    "progress",
    "quarter_of",
    "said_between",
]
