"""Every page that reads figures, found by its route, so that none is forgotten when speed is measured or figures are looked for."""

from __future__ import annotations

import ast
import inspect
import sys
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType

from flask import Flask
from werkzeug.routing import BuildError, Rule

from tests.making import member_visitor, the
from tests.reading import Visitor
from voice import asking, plans
from voice.counting.published import current_release, measures_to_link
from voice.counting.releases import link_measure
from voice.counting.sources import asked_of
from voice.extensions import db
from voice.web.access import rule_of

SLUG = "many"  # of the activity that has the figures
# Pages of modules that do not call counting themselves: it reaches them through a slot or something it provides.
THROUGH_A_SLOT = (
    "inviting.activity",
    "setting.groups",
    "pledging.wall",
    "publishing.how_we_listen",
    "publishing.still_waiting",
    "publishing.measure",
    "late.show",
)
# What else a page can be asked for.
ALSO = {"publishing.heard": ("?by=age_band", "?by=place"), "counting.file": ("?kind=csv", "?kind=xlsx")}
LEFT_OUT = {
    "files.file": "one file at a time is made, and others are asked to wait: measured by `measure_exports`",
    "before_after.look": "only of activities of which a self-made code matches two: reads pairs, and no tally",
    "publishing.theme": "reads how many said it in words, frozen; no tally: there is no theme beside a million",
    "reaching.again": "leads to the page it belongs to, and shows nothing",
}


@dataclass(frozen=True)
class Address:
    path: str
    role: str  # empty: everyone


def reads_figures(app: Flask) -> Iterator[Rule]:
    """The pages (GET) of counting, of modules that import it, and those it contributes to."""
    for rule in app.url_map.iter_rules():
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        module = sys.modules.get(view.__module__)
        if "GET" in (rule.methods or ()) and module and (rule.endpoint in THROUGH_A_SLOT or _counts(module)):
            yield rule


def _counts(module: ModuleType) -> bool:
    """Whether a module is of counting or takes something from it."""
    if module.__name__.startswith("voice.counting"):
        return True
    tree = ast.parse(inspect.getsource(module)) if module.__name__.startswith("voice.") else ast.Module([], [])
    taken = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    return any((each.module or "").startswith("voice.counting") or "counting" in [one.name for one in each.names] for each in taken)


def addresses_of(app: Flask) -> tuple[list[Address], list[str]]:
    """Where each of them is, for the activity `many`; and the endpoints of which nobody said where."""
    found: list[Address] = []
    missing: list[str] = []
    given = _given()
    with app.test_request_context():
        for rule in reads_figures(app):
            built = _built(app, rule, given)
            if built is None:
                missing += [] if rule.endpoint in LEFT_OUT else [rule.endpoint]
            elif built not in [each.path for each in found]:
                role = min(rule_of(app, rule.endpoint) or {""})
                found += [Address(built + also, role) for also in ("", *ALSO.get(rule.endpoint, ()))]
    return found, missing


def _built(app: Flask, rule: Rule, given: Mapping[str, object]) -> str | None:
    if rule.endpoint in LEFT_OUT or not rule.arguments <= given.keys():
        return None
    adapter = app.url_map.bind("localhost")
    try:
        return adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})
    except BuildError:
        return None


def _given() -> dict[str, object]:
    """What the places in an address stand for."""
    activity, plan = asking.activity(SLUG), plans.current_plan()
    assert activity
    assert plan
    out = current_release(activity.id)
    measure = _measure(plan.id)
    return {
        "slug": SLUG,
        "release_id": out.id if out else uuid.UUID(int=7),
        "measure_id": measure.id,
        "code": _priority_of(measure),
        "place_code": _a_place(plan.id),
    }


def _a_place(plan_id: uuid.UUID) -> str:
    return next((each.code for each in plans.places(plan_id)), "nowhere")


def link_a_measure(activity_id: uuid.UUID) -> None:
    """The first measure of a priority is told by the first question of this activity."""
    plan, activity = plans.current_plan(), asking.activity_by_id(activity_id)
    assert plan
    assert activity
    question = asked_of(activity)[0]
    link_measure(_measure(plan.id).id, activity_id, question.name, question.codes[:1], "things are good", the("officer"))


def _measure(plan_id: uuid.UUID) -> plans.MeasureFacts:
    of_priorities = {each.id for one in plans.priorities(plan_id) for each in plans.measures_of(plan_id, one.id)}
    return next(each for each in measures_to_link(plan_id) if each.id in of_priorities)


def _priority_of(measure: plans.MeasureFacts) -> str:
    plan = plans.current_plan()
    assert plan
    return next(one.code for one in plans.priorities(plan.id) if measure.id in {each.id for each in plans.measures_of(plan.id, one.id)})


_visitors: dict[tuple[int, str], Visitor] = {}


def visitor_of(app: Flask, address: Address) -> Visitor:
    """Somebody who may open it; who holds a role signs in once."""
    key = (id(app), address.role)
    if key not in _visitors:
        with app.app_context():
            email = f"reads-as-{address.role}@demo.example"
            _visitors[key] = member_visitor(app, (address.role,), email) if address.role else Visitor(app.test_client())
            db.session.remove()
    return _visitors[key]
