"""Draft what `docs/who-may-do-what.yaml` does not say yet: `python -m tests.matrix`. Prints what is so today; whether it should be so is for a
person to decide, line by line, before it goes into the file. Pages that are named are drafted again, with what the file says is sent."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import Ground
from tests.matrix.decisions import EVERY, NOT_OPEN, NOT_SIGNED_IN, Decision, ask, read
from tests.matrix.world import NOBODY, WHO, World

PARAMETERS = {
    "year": "review",
    "meeting_id": "meeting",
    "ask_id": "ask",
    "alike_id": "alike",
    "priority_id": "tag",
    "submission_id": "sender",
    "member_id": "reader",
    "partner_pledge_id": "partner pledge",
    "view_id": "view",
    "concern_id": "concern",
    "answer_id": "answer",
    "objection_id": "objection",
    "group_id": "group",
    "export_id": "export",
    "hand_over_id": "hand over",
    "person_id": "member",
    "invitation_id": "invitation",
    "turn_id": "turn",
    "absence_id": "absence",
    "practice_id": "practice",
    "picture_id": "picture",
    "picture_group_id": "picture",
    "pledge_id": "pledge",
    "release_id": "release",
    "reading_id": "reading",
    "measure_id": "measure",
    "proposal_id": "proposal",
    "draft_id": "draft",
    "council_id": "council",
    "decision_id": "decision",
    "joined_id": "joined theme",
    "step_id": "step",
    "milestone_id": "action step",
    "update_id": "action news",
}
STARTS = {"/board/account": "term", "/from-the-board": "board account", "/work/drafts/plans": "plan"}
STARTS |= {"/plan/<code>/actions": "action", "/work/actions": "action", "/work/mine": "action", "/work/quarter": "quarter"}
STARTS |= {
    "/plan/<code>/measures": "measure",
    "/plan/measures": "measure",
    "/work/themes": "theme",
    "/work/answers": "theme",
    "/you-said": "theme",
    "/board": "theme",
    "/plan": "priority",
    "/static": "file",
}
STARTS |= {
    "/work/asking/new": "instrument",
    "/your-receipt": "receipt",
    "/work/before-and-after": "course",
    "/letters/": "letter",
    "/what-will-you-do/": "partner pledge",
}
WITH_MORE = {"/board/meetings/new": "board"}  # whose form names things of ours


def kind_of(page: str) -> str:
    named = next((kind for name, kind in PARAMETERS.items() if f":{name}>" in page), None)
    named = named or WITH_MORE.get(page)
    if named or ("<" not in page and not page.startswith("/your-receipt")):
        return named or "nothing"
    return next((kind for start, kind in STARTS.items() if page.startswith(start)), "activity")


def draft(world: World, page: str, methods: set[str], sent: Mapping[str, str]) -> dict[str, Any]:
    kind = kind_of(page)
    said: dict[str, Any] = {"object": kind} if kind != "nothing" else {}
    if sent:
        said["sent"] = dict(sent)
    for method in ("GET", "POST"):
        if method in methods:
            found = {state: answers(world, Decision(page, method, kind, state, sent, {}, changes=False)) for state in world.objects[kind]}
            said[method] = _short({state: given for state, (given, _changed) in found.items()})
            if changed := [state for state, (_given, changed) in found.items() if changed]:
                said["changes"] = [EVERY] if len(changed) == len(found) else changed
    return said


def _short(found: dict[str, Any]) -> dict[str, Any]:
    """What most states share is said once."""
    usual = max(found.values(), key=list(found.values()).count)
    return {**{state: each for state, each in found.items() if each != usual}, EVERY: usual}


def answers(world: World, decision: Decision) -> tuple[dict[str, int] | int, bool]:
    """What each role gets, and whether any of them changes something."""
    found, changed = {}, False
    for role in WHO:
        with world.untouched() as changes:
            found[role] = ask(world, decision, role).status_code
        changed = changed or bool(changes.beside_the_record)
    if len(set(found.values())) == 1:
        return found[NOBODY], changed
    usual = {NOBODY: NOT_SIGNED_IN[decision.method]}
    return {role: status for role, status in found.items() if status != usual.get(role, NOT_OPEN)}, changed


def main() -> None:
    known = read()
    world = World(Ground("sqlite", folder := Path(tempfile.mkdtemp())).app, folder)
    methods: dict[str, set[str]] = {}
    for rule in world.app.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update(rule.methods or ())
    sent = {page: what.get("sent", {}) for page, what in known.items()}
    wanted = sys.argv[1:] or [page for page in sorted(methods) if page not in known]
    new = {page: draft(world, page, methods[page], sent.get(page, {})) for page in wanted}
    yaml.safe_dump(new, sys.stdout, sort_keys=False, allow_unicode=True, width=160, default_flow_style=None)


if __name__ == "__main__":
    main()
