"""Asking everyone about a draft: questions made from its own parts, and what a release says of each.

The questions of the shipped consultation stay; its statements are put in the place of the draft's. A plan says its priorities in English, in words
for children: so they are asked in English and in Easy Read.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from voice import asking, audit, counting, plans
from voice.reviewing.drafts.queries import DraftFacts, sections

TEMPLATE: Final = "draft-plan-consultation"
LANGUAGES: Final = ("en", "easy")
STATEMENTS: Final = "want_"
MOST_PARTS: Final = 20
"""More would take a child too long: every part is one question."""
_NO_CODE: Final = re.compile(r"[^a-z0-9_]")


class TooManyParts(Exception):
    """Nobody would answer that many questions; or there is no part to ask about."""


@dataclass(frozen=True)
class Part:
    """One part to ask about: `code` names its question for good."""

    code: str
    title: str
    sentence: str = ""

    @property
    def question(self) -> str:
        return STATEMENTS + _NO_CODE.sub("_", self.code.lower())


@dataclass(frozen=True)
class Consultation:
    """What is asked about: its name as an instrument, its title, its parts."""

    name: str
    title: str
    parts: Sequence[Part]


def of_plan(plan: plans.PlanFacts) -> Consultation:
    """A plan of the database, with all that it says of its priorities for children."""
    parts = [Part(each.code, each.child_title, each.child_sentence) for each in plans.priorities(plan.id)]
    return Consultation(questions_of_plan(plan), plan.title, parts)


def questions_of_plan(plan: plans.PlanFacts) -> str:
    """What the questions about a plan are called."""
    return f"draft-{plan.slug}"


def of_draft(draft: DraftFacts) -> Consultation:
    """A draft before the board: as the plan it is of, else by the titles of its parts."""
    plan = plans.plan_by_id(draft.plan_id) if draft.plan_id else None
    if plan:
        return of_plan(plan)
    return Consultation(f"draft-{draft.id.hex[:12]}", draft.title, [Part(str(each.place), each.title) for each in sections(draft.id)])


def publish(about: Consultation, by: uuid.UUID) -> str:
    """Freeze the questions as a version, checked as every instrument is. The same parts again are the same version. Returns the name.

    Raises:
        TooManyParts: there are none, or more than anyone would answer.
        asking.BrokenInstrument: words of the draft cannot be asked as they are.
    """
    if not 1 <= len(about.parts) <= MOST_PARTS:
        raise TooManyParts
    instrument = asking.load_instrument(document(about))
    version = asking.publish_instrument(instrument.name, asking.as_data(instrument))
    audit.record(by, "consultation made", "instrument", version, instrument.name)
    return instrument.name


def document(about: Consultation) -> dict[str, Any]:
    """The instrument as data. It says how many parts there are, and asks about each; then what is missing, and who speaks."""
    data = _in_our_languages(_template())
    kept = [each for each in data["questions"] if not each["name"].startswith(STATEMENTS)]
    statement = next(each for each in data["questions"] if each["name"].startswith(STATEMENTS))
    note, rest = kept[0], kept[1:]
    return {
        **data,
        "name": about.name,
        "title": _both(f"Have your say: {about.title}"),
        "intro": _both("This is a draft. A draft can still change. Tell us what you think of it."),
        "middle": {"title": _both("Help with our new plan"), "intro": _both("This is not finished. It can still change. Tell us what you think.")},
        "questions": [_note(note, len(about.parts)), *(_statement(statement, each) for each in about.parts), *rest],
    }


def name_of(draft: DraftFacts) -> str:
    """What its questions are called, whether they were made or not."""
    return of_draft(draft).name


def asked(name: str) -> list[asking.ActivityFacts]:
    """Activities that ask about it, newest first."""
    return asking.asking_with(name)


def release_of(name: str) -> counting.ReleaseFacts | None:
    """The current release of the newest activity that asked about it and has one."""
    return next((release for each in asked(name) if (release := counting.current_release(each.id))), None)


def answers_of(name: str, language: str = "en") -> Mapping[str, counting.Shown]:
    """What the newest release says, by question; nothing while there is no release. Numbers come from it alone."""
    found = release_of(name)
    return {each.name: each for each in counting.charts(found, "everyone", language)} if found else {}


def question_of(about: Consultation, place: int) -> str | None:
    """The question about the part in this place, counted from 1."""
    return about.parts[place - 1].question if 1 <= place <= len(about.parts) else None


@cache
def _template() -> dict[str, Any]:
    file = next(each for each in asking.shipped_instruments() if each.stem == TEMPLATE)
    return asking.as_data(asking.load_instrument(file))


def _in_our_languages(data: Any) -> Any:
    """The same data with words in `LANGUAGES` alone."""
    if isinstance(data, list):
        return [_in_our_languages(each) for each in data]
    if not isinstance(data, dict):
        return data
    if "en" in data:
        return {code: data[code] for code in LANGUAGES if code in data}
    return {name: list(LANGUAGES) if name == "languages" else _in_our_languages(each) for name, each in data.items()}


def _both(words: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, words)


def _note(note: dict[str, Any], parts: int) -> dict[str, Any]:
    words = _both("The draft has one part. We ask you about it." if parts == 1 else f"The draft has {parts} parts. We ask you about each part.")
    return {**{name: each for name, each in note.items() if name not in ("middle", "older", "hint")}, "label": words}


def _statement(like: dict[str, Any], part: Part) -> dict[str, Any]:
    """One part as a question of the same kind, with the same answers. It has no picture: ours would say something else."""
    kept = {name: each for name, each in like.items() if name not in ("picture", "middle", "older", "hint")}
    return {**kept, "name": part.question, "label": _both(part.title), **({"hint": _both(part.sentence)} if part.sentence else {})}
