"""What a school or setting sees: its own groups, roughly how many came, and what came of it. No word anybody said, and nothing of others."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import Blueprint, render_template

from voice import asking, identity
from voice.asking import ActivityFacts
from voice.inviting import queries, wording
from voice.inviting.queries import GroupFacts
from voice.web import needs, slot

blueprint = Blueprint("setting", __name__, url_prefix="/work/ours")


@dataclass(frozen=True)
class Outcome:
    """A public answer that came of an activity, for the slot `came_of`: where it stands, and what young people said."""

    url: str
    said: str


@dataclass(frozen=True)
class Ours:
    """One group of the setting, with what may be said of it."""

    group: GroupFacts
    activity: ActivityFacts
    state: wording.State
    figures: list[str]
    outcomes: list[Outcome]


@blueprint.get("")
@needs("school")
def groups() -> str:
    place = identity.organisation_of(identity.me().id)
    found = queries.groups_of(place.id) if place else []
    ours = [each for group in found if (each := _ours(group, group.activity_id))]
    return render_template("inviting/ours.html", place=place, groups=ours)


def _ours(group: GroupFacts, activity_id: uuid.UUID) -> Ours | None:
    activity = asking.activity_by_id(activity_id)
    if activity is None:
        return None
    figures, outcomes = slot("group_figures").fill(activity_id, group.id), slot("came_of").fill(activity_id)
    return Ours(group, activity, wording.state(activity), figures, outcomes)
