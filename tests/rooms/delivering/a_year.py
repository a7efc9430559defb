"""A year as the rooms could tell of it: doors that answer from a list, for composing and for looking, without a database."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from voice.delivering.yearly.composing import Edition, compose
from voice.delivering.yearly.documents import (
    ActionLine,
    AnswerLine,
    AskLine,
    Document,
    EarlierAnswer,
    FourFs,
    MeasureLine,
    Milestone,
    PledgeLine,
    ReadingLine,
    ReleaseLine,
    Said,
    TiedLine,
    WaitingLine,
)
from voice.plans import PlanFacts, PriorityFacts

PLAN = uuid.UUID(int=1)
SAFE, HEALTHY = uuid.UUID(int=2), uuid.UUID(int=3)
ON = date(2025, 12, 20)
FACTS = PlanFacts(PLAN, "a-plan", "The plan for children and young people", "Demo county", True, 1)


def _priority(found: uuid.UUID, code: str, title: str, sentence: str) -> PriorityFacts:
    return PriorityFacts(found, PLAN, code, "priority", title, title, sentence, None, (), {}, True)


ACTIONS = {
    SAFE: [
        ActionLine(
            "lights", "Put lights at every bus stop.", "done", said="All 41 stops are lit.", said_on=date(2025, 11, 3), owner="Head of roads, Council"
        ),
        ActionLine("roads", "Make the roads past schools safer.", "on_the_way", late=True, behind_since=date(2025, 9, 1), said_on=date(2025, 12, 1)),
        ActionLine("police", "Have police walk through the park at night.", "stopped", why="Nobody could be found who has the hours.", late=True),
    ],
    HEALTHY: [
        ActionLine(
            "talk", "Have someone to talk to in each town.", "on_the_way", milestones=(Milestone("Two towns", date(2025, 6, 1), date(2025, 5, 9)),)
        ),
        ActionLine("teeth", "Bring a dentist to each school.", "not_begun"),
    ],
    None: [ActionLine("account", "Tell everyone each year what was done.", "unsaid")],
}
MEASURES = {
    SAFE: [
        MeasureLine(
            "safe",
            "Young people who feel safe on the way home",
            "nearer",
            baseline="58%",
            baseline_value=58.0,
            target="at least 75%",
            target_value=75.0,
            unit="percent",
            readings=(
                ReadingLine(date(2024, 5, 1), "61%", 61.0),
                ReadingLine(date(2025, 5, 1), "66%", 66.0, "release", "getting-about", "I feel safe"),
            ),
            fresh=True,
            story="The stops were lit in spring, before we asked.",
        ),
        MeasureLine("more", "More measures, to be chosen"),
    ],
}
ANSWERS = [
    AnswerLine(
        "waiting-in-the-dark",
        "Waiting for the bus in the dark does not feel safe.",
        "many",
        "1",
        "done",
        "Every stop has a light now.",
        "Head of roads",
        "Demo county council",
        date(2025, 4, 2),
        evidence="Go and see: 41 stops.",
        verdict="fair",
        board_words="At last.",
        earlier=(EarlierAnswer("will", "We will light 20 stops.", date(2024, 10, 1), "not_yet"),),
    ),
    AnswerLine(
        "long-waits",
        "I waited so long to talk to someone that I gave up.",
        "some",
        "2",
        "doing",
        "A drop-in opens in each town.",
        "Director of public health",
        "Demo county council",
        date(2025, 6, 2),
        due_on=date(2025, 10, 1),
        late=True,
        verdict="not_yet",
    ),
    AnswerLine(
        "nowhere-warm",
        "There is nowhere warm and free to go after school.",
        "many",
        "2",
        "cant",
        "We can’t open a new youth centre.",
        "Assistant director for communities",
        "Demo county council",
        date(2025, 9, 28),
        because="A new building costs more than all we have.",
        instead="Two libraries stay open till 7 for you.",
    ),
]


class FromLists:
    """Doors that answer from the lists above."""

    def priorities(self, plan_id: uuid.UUID) -> Sequence[PriorityFacts]:
        return [
            _priority(SAFE, "1", "Be safe", "You should be safe at home and on the street."),
            _priority(HEALTHY, "2", "Be healthy", "We help you feel good."),
        ]

    def actions(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[ActionLine]:
        return ACTIONS[priority_id]

    def measures(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None, until: date) -> Sequence[MeasureLine]:
        return MEASURES.get(priority_id, [])

    def pledges(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[PledgeLine]:
        words = "We will walk every path to a bus stop once a month."
        return [PledgeLine("Demo county police", words, date(2025, 12, 1), "kept", None, board_mark="on_the_way")] if priority_id == SAFE else []

    def answers(self, plan: PlanFacts, since: date, until: date) -> Sequence[AnswerLine]:
        return [each for each in ANSWERS if since <= each.published_on <= until]

    def waiting(self, plan: PlanFacts, until: date) -> Sequence[WaitingLine]:
        return [WaitingLine("Healthy food costs more than chips.", date(2025, 8, 1))]

    def releases(self, plan: PlanFacts, since: date, until: date) -> Sequence[ReleaseLine]:
        tied = (TiedLine("priority", "1", "Be safe", 40, 200, 25), TiedLine("theme", "nowhere-warm", ANSWERS[2].you_said, 15, 75, 20))
        return [ReleaseLine("getting-about", "Getting about", 2, date(2025, 7, 1), 500, tied, date(2024, 7, 1))]

    def asks(self, plan: PlanFacts, since: date, until: date) -> Sequence[AskLine]:
        return [
            AskLine(
                "Come and wait for the bus with us.",
                date(2025, 2, 3),
                "Head of roads",
                date(2025, 4, 1),
                "answered",
                "She came twice.",
                date(2025, 3, 9),
            ),
            AskLine("Say what a youth centre would cost.", date(2025, 9, 3), "Director of communities", date(2025, 10, 1), late=True),
        ]

    def four_fs(self, plan: PlanFacts) -> FourFs | None:
        return FourFs(3, 2, 1, 9, 21, False, 2, 3, 1, 2, 8, date(2025, 10, 1), 1, 1, 0)


def a_document(edition: Edition | None = None) -> Document:
    """The review of 2025."""
    words = "We read what you wrote.\nSome of it changed. Some of it did not."
    edition = edition or Edition(
        2025, foreword=Said(words), introduction=Said("This is our year.", "Director of children’s services"), linking={"answers": "All of them."}
    )
    return compose(FromLists(), FACTS, edition, "Demo county", ON)
