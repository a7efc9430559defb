"""The Children and Young People's Plan as versioned data: what a view may be tied to, and what the county promised."""

from voice.plans.actions import Imported, edit_phrases, import_plan, make_current
from voice.plans.library import BrokenPlan, library_slugs, read_plan
from voice.plans.queries import (
    ActionFacts,
    MeasureFacts,
    Place,
    PlanFacts,
    PriorityFacts,
    action,
    actions_of,
    all_actions,
    all_plans,
    current_plan,
    document_of,
    measures_of,
    places,
    priorities,
    priority,
    priority_by_id,
)

__all__ = [
    "ActionFacts",
    "BrokenPlan",
    "Imported",
    "MeasureFacts",
    "Place",
    "PlanFacts",
    "PriorityFacts",
    "action",
    "actions_of",
    "all_actions",
    "all_plans",
    "current_plan",
    "document_of",
    "edit_phrases",
    "import_plan",
    "library_slugs",
    "make_current",
    "measures_of",
    "places",
    "priorities",
    "priority",
    "priority_by_id",
    "read_plan",
]
