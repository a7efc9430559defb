"""Where a review takes its facts from: everything here is public already, or is of a room that says it in public too."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from voice.delivering.yearly.documents import ActionLine, AnswerLine, AskLine, FourFs, MeasureLine, PledgeLine, ReleaseLine, WaitingLine
from voice.plans import PlanFacts, PriorityFacts


class Doors(Protocol):
    """What composing asks. `priority_id` None: the whole plan. `since` and `until`: the first and the last day."""

    def priorities(self, plan_id: uuid.UUID) -> Sequence[PriorityFacts]: ...

    def actions(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[ActionLine]: ...

    def measures(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None, until: date) -> Sequence[MeasureLine]: ...

    def pledges(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[PledgeLine]: ...

    def answers(self, plan: PlanFacts, since: date, until: date) -> Sequence[AnswerLine]: ...

    def waiting(self, plan: PlanFacts, until: date) -> Sequence[WaitingLine]: ...

    def releases(self, plan: PlanFacts, since: date, until: date) -> Sequence[ReleaseLine]: ...

    def asks(self, plan: PlanFacts, since: date, until: date) -> Sequence[AskLine]: ...

    def four_fs(self, plan: PlanFacts) -> FourFs | None: ...
