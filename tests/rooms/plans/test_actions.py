"""Bringing in a plan, on both databases."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from flask import Flask

from voice import plans, storage
from voice.plans.library import LIBRARY


def _document() -> dict[str, Any]:
    return plans.read_plan(LIBRARY / "herefordshire-pledges.yaml")


def _current() -> plans.PlanFacts:
    plan = plans.current_plan()
    assert plan
    return plan


@pytest.mark.parametrize("slug", plans.library_slugs())
def test_every_plan_of_the_library_loads_and_nothing_is_dropped(app: Flask, slug: str) -> None:
    document = plans.read_plan(LIBRARY / f"{slug}.yaml")
    plans.import_plan(document)
    (plan,) = plans.plans_in_full()
    assert plan.id == _current().id
    parts = [document, *document["priorities"]]
    assert plan.priorities == len(document["priorities"])
    assert plan.measures == sum(len(part.get("measures", [])) for part in parts)
    assert plan.actions == sum(len(part.get("actions", [])) for part in parts)
    assert plan.localities == len(document.get("localities", []))
    assert plans.document_of(plan.id) == document


def test_the_library_has_the_five_plans() -> None:
    assert plans.library_slugs() == ("calderdale", "herefordshire-2011", "herefordshire-2015", "herefordshire-pledges", "hertfordshire-2011")


def test_the_same_plan_again_changes_nothing(app: Flask) -> None:
    first = plans.import_plan(_document())
    again = plans.import_plan(_document())
    assert (first.is_new, again.is_new, again.number) == (True, False, 1)


def test_a_changed_plan_is_a_new_version_and_priorities_keep_their_identity(app: Flask) -> None:
    plans.import_plan(_document())
    before = {each.code: each.id for each in plans.priorities(_current().id)}
    changed = copy.deepcopy(_document())
    changed["priorities"][0]["title"] = "Be safer from harm"
    done = plans.import_plan(changed)
    assert (done.is_new, done.number, done.closed) == (True, 2, ())
    assert {each.code: each.id for each in plans.priorities(_current().id)} == before
    found = plans.priority(_current().id, "1")
    assert found
    assert found.title == "Be safer from harm"


def test_a_priority_that_is_gone_is_closed_and_never_deleted(app: Flask) -> None:
    plans.import_plan(_document())
    gone = plans.priority(_current().id, "4")
    assert gone
    shorter = copy.deepcopy(_document())
    del shorter["priorities"][3]
    assert plans.import_plan(shorter).closed == ("4",)
    kept = plans.priority_by_id(gone.id)
    assert kept
    assert not kept.is_open
    assert "4" not in [each.code for each in plans.priorities(_current().id)]
    plans.import_plan(_document())
    back = plans.priority(_current().id, "4")
    assert back
    assert (back.id, back.is_open) == (gone.id, True)


def test_only_one_plan_is_current(app: Flask) -> None:
    plans.import_plan(_document())
    plans.import_plan(plans.read_plan(LIBRARY / "calderdale.yaml"))
    plans.make_current("calderdale")
    storage.commit()
    assert [plan.slug for plan in plans.all_plans() if plan.is_current] == ["calderdale"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("slug: [", "line 2"),
        ("slug: x\ntitle: A plan\n", "required"),
        ("- a\n- b\n", "object"),
    ],
)
def test_a_broken_plan_is_refused_with_its_line(tmp_path: Any, text: str, says: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(text)
    with pytest.raises(plans.BrokenPlan, match=says) as refused:
        plans.read_plan(file)
    assert "broken.yaml" in str(refused.value)
