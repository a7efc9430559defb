"""From plain data of the right shape to an instrument: shared lists looked up, groups of statements and “something else” written out,
conditions read, words in other languages filled in from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from voice.asking import marked
from voice.asking.checks import Fault
from voice.asking.expressions import Expression, Unreadable, parse
from voice.asking.kinds import PLACES, SOMETHING_ELSE, WORDINGS, Ages, Choice, Instrument, Opening, Question, Reworded, Role
from voice.asking.marked import Where
from voice.web import catalogues

_HERE: Final = Path(__file__).parent
_ROLE_LISTS: Final[Mapping[Role, tuple[str, ...]]] = {
    "age_band": ("age_bands", "age_bands_and_adults", "age_bands_families"),
    "speaker": ("speakers", "speakers_and_workers"),
}
_NOT_TO_NAME: Final = ("skips", "or_other", "gave_picture")
_PICTURES: Final = ("draw", "image")
PRIORITIES: Final = "priorities"
_NO_CODE: Final = re.compile(r"[^a-z0-9_]")
EASY: Final = "easy"
"""Easy Read, a language of its own; where the English is as plain already it is not written twice."""

Data: TypeAlias = Mapping[str, Any]
Placed: TypeAlias = tuple[Data, Where]
"""One question's data and where it stands in its file."""


class Found(Exception):
    """A fault met while building."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def build(data: Data) -> tuple[Instrument, tuple[Where, ...]]:
    """The instrument, and for each of its questions the place in the file it was made from. Raises Found."""
    tongue = Tongue(tuple(data["languages"]))
    placed = [one for at, question in enumerate(data["questions"]) for one in _written_out(question, ("questions", at), tongue)]
    instrument = Instrument(
        name=data["name"],
        version=data["version"],
        kind=data["kind"],
        title=tongue.words(data["title"]),
        intro=tongue.words(data["intro"]),
        minutes=data["minutes"],
        ages=Ages(data["ages"]["from"], data["ages"]["to"]),
        languages=tongue.languages,
        speaker=data["speaker"],
        questions=tuple(_question(question, where, tongue) for question, where in placed),
        wordings=tuple(age for age in WORDINGS if age in data.get("wordings", ())),
        by_age={age: _opening(data[age], tongue) for age in WORDINGS if age in data},
    )
    return instrument, tuple(where for _, where in placed)


# --- words


class Tongue:
    """The languages an instrument is offered in, and what its English is in each."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages

    def words(self, given: Data) -> dict[str, str]:
        """In the order the instrument offers its languages; what it does not offer comes last, for the checks to find."""
        filled = {language: self._in(language, given) for language in self.languages}
        return {language: text for language, text in filled.items() if text} | dict(given)

    def shared(self, name: str) -> list[Data]:
        """A shared list in the languages offered: what else it knows is no mistake of this file."""
        texts = ("label", *WORDINGS)
        return [{**one, **{text: self._only(one[text]) for text in texts if text in one}} for one in shared_choices()[name]]

    def _only(self, given: Data) -> Data:
        return {language: text for language, text in given.items() if language in self.languages}

    def _in(self, language: str, given: Data) -> str:
        if language in given or "en" not in given:
            return str(given.get(language, ""))
        return str(given["en"]) if language == EASY else translated(language, str(given["en"]))


def translated(language: str, english: str) -> str:
    """What our catalogue says for this text of an instrument, or nothing."""
    return catalogues.words("surveys", language).get(english, "")


# --- questions


def _written_out(question: Data, where: Where, tongue: Tongue) -> Iterator[Placed]:
    """A group of statements as one question each; a question with “something else” as two."""
    if question["type"] == "scales":
        yield from _statements(question, where, tongue)
    elif question.get("or_other"):
        yield from _with_other(question, where, tongue)
    else:
        yield question, where


def _statements(group: Data, where: Where, tongue: Tongue) -> Iterator[Placed]:
    shared = {name: group[name] for name in ("choices", "relevant", "asked_of") if name in group}
    appearance = "faces" if any("face" in one for one in _listed(group["choices"], where, tongue)) else "scale"
    for at, statement in enumerate(group["statements"]):
        own = {"type": "select_one", "appearance": appearance, "lead": group["label"], **shared, **statement}
        yield own, (*where, "statements", at)


def _with_other(question: Data, where: Where, tongue: Tongue) -> Iterator[Placed]:
    texts = {one["name"]: one["label"] for one in tongue.shared("or_other")}
    other = {"name": SOMETHING_ELSE, "label": texts[SOMETHING_ELSE], "fixed": True}
    mine = {name: value for name, value in question.items() if name != "or_other"}
    yield {**mine, "choices": [*_listed(question["choices"], where, tongue), other]}, where
    name = question["name"]
    follow = {
        "type": "text",
        "name": f"{name}_else",
        "label": texts["label"],
        "hint": texts["hint"],
        "appearance": "line",
        "relevant": f"selected(${{{name}}}, '{SOMETHING_ELSE}')",
    }
    yield follow | ({"asked_of": question["asked_of"]} if "asked_of" in question else {}), where


def _question(data: Data, where: Where, tongue: Tongue) -> Question:
    parameters = data.get("parameters", {})
    return Question(
        type=data["type"],
        name=data["name"],
        label=tongue.words(data["label"]),
        hint=tongue.words(data.get("hint", {})),
        lead=tongue.words(data.get("lead", {})),
        picture=data.get("picture", ""),
        by_age={age: _reworded(data[age], tongue) for age in WORDINGS if age in data},
        asked_of=tuple(age for age in WORDINGS if age in data.get("asked_of", ())),
        appearance=data.get("appearance", ""),
        choices=tuple(_choice(one, tongue) for one in _choices(data, where, tongue)),
        skips=() if data["type"] == "note" else tuple(_choice(one, tongue) for one in tongue.shared("skips")),
        start=parameters.get("start"),
        end=parameters.get("end"),
        randomize=parameters.get("randomize", False),
        relevant=data.get("relevant", ""),
        condition=_condition(data, "relevant", where),
        constraint=data.get("constraint", ""),
        constraint_message=tongue.words(data.get("constraint_message", {})),
        limit=_condition(data, "constraint", where),
        role=data.get("role"),
        from_places=data.get("choices") == PLACES,
        from_priorities=data.get("choices_from") == PRIORITIES,
    )


def _opening(data: Data, tongue: Tongue) -> Opening:
    return Opening(tongue.words(data.get("title", {})), tongue.words(data.get("intro", {})), data.get("minutes"))


def _reworded(data: Data, tongue: Tongue) -> Reworded:
    return Reworded(tongue.words(data.get("label", {})), tongue.words(data.get("hint", {})))


def _choice(data: Data, tongue: Tongue) -> Choice:
    return Choice(
        data["name"],
        tongue.words(data["label"]),
        data.get("face"),
        data.get("picture", ""),
        {age: tongue.words(data[age]) for age in WORDINGS if age in data},
        data.get("fixed", False),
        data.get("alone", False),
    )


def _choices(data: Data, where: Where, tongue: Tongue) -> list[Data]:
    """What can be kept of an answer in codes. Nobody picks that a picture came: it is kept where one did."""
    return tongue.shared("gave_picture") if data["type"] in _PICTURES and "choices" not in data else _listed(data.get("choices", []), where, tongue)


def _listed(given: str | list[Data], where: Where, tongue: Tongue) -> list[Data]:
    """The choices themselves, or those of the shared list that is named."""
    if isinstance(given, list):
        return given
    lists = sorted(set(shared_choices()) - set(_NOT_TO_NAME))
    if given not in lists:
        raise Found(Fault((*where, "choices"), f"no shared list is called “{given}”", f"Use one of {', '.join(lists)}."))
    return tongue.shared(given)


@cache
def shared_choices() -> Mapping[str, list[Data]]:
    """The lists of choices that instruments share: list name to its choices, as written."""
    lists: Mapping[str, list[Data]] = marked.read((_HERE / "shared_choices.yaml").read_text(encoding="utf-8")).data
    return lists


@cache
def role_codes() -> Mapping[Role, frozenset[str]]:
    """The codes that a question with a role may have, so that coarse facts add up."""
    return {role: frozenset(one["name"] for name in lists for one in shared_choices()[name]) for role, lists in _ROLE_LISTS.items()}


def _condition(data: Data, name: str, where: Where) -> Expression | None:
    try:
        return parse(data[name]) if data.get(name) else None
    except Unreadable as error:
        like = "${how} = 'bus'" if name == "relevant" else ". <= 10"
        raise Found(Fault((*where, name), f"the condition cannot be read: {error}", f"Write it like {like}.")) from None


# --- for one plan


def for_priorities(instrument: Instrument, titles: Mapping[str, str]) -> Instrument:
    """The instrument as it is published for a plan whose priorities are `titles` (code to words for children, in the plan's order)."""
    asked = (
        replace(one, choices=tuple(_priority(one, code, title, instrument.languages) for code, title in titles.items()))
        if one.from_priorities and len(titles) > 1
        else one
        for one in instrument.questions
    )
    return replace(instrument, questions=tuple(asked))


def _priority(question: Question, code: str, title: str, languages: tuple[str, ...]) -> Choice:
    """Our words for this very pledge where we have them, in all ages and languages; else the plan's."""
    known = next((choice for choice in question.choices if choice.name == code and choice.label.get("en", "").startswith(title)), None)
    return known or Choice(_NO_CODE.sub("_", code.lower()), dict.fromkeys(languages, title))


# --- keeping


def as_data(instrument: Instrument) -> dict[str, Any]:
    """The instrument as plain data for a row or a file: `load_instrument(as_data(it)) == it`. Shared lists and groups are written out, so
    that a version stays as it was published when a shared wording changes."""
    return {
        "name": instrument.name,
        "version": instrument.version,
        "kind": instrument.kind,
        "title": dict(instrument.title),
        "intro": dict(instrument.intro),
        "minutes": instrument.minutes,
        "ages": {"from": instrument.ages.youngest, "to": instrument.ages.oldest},
        "speaker": instrument.speaker,
        "languages": list(instrument.languages),
        **_given(wordings=list(instrument.wordings)),
        **{age: _given(title=dict(one.title), intro=dict(one.intro), minutes=one.minutes) for age, one in instrument.by_age.items()},
        "questions": [_question_data(question) for question in instrument.questions],
    }


def _given(**named: Any) -> dict[str, Any]:
    """Only what is there: an empty text, list or wish is not written down."""
    return {name: value for name, value in named.items() if value not in (None, "", False, [], {}, ())}


def _question_data(question: Question) -> dict[str, Any]:
    bounds = {name: bound for name, bound in (("start", question.start), ("end", question.end)) if bound is not None}  # 0 is a bound
    parameters = bounds | _given(randomize=question.randomize)
    return {
        "type": question.type,
        "name": question.name,
        "label": dict(question.label),
        **_given(
            hint=dict(question.hint),
            lead=dict(question.lead),
            picture=question.picture,
            asked_of=list(question.asked_of),
            appearance=question.appearance,
            relevant=question.relevant,
            constraint=question.constraint,
            constraint_message=dict(question.constraint_message),
            role=question.role,
            choices_from=PRIORITIES if question.from_priorities else "",
            choices=_choices_data(question),
            parameters=parameters,
        ),
        **{age: _given(label=dict(one.label), hint=dict(one.hint)) for age, one in question.by_age.items()},
    }


def _choices_data(question: Question) -> str | list[dict[str, Any]]:
    if question.from_places:
        return PLACES
    return [] if question.is_picture else [_choice_data(choice) for choice in question.choices]


def _choice_data(choice: Choice) -> dict[str, Any]:
    more = _given(face=choice.face, picture=choice.picture, fixed=choice.fixed, alone=choice.alone)
    return {"name": choice.name, "label": dict(choice.label), **more, **{age: dict(words) for age, words in choice.by_age.items()}}
