"""What is done: actions, measures and their readings, what partners pledge, and the annual review that sums it up."""

from voice.delivering.doing import STATUSES, ActionProgress, MilestoneFacts, OwnerFacts, UpdateFacts, actions_in, all_progress, history, progress

__all__ = ["STATUSES", "ActionProgress", "MilestoneFacts", "OwnerFacts", "UpdateFacts", "actions_in", "all_progress", "history", "progress"]
