"""How the invented county’s answers went on: given anew, to another theme too, step by step, followed up, overdue, asked for."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from voice import answering, storage, understanding
from voice.answering import requesting
from voice.answering.models import Answer, AnswerFollowUp, AnswerMilestone, AnswerRequest
from voice.answering.queries import public_number
from voice.demonstrating.telling_stories import tell_themes
from voice.demonstrating.voices import County, ago

STORY = Path(__file__).parent / "answers.yaml"


def go_on(county: County) -> None:
    """After the themes have been told."""
    story = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    tell_themes(county, story["new"])
    parts: dict[str, Callable[[County, Mapping[str, Any]], None]] = {
        "followed": _followed,
        "overdue": _overdue,
        "again": _again,
        "steps": _steps,
        "asked": _asked,
    }
    for name, tell in parts.items():
        for each in story[name]:
            tell(county, each)
    storage.session().flush()


def _theme(county: County, sentence: str) -> uuid.UUID:
    return next(each.id for each in understanding.themes(county.plan_id) if each.you_said == sentence)


def _answer(county: County, sentence: str) -> Answer:
    found = answering.answer_for(_theme(county, sentence))
    if found is None:
        raise LookupError(sentence)
    return storage.session().get_one(Answer, found.id)


def _again(county: County, told: Mapping[str, Any]) -> None:
    theme_id, officer = _theme(county, told["theme"]), county.member("officer")
    decided = told.get("decided", {})
    what = answering.Draft(
        state=told["state"],
        words=told["words"],
        owner_role=told["owner"],
        organisation="Demo county council",
        follow_up_on=storage.today() + timedelta(days=140),
        evidence=told.get("evidence"),
        due_on=_to_come(told["due"]) if "due" in told else None,
        decided_by=decided.get("by"),
        decided_title=decided.get("title"),
        decided_link=decided.get("link"),
    )
    answer_id = answering.draft(theme_id, what, county.member("owner"))
    if "also" in told:
        answering.add_theme(answer_id, _theme(county, told["also"]), officer)
    answering.send_to_board(answer_id, officer)
    _dated(county, storage.session().get_one(Answer, answer_id), told)


def _dated(county: County, row: Answer, told: Mapping[str, Any]) -> None:
    if "with_board" in told:
        row.answered_on = row.sent_to_board_on = ago(told["with_board"])
        return
    row.answered_on, row.sent_to_board_on = ago(told["answered"] + 10), ago(told["answered"] + 9)
    for member in ("board", "board2"):
        answering.judge(row.id, county.member(member), told["verdict"])
    answering.publish(row.id, county.member("officer"))
    row.published_on = ago(told["answered"])


def _steps(county: County, told: Mapping[str, Any]) -> None:
    answer, owner = _answer(county, told["theme"]), county.member("owner")
    for step in told["steps"]:
        due = _to_come(step["in"]) if "in" in step else ago(step["by"])
        made = answering.add_milestone(answer.id, step["words"], due, owner)
        if "reached" in step:
            answering.reached(made, ago(step["reached"]), owner)
        elif "why" in step:
            answering.not_reached(made, step["why"], owner)
        storage.session().get_one(AnswerMilestone, made).said_on = min(due, storage.today())


def _followed(county: County, told: Mapping[str, Any]) -> None:
    """No act goes back in time, so what was said is said today and dated then."""
    answer, said_on = _answer(county, told["theme"]), ago(told["said"])
    became = answering.Became(outcome=told["outcome"], words=told["words"], evidence=told.get("evidence"), next_on=_next(told))
    answering.follow_up(answer.id, became, county.member("owner"))
    mine = (AnswerFollowUp.answer_id == answer.id, AnswerFollowUp.number == public_number(answer.id))
    row = storage.session().scalars(select(AnswerFollowUp).where(*mine).order_by(AnswerFollowUp.said_at.desc()).limit(1)).one()
    row.said_on = said_on
    row.next_on = _to_come(told["next"]) if "next" in told else None
    storage.session().flush()


def _next(told: Mapping[str, Any]) -> date | None:
    """A day that is to come today; what was named then is put in its place."""
    return _to_come(max(told["next"], 1)) if "next" in told else None


def _overdue(county: County, told: Mapping[str, Any]) -> None:
    _answer(county, told["theme"]).follow_up_on = ago(told["days"])
    storage.session().flush()


def _asked(county: County, told: Mapping[str, Any]) -> None:
    theme_id = _theme(county, told["theme"])
    requesting.ask(theme_id, county.member(told["of"]), ago(told["late"]), county.member("officer"))
    storage.session().get_one(AnswerRequest, theme_id).asked_on = ago(told["late"] + 14)


def _to_come(days: int) -> date:
    return storage.today() + timedelta(days=days)
