"""Turns and absences of the rota, and practice alerts, in the states they can be in."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select

from tests.making import a_member
from tests.matrix.objects import NOT_THERE, Values
from voice import safeguarding, storage
from voice.safeguarding import actions, rota_actions
from voice.safeguarding.models import RotaAbsence, RotaTurn


def rotas() -> dict[str, dict[str, Values]]:
    """Kinds `turn`, `absence` and `practice`."""
    lead, deputy = (
        a_member("safeguarding_lead", email="on-the-rota@matrix.example"),
        a_member("safeguarding_deputy", email="stands-in@matrix.example"),
    )
    safeguarding.add_turns([0, 1], 9 * 60, 17 * 60, lead=lead, deputy=deputy, by=None)
    rota_actions.add_absence(lead, storage.today(), storage.today() + timedelta(days=3), deputy, lead)
    waits, opened = actions.begin_practice(lead), actions.begin_practice(lead)
    actions.open_practice(opened, deputy)
    storage.commit()
    return {
        "turn": {"going on": {"turn_id": str(_one(RotaTurn))}, "unknown": {"turn_id": NOT_THERE}},
        "absence": {"going on": {"absence_id": str(_one(RotaAbsence))}, "unknown": {"absence_id": NOT_THERE}},
        "practice": {"waits": {"practice_id": str(waits)}, "opened": {"practice_id": str(opened)}, "unknown": {"practice_id": NOT_THERE}},
    }


def _one(model: type[RotaTurn] | type[RotaAbsence]) -> uuid.UUID:
    found: uuid.UUID = storage.session().scalars(select(model.id)).first()  # type: ignore[assignment]  # one was made just now
    return found
