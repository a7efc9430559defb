"""The rules of the house: what every page, setting, table and template keeps to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from flask import Flask

from tests.routes import lines
from voice.config import Settings, WrongSetting, read_settings
from voice.extensions import db
from voice.keeping import erasers_of
from voice.web.access import NoRule, check_every_route, rule_of
from voice.web.slots import contributors

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(file.parent.name for file in (ROOT / "voice").glob("*/contributions.py"))
# What a room may know of an earlier room beside its door: rows to join in a read, never to change; opinions by their name.
OPEN_PARTS = {"models", "picture_models", "receipts", "rules", "screen", "avatars", "sessions", "library", "slowing"}
# Comments, statements, expressions, drawings, tags; and blocks that hold an attribute of a tag.
NOT_READ = (
    r"\{#.*?#\}|\{% set \w+ %\}.*?\{% endset %\}|\{% block \w+_(?:attributes|class) %\}.*?\{% endblock %\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|<(script|style|svg|kbd|code).*?</\1>|<[^>]*>|&\w+;|<!doctype html>"
)


def test_every_route_has_a_rule_and_stands_in_the_list(app: Flask) -> None:
    listed = (ROOT / "docs/routes.md").read_text(encoding="utf-8").splitlines()
    assert [each for each in listed if each.startswith("| `")] == lines(app)
    assert all(rule_of(app, rule.endpoint) is not None for rule in app.url_map.iter_rules())


def test_a_page_nobody_decided_about_stops_the_start() -> None:
    app = Flask("a-house-of-its-own", static_folder=None)
    app.add_url_rule("/open", "open", lambda: "words")
    with pytest.raises(NoRule, match="/open"):
        check_every_route(app)


def test_rooms_are_entered_by_their_doors() -> None:
    graph = grimp.build_graph("voice")
    wrong = []
    for importer in sorted(graph.modules):
        parts = importer.split(".")
        if len(parts) < 3 or parts[1] not in ROOMS or parts[2] == "contributions":
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            other = imported.split(".")
            if len(other) > 2 and other[1] in ROOMS and other[1] != parts[1] and other[2] not in OPEN_PARTS:
                wrong.append(f"{importer} -> {imported}")
    assert not wrong, wrong


def test_rules_reach_no_framework() -> None:
    graph = grimp.build_graph("voice", include_external_packages=True)
    rules = [name for name in graph.modules if name.endswith(".rules")]
    assert len(rules) >= 6
    for name in rules:
        outside = {each for each in graph.find_modules_directly_imported_by(name) if each.split(".")[0] in ("flask", "sqlalchemy", "wtforms")}
        assert not outside, f"{name} imports {outside}"


def test_only_the_edge_commits() -> None:
    edges = {"pages.py", "commands.py", "workers.py", "session.py", "loading.py", "serving.py", "api.py"}
    edges |= {"writers.py"}  # the driver’s own connection, which gives up its turn when it commits
    edges |= {"slowing.py"}  # a try counts whatever becomes of the request: its row is committed before anything is looked at
    for file in (ROOT / "voice").rglob("*.py"):
        if file.name in edges or file.name.endswith("_pages.py") or file.parts[-2:] == ("audit", "actions.py") or "migrations" in file.parts:
            continue
        assert not re.search(r"(?<!\w)(?:storage\.)?commit\(\)", file.read_text(encoding="utf-8")), f"{file} commits"


def test_every_setting_is_documented() -> None:
    words = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    source = (ROOT / "voice/config.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.get\("([A-Z_]+)"', source))
    assert len(names) >= 8
    for name in names:
        assert f"`{name}`" in words, f"docs/settings.md does not speak of {name}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("VOICE_URL", "voice.example"),
        ("VOICE_DATABASE_URL", "mysql://here/voice"),
        ("VOICE_BROKER_URL", "amqp://here"),
        ("VOICE_BROKER_URL", "redis://here:6379/0"),  # with SQLite
        ("VOICE_KEYS", "/nowhere/at/all"),
        ("VOICE_LANGUAGES", "cy"),
        ("VOICE_LANGUAGES", "en,klingon"),
        ("VOICE_SMTP_URL", "localhost:25"),
        ("VOICE_THREADS", "0"),
        ("VOICE_OIDC_ISSUER", "https://login.example"),
        ("VOICE_OIDC_CLIENT_ID", "voice"),
        ("VOICE_TERMS", "autumn"),
        ("VOICE_TERMS", "09-01,02-29"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read_settings({"VOICE_DATA": str(tmp_path), name: value})


def test_settings_are_frozen(tmp_path: Path) -> None:
    settings = read_settings({"VOICE_DATA": str(tmp_path)})
    assert isinstance(settings, Settings)
    with pytest.raises(AttributeError):
        settings.port = 1  # type: ignore[misc]


def test_keys_are_made_once_and_only_for_us(tmp_path: Path) -> None:
    first = read_settings({"VOICE_DATA": str(tmp_path)})
    again = read_settings({"VOICE_DATA": str(tmp_path)})
    assert first.receipt_key == again.receipt_key
    assert first.receipt_key != first.session_key
    assert (tmp_path / "receipt.key").stat().st_mode & 0o077 == 0


def test_every_template_compiles_and_extends_a_layout(app: Flask) -> None:
    names = [name for name in app.jinja_env.list_templates() if name.endswith(".html")]
    assert len(names) >= 20
    for name in names:
        app.jinja_env.get_template(name)
        source = (ROOT / "templates" / name).read_text(encoding="utf-8")
        assert " style=" not in source, f"{name} has a style attribute"
        assert "|safe" not in source, f"{name} trusts words it should not"


def test_a_link_over_the_whole_of_something_has_something_to_lie_over() -> None:
    """`.whole` reaches to the edges of the nearest card or row; in a paragraph it would lie over the page, and every tap would follow it."""
    for file in (ROOT / "templates").rglob("*.html"):
        words = file.read_text(encoding="utf-8")
        assert not re.search(r'<p(?: class="small")?><a class="whole"', words), f"{file.relative_to(ROOT)} has a link that covers the page"


def test_no_words_stand_outside_gettext(app: Flask) -> None:
    for file in (ROOT / "templates").rglob("*.html"):
        plain = re.sub(NOT_READ, " ", file.read_text(encoding="utf-8"), flags=re.S)
        left = set(re.findall(r"[A-Za-z]{3,}", plain)) - {"Voice"}
        assert not left, f"{file.relative_to(ROOT)}: never translated: {sorted(left)[:8]}"


def test_every_slot_is_filled_by_a_room(app: Flask) -> None:
    filled = contributors(app)
    assert filled["home_open"] == ("listening",)
    assert set(filled["desk_nav"]) >= {"understanding", "answering", "safeguarding"}


def test_every_table_that_holds_a_view_goes_with_it_or_has_an_eraser(app: Flask) -> None:
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name in ("view", "submission"):
                assert key.ondelete in ("CASCADE", "SET NULL"), f"{table.name} would keep what was taken back"
                if key.ondelete == "SET NULL":
                    assert table.name in ("screening",)
    assert "safeguarding" in erasers_of(app).names()


def test_models_and_migrations_agree(app: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_no_column_could_hold_who_sent_it() -> None:
    banned = re.compile(r"(^|_)(ip|address|agent|browser|device|phone|name|email)(_|$)")
    kept = [
        table
        for table in db.metadata.tables.values()
        if table.name in ("submission", "view", "tombstone", "pledge", "reading", "sender_mark", "sender_said")
    ]
    assert len(kept) == 7
    for table in kept:
        for column in table.columns:
            assert not banned.search(column.name), f"{table.name}.{column.name}"


def test_the_command_answers_in_one_line_when_it_fails(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from voice.command import main; main()", "plans", "import", "nowhere.yaml"],
        env={"VOICE_DATA": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode != 0
    assert ran.stderr.startswith("Error: ")
    assert len(ran.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ran.stderr
