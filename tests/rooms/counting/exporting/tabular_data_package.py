"""What version 1 of the specification asks of a tabular data package, and whether its rows are what it says they are.

Sources: https://specs.frictionlessdata.io/tabular-data-package/ and https://specs.frictionlessdata.io/table-schema/
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

TYPES = [
    *("string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "year", "yearmonth", "duration"),
    *("geopoint", "geojson", "any"),
]
TEXT = {"type": "string", "minLength": 1}
NAME = {"type": "string", "pattern": r"^([-a-z0-9._/])+$"}
PATH = {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"}
FIELD = {"required": ["name", "type", "description"], "properties": {"name": TEXT, "type": {"enum": TYPES}, "description": TEXT}}
SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "missingValues": {"type": "array", "items": {"type": "string"}},
        "fields": {"type": "array", "minItems": 1, "items": FIELD},
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "schema", "profile"],
    "properties": {
        "profile": {"const": "tabular-data-resource"},
        "name": NAME,
        "path": PATH,
        "hash": {"type": "string", "pattern": r"^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$"},
        "bytes": {"type": "integer"},
        "schema": SCHEMA,
    },
}
LICENCE = {"anyOf": [{"required": ["name"]}, {"required": ["path"]}], "properties": {"path": PATH}}
RULES: dict[str, Any] = {
    "type": "object",
    "required": ["profile", "resources"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": NAME,
        "title": {"type": "string"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "licenses": {"type": "array", "minItems": 1, "items": LICENCE},
        "sources": {"type": "array", "items": {"required": ["title"]}},
        "contributors": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}


def holds(resource: dict[str, Any], data: bytes) -> int:
    """Every row fits what is said of its columns; returns how many there are."""
    schema = resource["schema"]
    rows = list(csv.DictReader(io.StringIO(data.decode(resource["encoding"]), newline=""), strict=True))
    for row in rows:
        assert list(row) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            _fits(field, row[field["name"]], schema["missingValues"])
    return len(rows)


def _fits(field: dict[str, Any], cell: str, missing: list[str]) -> None:
    bounds = field.get("constraints", {})
    if cell in missing:
        assert not bounds.get("required"), f"{field['name']} is empty"
        return
    assert cell in bounds.get("enum", [cell]), f"{field['name']}: {cell!r}"
    assert field["type"] != "integer" or re.fullmatch(r"-?\d+", cell), f"{field['name']}: {cell!r}"
