"""Who waits for a reply behind their receipt, and which of them this member may answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from voice import asking, contacting, inviting, keeping, safeguarding
from voice.contacting import Unanswered
from voice.keeping.models import Submission
from voice.reading.queries import open_raw
from voice.storage import session


@dataclass(frozen=True)
class Sender:
    """One who waits, with what they said. `said`: the question and their words."""

    id: uuid.UUID
    days: int
    activity: str
    language: str
    said: list[tuple[str, str]]


def waiting_for_reply(by: uuid.UUID) -> list[Unanswered]:
    """Those this member may answer, who waits longest first. What only a lead may see now is not among them: the lead answers those."""
    held = set(safeguarding.held_submissions())
    hidden = set(session().scalars(select(Submission.id).where(Submission.id.in_(inviting.hidden_submissions(by)))))
    return [each for each in contacting.unanswered() if each.submission_id not in held and each.submission_id not in hidden]


def held_and_waiting() -> int:
    """How many wait for a lead's reply; for leads alone."""
    held = set(safeguarding.held_submissions())
    return sum(each.submission_id in held for each in contacting.unanswered())


def sender(submission_id: uuid.UUID, by: uuid.UUID) -> Sender | None:
    """One of those who wait, with their words; None where they do not wait (any more), or not for this member. The reading is recorded first."""
    waits = next((each for each in waiting_for_reply(by) if each.submission_id == submission_id), None)
    sent = keeping.sent(submission_id)
    if waits is None or sent is None:
        return None
    activity = asking.activity_by_id(sent.activity_id) if sent.activity_id else None
    labels = _labels(activity) if activity else {}
    views = open_raw(keeping.views_of(submission_id), by)
    said = [(labels.get(view.question, ""), view.words) for view in views]
    return Sender(submission_id, waits.days, activity.title if activity else "", sent.language, said)


def _labels(activity: asking.ActivityFacts) -> dict[str, str]:
    questions = asking.load_instrument(activity.document, published=True).questions
    return {question.name: asking.in_language(question.label, "en").text for question in questions}
