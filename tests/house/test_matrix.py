"""Every page, every role, every state of what it is about: decided on purpose in `docs/who-may-do-what.yaml`, and so in the running application."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.matrix.decisions import Decision, address, ask, decisions, read
from tests.matrix.objects import WORDS
from tests.matrix.pictures import COLOURS, PIXELS
from tests.matrix.world import NOBODY, WHO, Changes, World
from voice.extensions import csrf
from voice.web.access import rule_of

PAGES = read()
# Who may see words that nobody has cleared: officers read them, leads hold what worries. Nobody else, whoever they are.
READERS = {"held by the lead": {"safeguarding_lead", "safeguarding_deputy"}}
OFFICERS = {"officer"}


def test_every_page_and_method_is_decided(world: World) -> None:
    served: dict[str, set[str]] = {}
    for rule in world.app.url_map.iter_rules():
        served.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    decided = {page: {method for method in ("GET", "POST", "DELETE", "PUT", "PATCH") if method in what} for page, what in PAGES.items()}
    assert decided == served


def test_every_role_and_every_kind_of_thing_is_asked_about(world: World, record_property: Callable[[str, object], None]) -> None:
    asked = [each for page, what in PAGES.items() for each in decisions(page, what, world.objects)]
    assert {each.kind for each in asked} == set(world.objects)
    assert len(WHO) >= 12
    assert {role for each in asked for role, status in each.expected.items() if status == 200} == set(WHO)
    record_property("budget", f"S1: {len(PAGES)} pages, {len(asked)} page x method x state, {len(asked) * len(WHO)} decisions held")


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_does_for_each_role_what_was_decided(world: World, page: str) -> None:
    wrong = [fault for each in decisions(page, PAGES[page], world.objects) for fault in _faults(world, each)]
    assert not wrong, "\n".join(wrong)


def _faults(world: World, decision: Decision) -> Iterator[str]:
    """What differs from the decision: the status, a change nobody decided on, words shown to the wrong person or without a record."""
    changed = False
    for role in WHO:
        with world.untouched() as changes:
            reply = ask(world, decision, role)
        if reply.status_code != decision.expected[role]:
            yield f"{decision} as {role}: {reply.status_code}, decided was {decision.expected[role]}"
        if changes.beside_the_record and (decision.method == "GET" or not decision.changes or reply.status_code in (403, 404)):
            yield f"{decision} as {role}: changed {sorted(changes.beside_the_record)}"
        changed = changed or bool(changes.beside_the_record)
        yield from (f"{decision} as {role}: {each}" for each in _said_wrongly(role, reply, changes))
        yield from (f"{decision} as {role}: {each}" for each in _seen_wrongly(world, decision, role, reply, changes))
    if changed != decision.changes:
        yield f"{decision}: nobody changes anything by it, though it was decided that somebody does"


def _said_wrongly(role: str, reply: TestResponse, changes: Changes) -> Iterator[str]:
    """Words nobody cleared, before someone who may not read them, or read without a trace."""
    for state, words in WORDS.items():
        if words.encode() in reply.data:
            if role not in READERS.get(state, OFFICERS):
                yield f"sees words of a view that is {state}"
            if not changes.records:
                yield f"words of a view that is {state} were read and nothing was recorded"


def _seen_wrongly(world: World, decision: Decision, role: str, reply: TestResponse, changes: Changes) -> Iterator[str]:
    """Pixels of a picture that nobody has shown, before someone who may not see them, or seen without a trace; and its file’s name anywhere, as that
    alone would tell a browser or a cache where to find it."""
    for state, pixels in PIXELS.items():
        who = COLOURS[state][1]
        if who is None:
            continue
        if pixels in reply.data:
            if role not in who:
                yield f"sees a picture that is {state}"
            if not changes.records:
                yield f"a picture that is {state} was seen and nothing was recorded"
        if not decision.page.startswith("/pictures/") and world.objects["picture"][state]["file"].encode() in reply.data:
            yield f"learns the name of the file of a picture that is {state}"


def test_a_form_without_its_token_or_from_another_site_does_nothing(world: World) -> None:
    wrong, asked = [], 0
    for page, what in PAGES.items():
        for decision in decisions(page, what, world.objects):
            if decision.method == "POST" and decision.changes:
                wrong += _forged(world, decision)
                asked += 1
    assert asked >= 20
    assert not wrong, "\n".join(wrong)


def _forged(world: World, decision: Decision) -> Iterator[str]:
    role = next(who for who in reversed(WHO) if decision.expected[who] < 400)
    path = address(decision.page, world.objects[decision.kind][decision.state])
    with world.untouched() as changes:
        reply = world.client(role).post(
            path, data=dict(decision.sent), headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
        )
    if reply.status_code not in (400, 403) or changes.beside_the_record:
        yield f"{decision} as {role}, forged: {reply.status_code}, changed {sorted(changes.tables)}"


def test_only_pages_that_know_no_session_do_without_the_token(world: World) -> None:
    app: Flask = world.app
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "POST" in (rule.methods or ()) and f"{view.__module__}.{view.__name__}" in csrf._exempt_views:
            assert rule_of(app, rule.endpoint) == frozenset(), f"{rule.rule} is for members and asks for no token"


def test_the_person_who_runs_accounts_reads_nothing_children_said() -> None:
    raw = [page for page, what in PAGES.items() if what.get("object") in ("view", "concern") or (what.get("object") == "picture" and "POST" in what)]
    assert len(raw) >= 12
    for page in raw:
        for method in ("GET", "POST"):
            assert all(isinstance(given, dict) and "administrator" not in given for given in PAGES[page].get(method, {}).values()), page


def test_no_role_may_do_everything(world: World) -> None:
    for role in (each for each in WHO if each != NOBODY):
        refused = [str(each) for page, what in PAGES.items() for each in decisions(page, what, world.objects) if each.expected[role] == 403]
        assert len(refused) >= 20, f"{role} is refused only {refused}"
