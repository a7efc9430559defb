"""Asking: activities, and the instruments they use. The door of the room; questions are data, rules are plain Python."""

from voice.asking.actions import open_activity, publish_instrument
from voice.asking.gates import closed_because, gates_of
from voice.asking.queries import ActivityFacts, activities, activity, activity_by_id

__all__ = ["ActivityFacts", "activities", "activity", "activity_by_id", "closed_because", "gates_of", "open_activity", "publish_instrument"]
