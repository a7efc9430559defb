"""Actions: how far they are, their milestones, who says so and when they are asked."""

from voice.delivering.doing.public_pages import address_of
from voice.delivering.doing.queries import (
    ActionProgress,
    MilestoneFacts,
    OwnerFacts,
    UpdateFacts,
    actions_in,
    all_progress,
    history,
    progress,
    said_between,
)
from voice.delivering.doing.rules import STATUSES, Quarter, quarter_of
from voice.delivering.doing.ties import CarriedOut, actions_for, carried_out_by

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
    "address_of",
    "all_progress",
    "carried_out_by",
    "history",
    "progress",
    "quarter_of",
    "said_between",
]
