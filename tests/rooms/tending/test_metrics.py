"""/metrics of the real server: two processes count as one, it is there for who brings the token alone, and what ships with us to read it (a
dashboard, alerts) asks for nothing that is not there. The log of the same server, as JSON, knows nobody."""

from __future__ import annotations

import json
import random
import re
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from tests.clients import OPEN, WORDS, Phone, Server, a_message, at_once, prepare, serving
from voice.config import WrongSetting, read_settings
from voice.tending import gauges
from voice.tending.gauges import WITH_DATABASE
from voice.wiring import create_app

Tell = Callable[[str, object], None]
ROOT = Path(__file__).resolve().parents[3]
TOKEN = "for-the-eyes-of-prometheus-alone"
ADDRESS, BROWSER = "203.0.113.201", "Canarybrowser/77.7"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("metrics")
    prepare(folder / "data")
    told = {
        "VOICE_DATA": str(folder / "data"),
        "VOICE_METRICS_TOKEN": TOKEN,
        "VOICE_LOGS": "json",
        "VOICE_FRONT_SERVERS": "1",
        "VOICE_PROCESSES": "2",
    }
    with serving(told, folder / "log") as server:
        yield server


def _scraped(server: Server) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    status, body, headers = Phone(server.port, keeps_line=False).ask("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert status == 200, body[:300]
    assert headers["content-type"].startswith("text/plain; version=")
    assert headers["cache-control"] == "no-store"
    families = text_string_to_metric_families(body.decode())
    return {(each.name, frozenset(each.labels.items())): each.value for family in families for each in family.samples}


def _of(found: dict[tuple[str, frozenset[tuple[str, str]]], float], name: str, **labels: str) -> float:
    return found[name, frozenset(labels.items())]


def test_only_who_brings_the_token_finds_it(running: Server) -> None:
    phone = Phone(running.port, keeps_line=False)
    for brought in (
        {},
        {"Authorization": "Bearer " + "x" * 32},
        {"Authorization": TOKEN},
        {"Authorization": f"Bearer {TOKEN}é".encode().decode("latin-1")},
    ):
        assert phone.ask("GET", "/metrics", headers=brought)[0] == 404
    assert phone.ask("GET", f"/metrics?token={TOKEN}")[0] == 404
    by_address = phone.ask("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}", "Host": "10.0.0.7"})
    assert by_address[0] == 200


def test_two_processes_count_as_one_and_no_count_goes_back(running: Server, record_property: Tell) -> None:
    before = _of(_scraped(running), "voice_requests_total", kind="page", room="publishing", status="2xx") if _has_pages(running) else 0.0

    def ask_ten(_number: int) -> None:
        for _ in range(10):
            assert Phone(running.port, keeps_line=False).ask("GET", "/help-now")[0] == 200

    assert not at_once(8, ask_ten)
    after = _of(_scraped(running), "voice_requests_total", kind="page", room="publishing", status="2xx")
    assert after - before == 80
    files = list((running.log.parent / "data" / "metrics").glob("*.counts"))
    assert len(files) == 2, "both processes took part"
    running.workers[0].kill()
    end = time.monotonic() + 30
    while len(running.workers) < 2 and time.monotonic() < end:
        time.sleep(0.1)
    assert not at_once(2, ask_ten)
    assert _of(_scraped(running), "voice_requests_total", kind="page", room="publishing", status="2xx") == after + 20
    record_property("budget", "metrics: 100 requests over 2 processes, one killed: 100 counted")


def _has_pages(server: Server) -> bool:
    return any(name == "voice_requests_total" and ("room", "publishing") in labels for name, labels in _scraped(server))


def test_what_children_send_is_told_in_tens(running: Server) -> None:
    chance = random.Random(7)

    def sent() -> float:
        found = _scraped(running)
        labels = {"kind": "submit", "room": "api", "status": "2xx"}
        return found.get(("voice_requests_total", frozenset(labels.items())), 0.0)

    for _ in range(9):
        assert Phone(running.port, keeps_line=False).send(a_message(chance)).acknowledged
    assert sent() == 0
    assert Phone(running.port, keeps_line=False).send(a_message(chance)).acknowledged
    assert sent() == 10
    assert not [name for name, _labels in _scraped(running) if name.endswith(("_sum", "_created"))], "a sum moves with each single one"


def test_how_everything_stands_is_there(running: Server) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = _scraped(running)
        if _of(found, "voice_stopped", part="worker") == 0 and _of(found, "voice_stopped", part="alerts") == 0:
            break
        time.sleep(1)
    assert _of(found, "voice_stopped", part="worker") == 0
    assert _of(found, "voice_database_up") == _of(found, "voice_database_at_head") == _of(found, "voice_open") == 1
    assert 0 < _of(found, "voice_disk_free_ratio", folder="data") <= 1
    assert _of(found, "voice_database_bytes") > 100_000
    assert _of(found, "voice_backup_ever") == 0
    assert _of(found, "voice_unread_days") == 0
    assert not [labels for (name, labels), value in found.items() if name == "voice_gauge_broken" and value]


def test_dashboard_and_alerts_ask_for_what_is_there(running: Server, record_property: Tell) -> None:
    end = time.monotonic() + 30
    while "voice_job_age_seconds" not in {name for name, _labels in _scraped(running)}:  # once a job has run
        assert time.monotonic() < end
        time.sleep(1)
    there = {name for name, _labels in _scraped(running)} | {"voice_backup_age_seconds", "voice_restore_test_age_seconds"}  # after the first
    there |= {"voice_database_connections", "voice_database_connections_max"}  # on PostgreSQL
    board = json.loads((ROOT / "deploy/grafana-voice.json").read_text(encoding="utf-8"))
    shown = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    groups = yaml.safe_load((ROOT / "deploy/prometheus-alerts.yml").read_text(encoding="utf-8"))["groups"]
    rules: list[dict[str, Any]] = [rule for group in groups for rule in group["rules"]]
    asked = {name for expr in (*shown, *(rule["expr"] for rule in rules)) for name in re.findall(r"\bvoice_\w+", expr)}
    assert len(shown) >= 12
    assert len(rules) >= 12
    assert asked <= there, sorted(asked - there)
    lines = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    for rule in rules:
        about = rule["annotations"]
        assert about["do"].endswith("."), rule["alert"]
        assert rule["labels"]["severity"] in ("now", "today")
        assert f"**{rule['alert']}**" in lines, f"docs/running.md does not say what to do about {rule['alert']}"
    record_property("budget", f"{len(shown)} panels and {len(rules)} alerts ask for {len(asked)} numbers, all of them there")


def test_its_log_is_json_and_knows_nobody(running: Server) -> None:
    phone = Phone(running.port, address=ADDRESS, keeps_line=False)
    said, key = "zinnober canary by the weir", str(uuid.uuid4())
    headers = {"User-Agent": BROWSER, "Referer": "https://canaryschool.example/7b", "Content-Type": "application/x-www-form-urlencoded"}
    form = f"key={key}&on=check&a.feel_safer={said.replace(' ', '+')}&go=send".encode()
    for method, path, body in (
        ("POST", f"/take-part/{OPEN}/sent", form),
        ("GET", f"/nowhere/{said.split()[0]}?q={said.split()[1]}", None),
        ("POST", "/sign-in", b"email=canaryname%40county.example&passphrase=canary-passphrase"),
        ("GET", f"/take-part/{OPEN}", None),
    ):
        assert phone.ask(method, path, body, headers)[0] in (200, 400, 404)
    time.sleep(0.5)
    written = running.log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in written.splitlines()]
    assert {"time", "level", "part", "process", "event"} <= set.intersection(*(set(line) for line in lines))
    asked = [line for line in lines if line["event"] == "request"]
    assert {"listening.sent", "", "identity.try_to_sign_in", "listening.start"} <= {line["page"] for line in asked}
    assert all(set(line) == {"time", "level", "part", "process", "event", "page", "method", "status", "ms"} for line in asked)
    for each in (ADDRESS, "127.0.0.1", BROWSER, "Canary", "zinnober", "weir", OPEN, key, "canaryschool", *WORDS):
        assert each.lower() not in written.lower(), f"the log holds {each}"


# --- without a server


@pytest.mark.parametrize("ground", ["sqlite", "postgresql"], indirect=True)
def test_all_numbers_are_had_on_an_empty_database(app: Flask) -> None:
    found = gauges()
    assert not [each.labels for each in found if each.name == "voice_gauge_broken" and each.value]
    assert {each.labels["source"] for each in found if each.name == "voice_gauge_broken"} >= {each.__name__.strip("_") for each in WITH_DATABASE}
    assert all(re.fullmatch(r"voice_[a-z_]+", each.name) and each.says for each in found)


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_one_that_breaks_hides_no_other(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.safeguarding.stopped", lambda: 1 / 0)
    found = {(each.name, each.labels.get("source")): each.value for each in gauges()}
    assert found["voice_gauge_broken", "watch"] == 1
    assert found["voice_gauge_broken", "jobs"] == 0


def test_with_the_database_away_it_answers_and_says_so(tmp_path: Path) -> None:
    """Nobody listens there: the numbers that need no database are had all the same."""
    away = {"VOICE_DATA": str(tmp_path), "VOICE_DATABASE_URL": "postgresql://voice@127.0.0.1:9/voice", "VOICE_METRICS_TOKEN": TOKEN}
    app = create_app(read_settings(away, testing=True))
    reply = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert reply.status_code == 200
    found = {each.name: each.value for family in text_string_to_metric_families(reply.text) for each in family.samples}
    assert found["voice_database_up"] == 0
    assert 0 < found["voice_disk_free_ratio"] <= 1
    assert "voice_unread_days" not in found


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="VOICE_METRICS_TOKEN"):
        read_settings({"VOICE_DATA": str(tmp_path), "VOICE_METRICS_TOKEN": "prometheus"})
