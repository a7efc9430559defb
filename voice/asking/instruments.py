"""Instruments from files and rows: read, checked against the schema and against each other, refused with file, line and what to do."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from jsonschema import Draft202012Validator, ValidationError

from voice.asking import marked
from voice.asking.checks import Fault, faults
from voice.asking.expressions import Expression, Unreadable, parse
from voice.asking.kinds import PLACES, Ages, Choice, Instrument, Question, Role, Words
from voice.asking.marked import Marked, Where

_HERE: Final = Path(__file__).parent
SHIPPED: Final = _HERE.parents[1] / "surveys"
"""The instruments that come with the product."""
_ROLE_LISTS: Final[Mapping[Role, tuple[str, ...]]] = {
    "age_band": ("age_bands", "age_bands_and_adults", "age_bands_families"),
    "speaker": ("speakers",),
}


class BrokenInstrument(Exception):
    """An instrument that cannot be used. `line` counts from 1 and is None for what never was in a file."""

    def __init__(self, file: str, line: int | None, what: str, do: str) -> None:
        super().__init__(file, line, what, do)
        self.file, self.line, self.what, self.do = file, line, what, do

    def __str__(self) -> str:
        """One line: where, what, and what to do."""
        return f"{self.file}:{self.line or 1}: {self.what}. {self.do}"


class _Found(Exception):
    """A fault met while building."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def load_instrument(source: Path | Mapping[str, Any]) -> Instrument:
    """The instrument in a YAML file, or in data as `as_data` gives it. Raises BrokenInstrument, and nothing else."""
    file = source.name if isinstance(source, Path) else "instrument"
    found = _marked(source, file) if isinstance(source, Path) else Marked(dict(source))
    try:
        _check_shape(found)
        instrument = _build(found.data)
        _refuse(list(faults(instrument, _role_codes())), found)
    except _Found as wrong:
        raise BrokenInstrument(file, found.line(wrong.fault.where), wrong.fault.what, wrong.fault.do) from None
    return instrument


def _refuse(wrong: list[Fault], found: Marked) -> None:
    """Tell the first one of them: whoever mends a file reads it from the top."""
    if wrong:
        raise _Found(min(wrong, key=lambda fault: found.line(fault.where) or 0))


def _marked(path: Path, file: str) -> Marked:
    try:
        return marked.read(path.read_text(encoding="utf-8"))
    except marked.Unmarked as error:
        raise BrokenInstrument(file, error.line, error.what, error.do) from None
    except UnicodeDecodeError:
        raise BrokenInstrument(file, None, "this is not UTF-8 text", "Save it as UTF-8.") from None
    except OSError as error:
        raise BrokenInstrument(file, None, f"the file cannot be read: {error.strerror}", "Look at its name and who may read it.") from None


def shipped_instruments(folder: Path = SHIPPED) -> tuple[Path, ...]:
    """The instrument files of a folder, by name."""
    return tuple(sorted(folder.glob("*.yaml")))


# --- shape


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((_HERE / "instrument.schema.json").read_text(encoding="utf-8")))


def _check_shape(found: Marked) -> None:
    errors = list(_validator().iter_errors(found.data))
    # A misspelt name is a missing one too. The misspelling is what helps.
    _refuse([_fault(error) for error in errors if error.validator != "required"], found)
    _refuse([_fault(error) for error in errors], found)


def _fault(error: ValidationError) -> Fault:
    where: Where = tuple(error.absolute_path)
    schema = cast("Mapping[str, Any]", error.schema)
    given = cast("Any", error.instance)
    do = str(schema.get("description", "Look at docs/instruments.md."))
    if error.validator == "additionalProperties":
        strange = sorted(set(given) - set(schema.get("properties", ())), key=str)
        known = ", ".join(schema.get("properties", ()))
        return Fault((*where, strange[0]), f"“{strange[0]}” is not known here", f"Use one of {known}.")
    if error.validator == "required":
        missing = next(name for name in schema["required"] if name not in given)
        return Fault(where, f"“{missing}” is missing", f"Add “{missing}”.")
    name = f"“{where[-1]}”" if where and isinstance(where[-1], str) else "this"
    return Fault(where, f"{name} cannot be {_shortly(given)}", do)


def _shortly(value: object) -> str:
    kinds = {dict: "a group of names", list: "a list", type(None): "empty"}
    if type(value) in kinds and value not in ({}, []):
        return kinds[type(value)]
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:40]}…"


# --- building


def _build(data: Mapping[str, Any]) -> Instrument:
    languages = tuple(data["languages"])
    return Instrument(
        name=data["name"],
        version=data["version"],
        kind=data["kind"],
        title=_words(data["title"], languages),
        intro=_words(data["intro"], languages),
        minutes=data["minutes"],
        ages=Ages(data["ages"]["from"], data["ages"]["to"]),
        languages=languages,
        speaker=data["speaker"],
        questions=tuple(_question(one, ("questions", at), languages) for at, one in enumerate(data["questions"])),
    )


def _question(data: Mapping[str, Any], where: Where, languages: tuple[str, ...]) -> Question:
    bounds = data.get("parameters", {})
    return Question(
        type=data["type"],
        name=data["name"],
        label=_words(data["label"], languages),
        hint=_words(data.get("hint", {}), languages),
        appearance=data.get("appearance", ""),
        choices=_choices(data.get("choices", []), where, languages),
        skips=() if data["type"] == "note" else _shared("skips", languages),
        start=bounds.get("start"),
        end=bounds.get("end"),
        relevant=data.get("relevant", ""),
        condition=_condition(data.get("relevant", ""), where),
        role=data.get("role"),
        from_places=data.get("choices") == PLACES,
    )


def _words(words: Words, languages: tuple[str, ...]) -> dict[str, str]:
    """In the order the instrument offers its languages; what it does not offer comes last, for the checks to find."""
    return {language: words[language] for language in (*languages, *words) if language in words}


def _choices(given: str | list[Mapping[str, Any]], where: Where, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    if isinstance(given, list):
        return tuple(_choice(one, languages) for one in given)
    lists = sorted(set(shared_choices()) - {"skips"})
    if given not in lists:
        raise _Found(Fault((*where, "choices"), f"no shared list is called “{given}”", f"Use one of {', '.join(lists)}."))
    return _shared(given, languages)


def _choice(data: Mapping[str, Any], languages: tuple[str, ...]) -> Choice:
    return Choice(data["name"], _words(data["label"], languages), data.get("face"))


def _shared(name: str, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    offered = (
        {**one, "label": {language: words for language, words in one["label"].items() if language in languages}} for one in shared_choices()[name]
    )
    return tuple(_choice(one, languages) for one in offered)


@cache
def shared_choices() -> Mapping[str, list[Mapping[str, Any]]]:
    """The lists of choices that instruments share: list name to its choices, as written."""
    lists: Mapping[str, list[Mapping[str, Any]]] = marked.read((_HERE / "shared_choices.yaml").read_text(encoding="utf-8")).data
    return lists


@cache
def _role_codes() -> Mapping[Role, frozenset[str]]:
    return {role: frozenset(one["name"] for name in lists for one in shared_choices()[name]) for role, lists in _ROLE_LISTS.items()}


def _condition(text: str, where: Where) -> Expression | None:
    try:
        return parse(text) if text else None
    except Unreadable as error:
        raise _Found(Fault((*where, "relevant"), f"the condition cannot be read: {error}", "Write it like ${how} = 'bus'.")) from None


# --- keeping


def as_data(instrument: Instrument) -> dict[str, Any]:
    """The instrument as plain data for a row or a file: `load_instrument(as_data(it)) == it`. Shared lists are written out, so that a
    version stays as it was published when a shared wording changes."""
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
        "questions": [dict(_question_data(question)) for question in instrument.questions],
    }


def _question_data(question: Question) -> Iterator[tuple[str, Any]]:
    yield from {"type": question.type, "name": question.name, "label": dict(question.label)}.items()
    optional = {"hint": dict(question.hint), "appearance": question.appearance, "relevant": question.relevant, "role": question.role}
    yield from ((name, value) for name, value in optional.items() if value)
    if question.choices:
        yield "choices", PLACES if question.from_places else [_choice_data(choice) for choice in question.choices]
    if question.start is not None:
        yield "parameters", {"start": question.start, "end": question.end}


def _choice_data(choice: Choice) -> dict[str, Any]:
    face = {} if choice.face is None else {"face": choice.face}
    return {"name": choice.name, "label": dict(choice.label), **face}
