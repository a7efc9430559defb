"""The conditions of `relevant`: a small language after XLSForm's, read by hand and never evaluated as code.

    ${age_band} = 'under_8' and not(selected(${how}, 'bus'))

It knows `=`, `!=`, `<`, `<=`, `>`, `>=`, `selected(${question}, 'code')`, `count-selected(${question})`, `and`, `or`, `not(...)` and
parentheses. A question nobody answered is the empty text, as in XLSForm, so `${question} != ''` means "was answered". In a `constraint`
a full stop is the answer itself: `. <= ${people}`.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

LONGEST: Final = 500
"""Characters in a condition. Longer ones nobody can check by reading."""
DEEPEST: Final = 12
"""Parentheses inside each other, so that no condition can exhaust the stack."""

SELF: Final = "."
"""The name of the answer a constraint is about."""

Value: TypeAlias = str | int | tuple[str, ...]
"""What a question holds while a condition is worked out: words, a number, or the codes picked. Unanswered is the empty text."""


class Unreadable(ValueError):
    """The condition cannot be read; the message says where it stopped making sense."""


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to a question: `${name}`."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A fixed text or whole number."""

    value: str | int


@dataclass(frozen=True, slots=True)
class Count:
    """How many codes were picked: `count-selected(${name})`."""

    name: Name


Operand: TypeAlias = Name | Literal | Count


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands and the sign between them."""

    sign: str
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Selected:
    """True when the code is among those picked."""

    name: Name
    code: str


@dataclass(frozen=True, slots=True)
class Not:
    """The other way round."""

    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Both:
    """Every part must hold."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part must hold."""

    parts: tuple["Expression", ...]


Expression: TypeAlias = Compare | Selected | Not | Both | Either

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<name>\$\{[a-z][a-z0-9_]*\}|\.(?![\w.])) | (?P<text>'[^']*'|"[^"]*") | (?P<number>-?\d{1,9}(?![\w.]))
    | (?P<word>count-selected(?![\w-])|[a-z]+(?![\w-])) | (?P<sign><=|>=|!=|=|<|>) | (?P<mark>[(),])
    )""",
    re.VERBOSE | re.ASCII,
)
_SIGNS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(slots=True)
class _Reader:
    """Walks the tokens once, left to right."""

    tokens: list[tuple[str, str]]
    at: int = 0
    depth: int = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "the end")

    def take(self, text: str) -> bool:
        found = self.peek()[1] == text and self.peek()[0] in ("word", "mark")
        self.at += found
        return found

    def need(self, text: str) -> None:
        if not self.take(text):
            raise Unreadable(f"“{text}” should come before {_quoted(self.peek())}")

    def next_of(self, *kinds: str) -> tuple[str, str]:
        token = self.peek()
        if token[0] not in kinds:
            raise Unreadable(f"{_quoted(token)} cannot stand here")
        self.at += 1
        return token


def _quoted(token: tuple[str, str]) -> str:
    return token[1] if token[0] == "end" else f"“{token[1]}”"


def parse(text: str) -> Expression:
    """The condition as a tree. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable(f"it is longer than {LONGEST} characters")
    reader = _Reader(list(_tokens(text)))
    expression = _either(reader)
    if reader.peek()[0] != "end":
        raise Unreadable(f"{_quoted(reader.peek())} is left over")
    return expression


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    text, at = text.strip(), 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Unreadable(f"“{text[at : at + 12].strip()}” is not understood")
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _either(reader: _Reader) -> Expression:
    parts = [_both(reader)]
    while reader.take("or"):
        parts.append(_both(reader))
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _both(reader: _Reader) -> Expression:
    parts = [_single(reader)]
    while reader.take("and"):
        parts.append(_single(reader))
    return parts[0] if len(parts) == 1 else Both(tuple(parts))


def _single(reader: _Reader) -> Expression:
    if reader.take("not"):
        return Not(_bracketed(reader))
    if reader.take("selected"):
        return _selected(reader)
    if reader.peek() == ("mark", "("):
        return _bracketed(reader)
    left = _operand(reader)
    sign = reader.next_of("sign")[1]
    return Compare(sign, left, _operand(reader))


def _bracketed(reader: _Reader) -> Expression:
    reader.need("(")
    reader.depth += 1
    if reader.depth > DEEPEST:
        raise Unreadable(f"more than {DEEPEST} brackets are inside each other")
    inner = _either(reader)
    reader.need(")")
    reader.depth -= 1
    return inner


def _selected(reader: _Reader) -> Selected:
    reader.need("(")
    name = reader.next_of("name")[1]
    reader.need(",")
    code = reader.next_of("text")[1]
    reader.need(")")
    return Selected(_name(name), code[1:-1])


def _name(token: str) -> Name:
    return Name(SELF if token == SELF else token[2:-1])


def _operand(reader: _Reader) -> Operand:
    if reader.take("count-selected"):
        reader.need("(")
        name = reader.next_of("name")[1]
        reader.need(")")
        return Count(_name(name))
    kind, text = reader.next_of("name", "text", "number")
    if kind == "name":
        return _name(text)
    return Literal(text[1:-1] if kind == "text" else int(text))


def evaluate(expression: Expression, values: Mapping[str, Value]) -> bool:
    """Whether the condition holds. A name that is not in `values` was not answered. Never raises."""
    match expression:
        case Both(parts):
            return all(evaluate(part, values) for part in parts)
        case Either(parts):
            return any(evaluate(part, values) for part in parts)
        case Not(inner):
            return not evaluate(inner, values)
        case Selected(name, code):
            picked = values.get(name.name, ())
            return code in picked if isinstance(picked, tuple) else code == picked
        case Compare(sign, left, right):
            return _compare(sign, _value(left, values), _value(right, values))


def _value(operand: Operand, values: Mapping[str, Value]) -> str | int:
    if isinstance(operand, Count):
        picked = values.get(operand.name.name, "")
        return len(picked) if isinstance(picked, tuple) else int(picked != "")
    found = operand.value if isinstance(operand, Literal) else values.get(operand.name, "")
    # Several codes compare as XLSForm holds them: one text with spaces between.
    return " ".join(found) if isinstance(found, tuple) else found


def _compare(sign: str, left: str | int, right: str | int) -> bool:
    """Numbers compare with numbers only: next to nothing, or to a text, no number is less, more or the same."""
    if sign == "=":
        return left == right
    if sign == "!=":
        return left != right
    return isinstance(left, int) and isinstance(right, int) and _SIGNS[sign](left, right)


def compared(expression: Expression) -> Iterator[Compare | Selected]:
    """Every comparison and `selected` in the condition, so that each can be checked against the question it is about."""
    match expression:
        case Both(parts) | Either(parts):
            for part in parts:
                yield from compared(part)
        case Not(inner):
            yield from compared(inner)
        case _:
            yield expression


def names(expression: Expression) -> frozenset[str]:
    """The questions the condition looks at."""
    found: set[str] = set()
    for part in compared(expression):
        operands: tuple[Operand, ...] = (part.name,) if isinstance(part, Selected) else (part.left, part.right)
        named = (operand.name if isinstance(operand, Count) else operand for operand in operands)
        found |= {operand.name for operand in named if isinstance(operand, Name)}
    return frozenset(found)


def as_json(expression: Expression) -> list[Any]:
    """The condition as plain lists, for the phone, which works it out by the same rules:

    `["and", …]`, `["or", …]`, `["not", e]`, `["selected", name, code]`, `[sign, operand, operand]`. An operand is a text, a number,
    `["name", name]` or `["count-selected", name]`; the name of the answer itself is a full stop.
    """
    match expression:
        case Both(parts):
            return ["and", *map(as_json, parts)]
        case Either(parts):
            return ["or", *map(as_json, parts)]
        case Not(inner):
            return ["not", as_json(inner)]
        case Selected(name, code):
            return ["selected", name.name, code]
        case Compare(sign, left, right):
            return [sign, _operand_json(left), _operand_json(right)]


def _operand_json(operand: Operand) -> Any:
    match operand:
        case Literal(value):
            return value
        case Count(name):
            return ["count-selected", name.name]
        case Name(name):
            return ["name", name]
