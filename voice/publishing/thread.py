"""The golden thread of a part of the plan: what was said, what the board said, answers, actions, pledges, measures. Everything in it stands on
the same page already; the thread says how it hangs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice import delivering, reviewing
from voice.answering import STATES
from voice.delivering import ActionProgress, MeasureStory, PartnerPledgeFacts
from voice.plans import PriorityFacts
from voice.publishing.queries import Published

DONE = "done"


@dataclass(frozen=True)
class Thread:
    """`said`: the newest theme, and `more`: how many others have a public answer. Counts are of themes, answers and actions, never of people."""

    said: Published | None
    more: int
    board_words: str | None
    answers: Mapping[str, int]  # by state, in the order of states
    actions: int
    done: int
    late: int
    pledges: Sequence[PartnerPledgeFacts]
    measure: MeasureStory | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has begun here: a thread of one end ties nothing together."""
        return self.said is None


def thread_of(priority: PriorityFacts, answered: Sequence[Published], actions: Sequence[ActionProgress], measures: Sequence[MeasureStory]) -> Thread:
    """Of a priority, its published answers (newest first), actions and measures."""
    words = reviewing.board_words([each.theme.id for each in answered])
    states = Counter(each.answer.state for each in answered)
    return Thread(
        answered[0] if answered else None,
        max(0, len(answered) - 1),
        next((words[each.theme.id] for each in answered if each.theme.id in words), None),
        {state: states[state] for state in STATES if states[state]},
        len(actions),
        sum(each.status == DONE for each in actions),
        sum(each.late for each in actions),
        delivering.partner_pledges(priority.plan_id, priority.id),
        next((each for each in measures if each.newest), measures[0] if measures else None),
    )
