"""How the invented themes were gathered, weighed, answered and judged."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from voice import answering, plans, reading, reviewing, storage, understanding
from voice.answering.models import Answer
from voice.counting.models import Figure
from voice.demonstrating.voices import County, ago, say
from voice.reading.models import Reading
from voice.reviewing.models import BoardWords, Hearing
from voice.understanding.models import Theme

MONTH = timedelta(days=30)


def tell_themes(county: County, invented: Sequence[Mapping[str, Any]]) -> None:
    for theme in invented:
        _tell(county, theme)


def _tell(county: County, theme: Mapping[str, Any]) -> None:
    started = theme["started"]
    priority = plans.priority(county.plan_id, theme["priority"])
    if priority is None:
        raise LookupError(theme["priority"])
    view_ids = _said_and_read(county, theme, priority.id)
    theme_id = understanding.make_theme(priority.id, theme["said"], view_ids, county.member("officer"), theme.get("place"))
    storage.session().get_one(Theme, theme_id).made_on = ago(started - 25)
    quotable = [each.id for each in understanding.proposed(theme_id)]
    understanding.pick_quotes(theme_id, quotable[:3], county.member("officer"))
    if theme["state"] != "gathered":
        _heard(county, theme_id, theme, ago(started - 32))
    if theme["state"] == "waiting":
        answering.give(theme_id, county.member("partner"), county.member("officer"))
    if "words" in theme:
        _answered(county, theme_id, theme)


def _said_and_read(county: County, theme: Mapping[str, Any], priority_id: uuid.UUID) -> list[uuid.UUID]:
    officer = county.member("officer")
    view_ids: list[uuid.UUID] = []
    for number, words in enumerate(theme["views"]):
        kept = say(county, theme["activity"], theme["question"], words, theme["started"] - number)
        view_ids.extend(kept.view_ids)
    reading.clear(view_ids, officer)
    for view_id in view_ids:
        storage.session().get_one(Reading, view_id).read_on = ago(theme["started"] - 20)
        understanding.confirm(view_id, [priority_id], officer)
    return view_ids


def _heard(county: County, theme_id: uuid.UUID, theme: Mapping[str, Any], day: date) -> None:
    board = county.member("board")
    reviewing.mark_heard(theme_id, board)
    storage.session().get_one(Hearing, theme_id).heard_on = day
    reviewing.vote(theme_id, board, county.chance.randint(1, 3))
    reviewing.vote(theme_id, county.member("board2"), county.chance.randint(1, 3))
    if theme.get("board"):
        reviewing.write_words(theme_id, theme["board"], board)
        storage.session().get_one(BoardWords, theme_id).written_on = day


def _answered(county: County, theme_id: uuid.UUID, theme: Mapping[str, Any]) -> None:
    officer = county.member("officer")
    what = answering.Draft(
        state="will" if theme["state"] == "with_board" else theme["state"],
        words=theme["words"],
        owner_role=theme["owner"],
        organisation="Demo county council",
        follow_up_on=storage.today() + 5 * MONTH,
        because=theme.get("because"),
        instead=theme.get("instead"),
        evidence=theme.get("evidence"),
        due_on=storage.today() + timedelta(days=theme["due"]) if "due" in theme else None,
    )
    answering.give(theme_id, county.member("owner"), officer)
    answer_id = answering.draft(theme_id, what, county.member("owner"))
    answering.send_to_board(answer_id, officer)
    row = storage.session().get_one(Answer, answer_id)
    if theme["state"] == "with_board":
        row.answered_on = row.sent_to_board_on = ago(2)
        return
    row.answered_on, row.sent_to_board_on = ago(theme["answered"] + 10), ago(theme["answered"] + 9)
    if theme.get("verdict"):
        answering.judge(answer_id, county.member("board"), theme["verdict"])
    answering.publish(answer_id, officer)
    row.published_on = ago(theme["answered"])
    storage.session().get_one(Figure, theme_id).frozen_on = row.published_on
    storage.session().flush()
