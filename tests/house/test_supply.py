"""What ships with it: parts with hashes, no secret in any file, a list of what is in it; and the unit it runs in. Bars S17 and S18."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

from tests.supply import ALL_OF_IT, AUDITED, SECRETS_LOOKED_FOR, bill, parts_of

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")
UNIT = ROOT / "deploy/voice.service"
NGINX = ROOT / "deploy/nginx.conf"
Tell = Callable[[str, object], None]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_part_is_pinned_and_has_its_hashes(lock: str, record_property: Tell) -> None:
    parts = parts_of(ROOT / lock)
    assert len(parts) > 30
    assert not [name for name, (version, hashes) in parts.items() if not re.fullmatch(r"[\w.!+-]+", version) or hashes < 1]
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.findall(r"^(?!\s|#|[\w.\-\[\],]+==|$).+", text, re.M), "a line that pins nothing"
    assert set(re.findall(r"--hash=(\w+):", text)) == {"sha256"}
    record_property("budget", f"S18: {lock}: {len(parts)} parts, each pinned with its hashes")


def test_what_is_installed_is_checked_against_the_hashes() -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in rules.splitlines() if "pip install" in line and " -r " in line]
    assert len(installs) >= 2
    assert all("--require-hashes" in line for line in installs)


def test_no_file_of_ours_holds_a_secret(record_property: Tell) -> None:
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    known = json.loads((ROOT / "tests/secrets.json").read_text(encoding="utf-8"))
    found, looked = [], 0
    with transient_settings({"plugins_used": SECRETS_LOOKED_FOR}):
        for name in files:
            if not name or not re.search(ALL_OF_IT, name) or not (ROOT / name).is_file():
                continue
            looked += 1
            found += [f"{name}:{each.line_number}: {each.type}" for each in scan_file(str(ROOT / name)) if each.secret_hash not in known]
    assert not found, "\n".join(found)
    assert looked > 300
    assert all(why for why in known.values()), "each that is known says why it is none"
    record_property("budget", f"S18: {looked} files looked through for secrets: 0, beside {len(known)} known ones of tests and the demo")


def test_the_look_for_secrets_finds_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.py"
    file.write_text('AWS = "AKIA' + "IOSFODNN7" + 'ABCDEFG"\n' + "-----BEGIN RSA " + "PRIVATE KEY-----\n")
    with transient_settings({"plugins_used": SECRETS_LOOKED_FOR}):
        assert {each.type for each in scan_file(str(file))} == {"AWS Access Key", "Private Key"}


def test_the_bill_of_materials_names_every_part(record_property: Tell) -> None:
    parts = parts_of(ROOT / "requirements.lock")
    listed = {each["name"].lower(): each for each in bill(ROOT / "requirements.lock")["components"]}
    assert set(listed) == set(parts)
    assert all(each["version"] == parts[name][0] for name, each in listed.items())
    assert all(each["purl"].startswith("pkg:pypi/") for each in listed.values())
    record_property("budget", f"S18: the bill of materials names {len(listed)} of {len(parts)} parts")


# --- the unit it runs in


def test_the_unit_allows_exactly_what_was_decided() -> None:
    lines = [line.strip() for line in UNIT.read_text(encoding="utf-8").splitlines()]
    said = [line for line in lines if line and not line.startswith(("#", "["))]
    assert sorted(said) == sorted(AUDITED)
    assert len(said) == len(set(said))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here; the list above is held all the same")
def test_systemd_understands_the_unit_and_finds_little_exposed(tmp_path: Path, record_property: Tell) -> None:
    here = tmp_path / "voice.service"
    here.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/voice/.venv/bin/voice", "/bin/true"))
    verified = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True, timeout=60, check=False)
    assert not [line for line in verified.stderr.splitlines() if "voice.service" in line], verified.stderr
    judged = subprocess.run(["systemd-analyze", "security", "--offline=true", str(here)], capture_output=True, text=True, timeout=60, check=False)
    level = re.search(r"exposure level for voice.service: ([\d.]+)", judged.stdout)
    if level is None:
        pytest.skip("this systemd-analyze judges no unit that is not installed")
    assert float(level[1]) <= 1.5
    record_property("budget", f"S17: exposure of the unit by systemd-analyze: {level[1]} of 10")


def test_the_web_server_in_front_keeps_no_address() -> None:
    text = "\n".join(line.partition("#")[0] for line in NGINX.read_text(encoding="utf-8").splitlines())
    log_format = re.search(r"log_format\s+voice_health\s+'([^']*)';", text)
    assert log_format
    assert set(re.findall(r"\$\w+", log_format[1])) == {"$time_iso8601", "$status", "$request_time"}
    assert set(re.findall(r"\$\w*(?:addr|forwarded|agent|referer|cookie)\w*", text)) == {"$remote_addr"}
    assert text.count("$remote_addr") == 1  # handed on, in passing
    assert re.findall(r"access_log\s+(\S+);", text) == ["off", "off"]
    assert "error_log /dev/null" in text
    assert "$host$request_uri" not in text  # nobody is led to a name that a stranger gave
    assert "limit_req " not in text
    assert "limit_conn " not in text
