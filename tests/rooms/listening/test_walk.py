"""The rules on the phone are the rules on the server: one table for both, and whatever anybody posts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.rooms.asking.inventing import RUBBISH, instruments, posts
from tests.rooms.listening.every import EVERY
from voice import asking
from voice.asking import WORDINGS, Instrument
from voice.listening import bundle
from voice.listening.walking import Posted, Visit, walk
from voice.web.assets import asset_url

# What a browser does does not hang on the database.
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)

CASES = json.loads(Path(__file__).with_name("walk_cases.json").read_text(encoding="utf-8"))
INSTRUMENTS = {name: asking.load_instrument(data) for name, data in CASES["instruments"].items()}
# What the phone works out for each thing posted, as plain JSON.
ON_THE_PHONE = """async ([rules, ways, questions, all]) => {
    const {asPosted, inOrder, kept, next, piped, previous, read, shown, step} = await import(rules), {walk} = await import(ways);
    const name = one => one ? one.name : null;
    const out = [];
    for (const {posted, at, go, seed} of all) {
        const raw = new Map(Object.entries(posted)), {answers, refused} = read(questions, raw);
        const place = walk(questions, {at: at || '', go, raw, returning: false, checking: false});
        const orders = {};
        for (const one of questions) if (one.randomize) orders[one.name] = await inOrder(one, seed);
        out.push({
            shown: shown(questions, answers).map(name), next: name(next(questions, answers, at)), previous: name(previous(questions, answers, at)),
            step: at ? step(questions, answers, at) : null, kept: Object.fromEntries(kept(questions, answers)),
            refused: Object.fromEntries(refused), orders,
            labels: questions.map(one => piped(one.text, questions, answers)),
            way: [place.where === 'nothing' ? 'check' : place.where, name(place.question), Object.fromEntries(place.raw), place.refused?.why ?? null],
        });
    }
    return out;
}"""


def on_the_server(instrument: Instrument, one: Mapping[str, Any]) -> dict[str, Any]:
    """The same, by the rules the server keeps to."""
    raw = {name: tuple(values) for name, values in one["posted"].items()}
    read, at = asking.read_answers(instrument, raw), one["at"]
    place = walk(instrument, Posted(at=at or "", go=one["go"], raw=raw, visit=Visit()))
    following, before = asking.next_question(instrument, read.answers, at), asking.previous_question(instrument, read.answers, at)
    return {
        "shown": [question.name for question in asking.shown(instrument, read.answers)],
        "next": following and following.name,
        "previous": before and before.name,
        "step": list(asking.step(instrument, read.answers, at)) if at else None,
        "kept": json.loads(asking.canonical(asking.kept(instrument, read.answers))),
        "refused": {name: {"why": why.key, **why.values} for name, why in read.refused.items()},
        "orders": {each.name: [one.name for one in asking.in_order(each, one["seed"])] for each in instrument.questions if each.randomize},
        "labels": [asking.piped(asking.in_language(each.label, "en"), instrument, read.answers).text for each in instrument.questions],
        "way": [place.where, place.question and place.question.name, {name: list(values) for name, values in place.raw.items()},
                place.refused and place.refused.key],
    }  # fmt: skip


def definitions(instrument: Instrument) -> list[dict[str, Any]]:
    texts = [{"text": asking.in_language(question.label, "en").text} for question in instrument.questions]
    return [known | text for known, text in zip(bundle.definitions(instrument, "en"), texts, strict=True)]


Phone = Callable[[Instrument, Sequence[Mapping[str, Any]]], list[dict[str, Any]]]


@pytest.fixture
def phone(held: Callable[..., Page], app: Flask) -> Phone:
    with app.test_request_context():
        modules = [asset_url(f"js/{name}.js") for name in ("walk", "way")]
    opened = held()
    opened.goto("/no-net")

    def work_out(instrument: Instrument, all_of: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = opened.evaluate(ON_THE_PHONE, [*modules, definitions(instrument), all_of])
        return found

    return work_out


def full(case: Mapping[str, Any]) -> dict[str, Any]:
    return {"posted": case.get("posted", {}), "at": case.get("at"), "go": case.get("go", "next"), "seed": case.get("seed", "")}


def told(found: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in expected}


@pytest.mark.parametrize("case", CASES["cases"], ids=[each["title"] for each in CASES["cases"]])
def test_the_table_on_the_server(case: Mapping[str, Any]) -> None:
    assert told(on_the_server(INSTRUMENTS[case["instrument"]], full(case)), case["expect"]) == case["expect"]


@on_sqlite
def test_the_table_on_the_phone(phone: Phone) -> None:
    for case in CASES["cases"]:
        (found,) = phone(INSTRUMENTS[case["instrument"]], [full(case)])
        assert told(found, case["expect"]) == case["expect"], case["title"]


@st.composite
def posted(draw: st.DrawFn, instrument: Instrument) -> dict[str, Any]:
    """What a hasty, a playful or a broken browser may post."""
    whole = RUBBISH.filter(lambda values: all(value.isprintable() or value.isascii() for value in values))
    some = [question for question in instrument.questions if draw(st.booleans())]
    raw = {question.name: draw(st.one_of(posts(question), posts(question), whole)) for question in some}
    at = draw(st.sampled_from([None, *(question.name for question in instrument.questions)]))
    wishes = ["next", "next", "back", "skip", "check", "stay", f"change:{instrument.questions[0].name}"]
    return {"posted": raw, "at": at, "go": draw(st.sampled_from(wishes)), "seed": draw(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True))}


@st.composite
def anything(draw: st.DrawFn) -> tuple[Instrument, list[dict[str, Any]]]:
    instrument = draw(instruments())
    return instrument, draw(st.lists(posted(instrument), min_size=12, max_size=12))


@on_sqlite
def test_whatever_is_posted_phone_and_server_agree(phone: Phone) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
    @given(anything())
    def agree(given: tuple[Instrument, list[dict[str, Any]]]) -> None:
        instrument, all_of = given
        assert phone(instrument, all_of) == [on_the_server(instrument, each) for each in all_of]

    agree()


@on_sqlite
@pytest.mark.parametrize("wording", WORDINGS)
def test_every_kind_of_question_for_every_age(phone: Phone, wording: asking.Wording) -> None:
    instrument = asking.for_places(asking.fitted(asking.load_instrument(EVERY), wording), {"hereford": "Hereford", "ross": "Ross"})

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
    @given(st.lists(posted(instrument), min_size=12, max_size=12))
    def agree(all_of: list[dict[str, Any]]) -> None:
        assert phone(instrument, all_of) == [on_the_server(instrument, each) for each in all_of]

    agree()
