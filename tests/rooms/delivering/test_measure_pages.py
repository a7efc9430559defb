"""Readings from the desk to the page that everyone sees. On SQLite: what the database holds to is tested beside the acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_plan, the
from tests.reading import Visitor
from voice import plans, storage
from voice.delivering.measuring.actions import Given, enter
from voice.plans import MeasureFacts

SignIn = Callable[..., Visitor]
pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def a_measure(key: str, slug: str = "herefordshire-2011") -> MeasureFacts:
    plan_id = a_plan(slug)
    plans.make_current(slug)
    storage.commit()
    found = [each for own in (None, *(one.id for one in plans.priorities(plan_id))) for each in plans.measures_of(plan_id, own)]
    return next(each for each in found if each.key == key)


def test_everyone_reads_how_it_goes_in_words_first(app: Flask, visitor: Visitor) -> None:
    measure = a_measure("breastfeeding-6-8-weeks")
    for when, value in (("2023", 50), ("2024", 48.5), ("2025", 55)):
        enter(measure, Given(when, value, out_of=1800, origin="NHS England", story=f"What moved it in {when}."), the("officer"))
    storage.commit()
    page = visitor.open(f"/plan/1/measures/{measure.key}")
    assert "Up from 46% to 55%. We want: 60%, by 2012. We are nearer." in page.words
    assert "What moved it in 2025." in page.words
    assert [each.get_text() for each in page.soup.select("svg.over .value")] == ["50%", "48.5%", "55%"]
