"""Invented instruments: any that is valid, for rules that must hold for all of them."""

from __future__ import annotations

from typing import Any

import jsonschema  # noqa: F401  # loads slowly, and late in the product: inventing the first instrument must not be timed with it
from hypothesis import strategies as st

from voice.asking import Instrument, Question, load_instrument

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
CODES = st.from_regex(r"[a-z0-9][a-z0-9_]{0,6}", fullmatch=True).filter(lambda code: code not in ("dont_know", "rather_not"))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).map(lambda text: f"a{text}z")
WORDS = st.fixed_dictionaries({"en": TEXTS, "cy": TEXTS})
# What people, machines and mischief post.
RUBBISH = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.text(st.characters(), max_size=10),
        st.sampled_from(["dont_know", "rather_not", "", "yes", "5", "-1", "٣", "²", "1e9", "9" * 5000, "\x00", "\ud800", "x" * 10_001, "a\r\nb"]),
        CODES,
    ),
    max_size=5,
)


@st.composite
def choices(draw: st.DrawFn, faces: bool = False) -> list[dict[str, Any]]:
    names = draw(st.lists(CODES, min_size=2, max_size=5, unique=True))
    return [{"name": name, "label": draw(WORDS), **({"face": at + 1} if faces else {})} for at, name in enumerate(names)]


@st.composite
def questions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["faces", "select_one", "select_multiple", "integer", "text", "note"]))
    data: dict[str, Any] = {"type": "select_one" if kind == "faces" else kind, "name": name, "label": draw(WORDS)}
    if draw(st.booleans()):
        data["hint"] = draw(WORDS)
    if kind in ("faces", "select_one", "select_multiple"):
        data["choices"] = draw(choices(faces=kind == "faces"))
    if kind == "faces":
        data["appearance"] = "faces"
    if kind == "integer":
        start = draw(st.integers(-50, 50))
        data["parameters"] = {"start": start, "end": start + draw(st.integers(1, 50))}
    if kind == "text":
        data["appearance"] = draw(st.sampled_from(["line", "multiline"]))
    return data


@st.composite
def atoms(draw: st.DrawFn, about: dict[str, Any]) -> str:
    name, kind = about["name"], about["type"]
    sign = draw(st.sampled_from(["=", "!="]))
    if kind == "integer" and draw(st.booleans()):
        return f"${{{name}}} {draw(st.sampled_from(['=', '!=', '<', '<=', '>', '>=']))} {draw(st.integers(-60, 60))}"
    if kind in ("select_one", "select_multiple") and draw(st.booleans()):
        code = draw(st.sampled_from([one["name"] for one in about["choices"]]))
        return f"selected(${{{name}}}, '{code}')" if kind == "select_multiple" or draw(st.booleans()) else f"${{{name}}} {sign} '{code}'"
    return f"${{{name}}} {sign} ''"


@st.composite
def conditions(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> str:
    text = draw(atoms(draw(st.sampled_from(earlier))))
    for _ in range(draw(st.integers(0, 3))):
        more = draw(atoms(draw(st.sampled_from(earlier))))
        text = draw(st.sampled_from(["{0} and {1}", "{0} or {1}", "not({0}) or {1}", "({0}) and not({1})", "{1} and ({0})"])).format(text, more)
    return text


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Any valid instrument, in two languages."""
    asked: list[dict[str, Any]] = [{"type": "text", "name": "first_of_all", "label": draw(WORDS)}]
    for name in draw(st.lists(NAMES, max_size=6, unique=True)):
        one = draw(questions(name))
        earlier = [other for other in asked if other["type"] != "note"]
        if draw(st.booleans()):
            one["relevant"] = draw(conditions(earlier))
        asked.append(one)
    if draw(st.booleans()):
        last = {"type": draw(st.sampled_from(["draw", "image"])), "name": "z_shown_at_last", "label": draw(WORDS)}
        earlier = [other for other in asked if other["type"] != "note"]
        asked.append(last | ({"relevant": draw(conditions(earlier))} if draw(st.booleans()) else {}))
    return load_instrument(
        {
            "name": draw(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True).filter(lambda name: len(name) <= 60)),
            "version": draw(st.integers(1, 99)),
            "kind": draw(st.sampled_from(["opinion_sheet", "survey", "family_sheet", "audit", "feedback_box"])),
            "title": draw(WORDS),
            "intro": draw(WORDS),
            "minutes": draw(st.integers(1, 30)),
            "ages": {"from": draw(st.integers(11, 12)), "to": draw(st.integers(12, 99))},
            "speaker": draw(st.sampled_from(["young_person", "parent", "carer", "family"])),
            "languages": ["en", "cy"],
            "questions": asked,
        }
    )


@st.composite
def posts(draw: st.DrawFn, question: Question) -> list[str]:
    """What somebody who means it posts for a question."""
    if question.type in ("text", "integer", "draw", "image"):
        box = draw(st.text(max_size=30)) if question.type != "integer" else str(draw(st.integers(question.start or 0, question.end or 0)))
        return draw(st.sampled_from([[box], [box, ""], ["", "dont_know"], ["", "rather_not"], [""], []]))
    codes = [one.name for one in question.choices]
    some = st.lists(st.sampled_from(codes), max_size=1 if question.type == "select_one" else 4) if codes else st.just([])
    return draw(st.one_of(some, st.sampled_from([["dont_know"], ["rather_not"], []])))
