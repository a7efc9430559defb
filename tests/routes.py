"""Renew docs/routes.md: `python -m tests.routes`. A page that comes or goes is then a line in a review."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Flask

from voice.config import read_settings
from voice.web.access import rule_of
from voice.wiring import create_app

FILE = Path(__file__).resolve().parents[1] / "docs/routes.md"
START = """# Every page and who may open it

Renew with `python -m tests.routes`; a test holds this list against the application.

| Page | Methods | Who |
|---|---|---|
"""


def line(app: Flask, path: str, endpoint: str, methods: set[str]) -> str:
    """One row of the table."""
    roles = rule_of(app, endpoint)
    return f"| `{path}` | {' '.join(sorted(methods - {'HEAD', 'OPTIONS'}))} | {', '.join(sorted(roles or ())) or 'everyone'} |"


def lines(app: Flask) -> list[str]:
    """A row for each route, by path."""
    return sorted(line(app, rule.rule, rule.endpoint, set(rule.methods or ())) for rule in app.url_map.iter_rules())


if __name__ == "__main__":
    made = create_app(read_settings({"VOICE_DATA": tempfile.mkdtemp()}))
    FILE.write_text(START + "\n".join(lines(made)) + "\n", encoding="utf-8")
