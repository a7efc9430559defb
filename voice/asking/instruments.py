"""Instruments from files and rows: read, checked against the schema and against each other, refused with file, line and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from voice.asking import marked
from voice.asking.building import Found, build, role_codes
from voice.asking.checks import Fault, faults, hard_on_children
from voice.asking.kinds import Instrument
from voice.asking.marked import Marked, Where

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_HERE: Final = Path(__file__).parent
SHIPPED: Final = _HERE.parents[1] / "surveys"
"""The instruments that come with the product."""


class BrokenInstrument(Exception):
    """An instrument that cannot be used. `line` counts from 1 and is None for what never was in a file."""

    def __init__(self, file: str, line: int | None, what: str, do: str) -> None:
        super().__init__(file, line, what, do)
        self.file, self.line, self.what, self.do = file, line, what, do

    def __str__(self) -> str:
        """One line: where, what, and what to do."""
        return f"{self.file}:{self.line or 1}: {self.what}. {self.do}"


def load_instrument(source: Path | Mapping[str, Any], *, published: bool = False) -> Instrument:
    """The instrument in a YAML file, or in data as `as_data` gives it. Raises BrokenInstrument, and nothing else.

    What was published stays readable when we learn to be kinder: `published` leaves out the rules that only a new one must keep.
    """
    file = source.name if isinstance(source, Path) else "instrument"
    found = _marked(source, file) if isinstance(source, Path) else Marked(dict(source))
    try:
        _check_shape(found)
        instrument, places = build(found.data)
        _refuse(list(faults(instrument, role_codes(), places)), found)
        _refuse([] if published else list(hard_on_children(instrument, places)), found)
    except Found as wrong:
        raise BrokenInstrument(file, found.line(wrong.fault.where), wrong.fault.what, wrong.fault.do) from None
    return instrument


def _refuse(wrong: list[Fault], found: Marked) -> None:
    """Tell the first one of them: whoever mends a file reads it from the top."""
    if wrong:
        raise Found(min(wrong, key=lambda fault: found.line(fault.where) or 0))


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
    from jsonschema import Draft202012Validator  # lazy: the first instrument that is read loads it, not the start

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
