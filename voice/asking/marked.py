"""YAML read as plain data that remembers its lines, so that a mistake can be shown where it was made.

Stricter and simpler than YAML: `yes` and `8_10` are texts as they look, a name given twice is a mistake, nothing refers to another place.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import yaml

Where: TypeAlias = tuple[str | int, ...]
"""The way to a value: names and positions from the top."""

LARGEST: Final = 200_000
"""Characters in a file. The longest instrument we know of has a tenth of them."""
_LOOK: Final = "Look at the spaces here. Inside { }, words with a comma, a colon or a question mark need quotes."
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Unmarked(ValueError):
    """The text is not data we can read. `line` counts from 1, or is None when nobody knows."""

    def __init__(self, line: int | None, what: str, do: str) -> None:
        super().__init__(what)
        self.line, self.what, self.do = line, what, do


@dataclass(slots=True)
class Marked:
    """Plain data and the line each part of it begins on, from 1."""

    data: Any = None
    lines: dict[Where, int] = field(default_factory=dict)

    def line(self, where: Where) -> int | None:
        """The line of this place, or of the nearest one around it. None when the data was never in a file."""
        around = (where[:length] for length in range(len(where), -1, -1))
        return next((self.lines[place] for place in around if place in self.lines), None)


def read(text: str) -> Marked:
    """The data in a YAML text. Raises Unmarked."""
    if len(text) > LARGEST:
        raise Unmarked(None, f"the file is longer than {LARGEST} characters", "Make two instruments of it.")
    marked = Marked()
    marked.data = _Walk(marked.lines).plain(_composed(text), ())
    return marked


def _composed(text: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character that cannot stand in a file"
        raise Unmarked(mark.line + 1 if mark else None, f"this is not YAML: {problem}", _LOOK) from None
    except RecursionError:
        raise Unmarked(None, "lists are too deep inside each other", "Take some brackets away.") from None
    if node is None:
        raise Unmarked(1, "the file is empty", "Begin with name, version, kind, title.")
    return node


@dataclass(slots=True)
class _Walk:
    lines: dict[Where, int]
    met: set[int] = field(default_factory=set)

    def plain(self, node: yaml.Node, where: Where) -> Any:
        line = self.lines.setdefault(where, node.start_mark.line + 1)
        if id(node) in self.met:
            raise Unmarked(line, "this refers to another place in the file", "Write it out again here.")
        self.met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*where, at)) for at, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            raise Unmarked(line, "this is nothing we know", "Write a text, a number, a list or names with values.")
        return _scalar(node)

    def mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise Unmarked(line, "a list cannot be a name", "Put one word before the colon.")
            if key.value in found:
                raise Unmarked(line, f"“{key.value}” is here twice", "Keep one of them.")
            self.lines[(*where, key.value)] = line
            found[key.value] = self.plain(value, (*where, key.value))
        return found


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    text: str = node.value
    if node.style is not None:  # in quotes, so it is a text
        return text
    return int(text) if _NUMBER.fullmatch(text) else _WORDS.get(text, text)
