"""Each rule of the doctor can say that all is well and that it is not; what is not well says what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from voice.doctoring import rules
from voice.doctoring.findings import Finding, broken, look, ok, worst

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GB = 2**30
SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_sync_retry": "off"}
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
FRONT = {"server": "nginx", "strict-transport-security": "max-age=1"}

CASES: list[tuple[Finding, str, str]] = [
    (rules.disk("data", 50 * GB, 100 * GB), "ok", ""),
    (rules.disk("data", 10 * GB, 100 * GB), "look", "du -xh"),
    (rules.disk("data", 4 * GB, 100 * GB), "broken", "Make room"),
    (rules.disk("data", GB // 8, GB // 2), "broken", "Make room"),
    (rules.inodes("data", 90, 100), "ok", ""),
    (rules.inodes("data", 4, 100), "broken", "small files"),
    (rules.folder("data", "/srv", 0o40700, ours=True), "ok", ""),
    (rules.folder("data", "/srv", 0o40750, ours=True), "look", "chmod 700 /srv"),
    (rules.folder("data", "/srv", 0o40700, ours=False), "broken", "chown -R voice: /srv"),
    (rules.keys({"a.key": 0o100600}), "ok", ""),
    (rules.keys({"a.key": 0o100600, "b.key": 0o100640}), "broken", "chmod 600 b.key"),
    (rules.keys_of_the_database([]), "ok", ""),
    (rules.keys_of_the_database(["receipt.key"]), "broken", "put the right keys back"),
    (rules.strays([], "/mnt"), "ok", ""),
    (rules.strays(["backup.key"], "/mnt"), "broken", "place apart"),
    (rules.memory(4 * GB, 2), "ok", ""),
    (rules.memory(GB, 8), "look", "VOICE_PROCESSES to 1"),
    (rules.processors(2, 2), "ok", ""),
    (rules.processors(2, 16), "look", "VOICE_PROCESSES to 2"),
    (rules.processors(8, 1), "look", "VOICE_PROCESSES to 2"),
    (rules.certificate("a", 60), "ok", ""),
    (rules.certificate("a", 20), "look", "certbot"),
    (rules.certificate("a", -1), "broken", "today"),
    (rules.clocks("b", 1.5), "ok", ""),
    (rules.clocks("b", -30.0), "look", "timesyncd"),
    (rules.clocks("b", 3600.0), "broken", "timesyncd"),
    (rules.sqlite(PRAGMAS, 0)[0], "ok", ""),
    (rules.sqlite({**PRAGMAS, "synchronous": 1}, 0)[0], "broken", "network disk"),
    (rules.sqlite({**PRAGMAS, "journal_mode": "delete"}, 0)[0], "broken", "network disk"),
    (rules.sqlite(PRAGMAS, 10)[1], "ok", ""),
    (rules.sqlite(PRAGMAS, GB)[1], "look", "lsof"),
    (rules.postgres(SAFE)[0], "ok", ""),
    (rules.postgres({**SAFE, "fsync": "off"})[0], "broken", "SET fsync = on"),
    (rules.postgres({**SAFE, "synchronous_commit": "local"})[0], "broken", "SET synchronous_commit = on"),
    (rules.postgres({**SAFE, "data_sync_retry": "on"})[0], "broken", "SET data_sync_retry = off"),
    (rules.postgres_log(rules.WORDLESS), "ok", ""),
    (rules.postgres_log({**rules.WORDLESS, "log_error_verbosity": "default"}), "broken", "SET log_error_verbosity = terse"),
    (rules.connections(100, 5, 20), "ok", ""),
    (rules.connections(25, 5, 20), "broken", "max_connections to 40"),
    (rules.server_version(160002), "ok", ""),
    (rules.server_version(120004), "look", "pg_upgrade"),
    (rules.backup(NOW - timedelta(hours=5), NOW), "ok", ""),
    (rules.backup(NOW - timedelta(hours=30), NOW), "look", "voice backup"),
    (rules.backup(None, NOW), "broken", "VOICE_BACKUPS"),
    (rules.restore_test(NOW - timedelta(days=20), NOW), "ok", ""),
    (rules.restore_test(NOW - timedelta(days=40), NOW), "look", "--test"),
    (rules.restore_test(None, NOW), "look", "--test"),
    (rules.too_old(0, 35), "ok", ""),
    (rules.too_old(2, 35), "broken", "--prune"),
    (rules.overdue({"a": 0}), "ok", ""),
    (rules.overdue({"a": 0, "b": 3}), "broken", "voice retention --do"),
    (rules.front("a", FRONT)[0], "ok", ""),
    (rules.front("a", {**FRONT, "server": "gunicorn"})[0], "look", "proxy_hide_header Server"),
    (rules.front("a", {**FRONT, "server": "nginx/1.26"})[0], "look", "server_tokens off"),
    (rules.front("a", {"server": "nginx"})[0], "look", "headers on as they are"),
    (rules.hops(1, 1, believed=False), "ok", ""),
    (rules.hops(2, 1, believed=False), "ok", ""),
    (rules.hops(1, 1, believed=True), "broken", "X-Forwarded-For $remote_addr"),
    (rules.hops(0, 1, believed=False), "broken", "X-Forwarded-For $remote_addr"),
]


@pytest.mark.parametrize(("finding", "level", "do"), CASES, ids=lambda each: each.about if isinstance(each, Finding) else str(each))
def test_a_rule_says_how_it_stands_and_what_to_do(finding: Finding, level: str, do: str) -> None:
    assert finding.level == level
    assert do in finding.do
    assert finding.found


def test_every_rule_is_tried_both_ways() -> None:
    told: dict[str, set[str]] = {}
    for finding, level, _ in CASES:
        told.setdefault(finding.about.partition(" of a")[0], set()).add("well" if level == "ok" else "not")
    one_way = {about for about, ways in told.items() if len(ways) < 2}
    assert one_way <= {"headers", "what a says", "what a says of itself", "a only over TLS"}  # one rule under three names, as it stands


def test_what_is_not_well_must_say_what_to_do() -> None:
    for level, do in (("look", ""), ("broken", ""), ("ok", "nothing")):
        with pytest.raises(ValueError, match="to do about it"):
            Finding("a", level, "b", do)  # type: ignore[arg-type]  # the three levels


def test_the_worst_decides() -> None:
    assert worst([]) == worst([ok("a", "b")]) == 0
    assert worst([ok("a", "b"), look("a", "b", "c")]) == 1
    assert worst([broken("a", "b", "c"), ok("a", "b")]) == 2
