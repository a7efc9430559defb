"""Actions: how far they are, their milestones, who says so and when they are asked."""

from voice.delivering.doing.queries import (
    ActionProgress,
    MilestoneFacts,
    OwnerFacts,
    UpdateFacts,
    actions_in,
    all_progress,
    history,
    progress,
)
from voice.delivering.doing.rules import STATUSES

__all__ = ["STATUSES", "ActionProgress", "MilestoneFacts", "OwnerFacts", "UpdateFacts", "actions_in", "all_progress", "history", "progress"]
