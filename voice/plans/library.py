"""Plans as files: reading one, and refusing a broken one with its file, line and what to do."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

HERE = Path(__file__).parent
LIBRARY = HERE / "library"


class BrokenPlan(Exception):
    """A plan's file that cannot be used; the message names the file and the line."""


@functools.cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # lazy: only a plan’s file needs it, and no server process reads one

    return Draft202012Validator(json.loads((HERE / "plan.schema.json").read_text()))


def library_slugs() -> tuple[str, ...]:
    """The plans that come with the product."""
    return tuple(sorted(file.stem for file in LIBRARY.glob("*.yaml")))


def read_plan(file: Path) -> dict[str, Any]:
    """A plan's document, checked.

    Raises:
        BrokenPlan: it cannot be read, or does not have the shape of a plan.
    """
    try:
        text = file.read_text(encoding="utf-8")
        document = yaml.load(text, Loader=yaml.CSafeLoader)
    except OSError as error:
        raise BrokenPlan(f"{file}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise BrokenPlan(f"{file}: is not text in UTF-8. Save it as UTF-8 and try again.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BrokenPlan(f"{file}, line {line}: is not YAML ({error.problem}). Look at the marks and the spaces there.") from None
    wrong = sorted(_validator().iter_errors(document), key=lambda each: list(map(str, each.absolute_path)))
    if wrong:
        raise BrokenPlan(f"{file}, line {_line(text, wrong[0].absolute_path)}: {_where(wrong[0].absolute_path)}{wrong[0].message}")
    _check_keys(file, document)
    found: dict[str, Any] = document
    return found


def _check_keys(file: Path, document: dict[str, Any]) -> None:
    """Keys and codes carry identity from version to version, so none may stand twice."""
    priorities = document["priorities"]
    kinds = {
        "priority code": [each["code"] for each in priorities],
        "measure key": [each["key"] for part in (document, *priorities) for each in part.get("measures", [])],
        "action key": [each["key"] for part in (document, *priorities) for each in part.get("actions", [])],
        "locality code": [each["code"] for each in document.get("localities", [])],
        "place of the population": [each.get("place", "") for each in document.get("population", {}).get("figures", [])],
    }
    for kind, keys in kinds.items():
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise BrokenPlan(f"{file}: the {kind} “{twice[0]}” stands twice. Give one of them another.")
    unknown = sorted({*kinds["place of the population"]} - {"", *kinds["locality code"]})
    if unknown:
        raise BrokenPlan(f"{file}: the population names “{unknown[0]}”, which is none of the localities.")


def _where(path: Sequence[str | int]) -> str:
    return "".join(f"{step} > " if isinstance(step, str) else f"number {step + 1} > " for step in path)


def _line(text: str, path: Sequence[str | int]) -> int:
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    return int(node.start_mark.line) + 1 if node is not None else 1
