"""What a program sends instead of a form: JSON, read strictly. Pure Python.

Python’s reader takes more than JSON is (NaN, a name given twice, numbers of any length); whoever sends such a thing means something
we would have to guess, so it is refused. Nothing here puts what was sent into a message: it may be a child’s words.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from voice.asking import WORDINGS, Question, Wording
from voice.contacting import DOORS

WAYS: Final = ("web", "qr", "feedback_box", "hand_over")
MOST_ISSUED: Final = 40
FIELDS: Final = ("activity", "key", "language", "wording", "way", "code", "answers", "door", "contact")
CONTACT: Final = ("name", "how", "where", "when")
SHOWN: Final = ("data", "words", "turn", "cover_faces")
TURNS: Final = (0, 90, 180, 270)
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LONGEST_INTEGER: Final = 18  # digits
_MOST_CODES: Final = 200
_LONGEST_CODE: Final = 64


class NotJson(Exception):
    """These bytes are no JSON object as we take it."""


@dataclass(frozen=True)
class Fault:
    """One thing to put right. `key` picks the sentence; `question` and `field` say where, if we know such a name."""

    key: str
    question: str | None = None
    field: str = ""


class Wrong(Exception):
    """It is JSON, and not what it should be."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(len(faults))
        self.faults = faults


@dataclass(frozen=True)
class Shown:
    """A picture as it was sent: its bytes, what its sender says it shows, how far it is to be turned (degrees, clockwise), and whether every
    face is to be covered."""

    data: bytes
    words: str = ""
    turn: int = 0
    cover_faces: bool = False


@dataclass(frozen=True)
class Given:
    """One answer as it was sent: codes, or words, or a number, or a picture. The others are None."""

    codes: tuple[str, ...] | None = None
    words: str | None = None
    number: int | None = None
    picture: Shown | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """One submission as it was sent."""

    activity: str
    key: str
    language: str
    wording: Wording | None
    way: str
    code: str | None
    answers: Mapping[str, Given]
    door: str = "tell"
    contact: Mapping[str, Any] | None = None


def read_json(data: bytes) -> dict[str, Any]:
    """The JSON object in these bytes (UTF-8).

    Raises:
        NotJson: it is none, or one name stands in it twice, or a number that is none.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number, parse_int=_integer, parse_float=_decimal)
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(found, dict):
        raise NotJson
    return found


def read_message(data: Mapping[str, Any], languages: Iterable[str]) -> Message:
    """The submission in a JSON object; `languages` are those it may be in.

    Raises:
        Wrong: names every field and every answer that is not as it should be.
    """
    right = {
        "activity": _is(data.get("activity"), _SLUG),
        "key": _is(data.get("key"), _UUID),
        "language": data.get("language", "en") in tuple(languages),
        "wording": data.get("wording") in (None, *WORDINGS),
        "way": data.get("way", "web") in WAYS,
        "code": data.get("code") is None or (isinstance(data["code"], str) and len(data["code"]) <= _LONGEST_CODE),
        "answers": isinstance(data.get("answers"), dict),
        "door": data.get("door", "tell") in DOORS,
        "contact": _is_contact(data.get("contact"), data.get("door")),
    }
    faults = [Fault("unknown_field")] if set(data) - set(FIELDS) else []
    faults += [Fault("field", field=name) for name, is_right in right.items() if not is_right]
    answers = {name: _given(value) for name, value in data["answers"].items()} if right["answers"] else {}
    faults += [Fault("answer", question=name_or_none(name)) for name, given in answers.items() if given is None]
    if faults:
        raise Wrong(*faults)
    usual = {"language": "en", "wording": None, "way": "web", "code": None}
    return Message(**{**usual, **data, "answers": answers})


def read_count(data: Mapping[str, Any]) -> int:
    """How many receipts are wanted.

    Raises:
        Wrong: it is not a whole number from 1 to 40.
    """
    count = data.get("count")
    if set(data) - {"count"}:
        raise Wrong(Fault("unknown_field"))
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST_ISSUED:
        raise Wrong(Fault("field", field="count"))
    return count


def as_raw(question: Question, given: Given) -> tuple[str, ...] | None:
    """The answer as the page would post it, without the picture; None where the question takes another kind."""
    if given.picture is not None:
        return (given.picture.words,) if question.is_picture else None
    if question.is_picked or not question.is_asked:
        return given.codes
    if given.codes is not None:
        return ("", *given.codes)
    typed = given.number if question.type == "integer" else given.words
    return None if typed is None else (str(typed),)


def name_or_none(name: str) -> str | None:
    """The name of a question, where it can be one: anything else may be words."""
    return name if _NAME.fullmatch(name) else None


def _is_contact(value: object, door: object) -> bool:
    """How to reach someone goes with the door “contact”, and with no other."""
    if door != "contact":
        return value is None
    if not isinstance(value, dict) or set(value) - {*CONTACT, "never_home"}:
        return False
    return all(isinstance(value.get(name, ""), str) for name in CONTACT) and isinstance(value.get("never_home", False), bool)


def _given(value: object) -> Given | None:
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((kind, what),) = value.items()
    if kind == "words" and isinstance(what, str):
        return Given(words=what)
    if kind == "number" and isinstance(what, int) and not isinstance(what, bool):
        return Given(number=what)
    if kind == "codes" and isinstance(what, list) and len(what) <= _MOST_CODES and all(isinstance(code, str) for code in what):
        return Given(codes=tuple(what))
    if kind == "picture" and (shown := _shown(what)):
        return Given(picture=shown)
    return None


def _shown(what: object) -> Shown | None:
    """None where it is none. An empty picture is none either."""
    if not isinstance(what, dict) or set(what) - set(SHOWN) or not isinstance(what.get("data"), str) or not what["data"]:
        return None
    words, turn, cover = what.get("words", ""), what.get("turn", 0), what.get("cover_faces", False)
    if not isinstance(words, str) or turn not in TURNS or isinstance(turn, bool) or not isinstance(cover, bool):
        return None
    try:
        return Shown(base64.b64decode(what["data"], validate=True), words, turn, cover)
    except binascii.Error:
        return None


def _is(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and len(value) <= 100 and pattern.fullmatch(value) is not None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson
    return found


def _no_number(_name: str) -> NoReturn:
    raise NotJson


def _integer(digits: str) -> int | float:
    """Longer ones are no answer to anything, and slow to read."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else math.inf


def _decimal(digits: str) -> int | float:
    """25.0 is the whole number 25, as JSON Schema has it."""
    number = float(digits)
    return int(number) if number.is_integer() and abs(number) < 10**_LONGEST_INTEGER else number
