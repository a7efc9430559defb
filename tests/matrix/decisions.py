"""Reading `docs/who-may-do-what.yaml`, and asking the running application the same questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from werkzeug.test import TestResponse

from tests.matrix.objects import Values
from tests.matrix.world import NOBODY, WHO, Members

FILE = Path(__file__).resolve().parents[2] / "docs/who-may-do-what.yaml"
EVERY = "every state"
NOT_OPEN = 403
# Someone who is not signed in is led to sign in; a form of theirs has no token and is not read.
NOT_SIGNED_IN = {"GET": 303, "POST": 400}


@dataclass(frozen=True)
class Decision:
    """One page, asked for in one way, with its object in one state: the status every role is to get."""

    page: str
    method: str
    kind: str
    state: str
    sent: Mapping[str, str]
    expected: Mapping[str, int]
    changes: bool  # whether those who are let in change anything by it

    def __str__(self) -> str:
        return f"{self.method} {self.page} [{self.kind}: {self.state}]"


def read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def decisions(page: str, what: Mapping[str, Any], states: Mapping[str, Mapping[str, Values]]) -> Iterator[Decision]:
    """Every decision of the file about one page; `every state` stands for those that are not named."""
    kind, changes = what.get("object", "nothing"), what.get("changes", [])
    for method in ("GET", "POST"):
        given = what.get(method, {})
        for state in states[kind] if EVERY in given else given:
            told = expected(method, given.get(state, given.get(EVERY)))
            yield Decision(page, method, kind, state, what.get("sent", {}), told, method == "POST" and (state in changes or EVERY in changes))


def expected(method: str, given: Mapping[str, int] | int) -> dict[str, int]:
    """What every role is to get, from what the file says of some: nobody is led to sign in, others are told it is not open to them."""
    if isinstance(given, int):
        return dict.fromkeys(WHO, given)
    unknown = set(given) - set(WHO)
    assert not unknown, f"the file speaks of {unknown}, which is no role"
    return {NOBODY: NOT_SIGNED_IN[method], **{role: NOT_OPEN for role in WHO if role != NOBODY}, **given}


def ask(world: Members, decision: Decision, role: str) -> TestResponse:
    """Open the page, or send the form, as this role; with a form’s own token."""
    values = world.objects[decision.kind][decision.state]
    path = address(decision.page, values)
    client = world.client(role)
    if decision.method == "GET":
        return client.get(path)
    return client.post(path, data={**{name: fill(text, values) for name, text in decision.sent.items()}, "csrf_token": world.token()})


def address(page: str, values: Values) -> str:
    """The page’s own address with what is asked for in its place."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], page)


def fill(text: str, values: Values) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], str(text))
