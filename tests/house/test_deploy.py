"""What ships to run it with: units, web server, container. Each is read by the program it is for where that is here, and held to what was decided."""

from __future__ import annotations

import datetime
import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.supply import AUDITED, parts_of
from voice.command import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
ONESHOTS = ("voice-backup", "voice-drill", "voice-doctor")
NOT_FOR_ALL = ("Description=", "After=", "StartLimit", "Type=", "ExecStart=", "Restart", "SocketBindAllow=", "WantedBy=")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _said(file: Path) -> list[str]:
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "["))]


# --- units


@pytest.mark.parametrize("name", ONESHOTS)
def test_what_runs_now_and_then_has_the_sandbox_of_the_service(name: str) -> None:
    said = _said(DEPLOY / f"{name}.service")
    wanted = {line for line in AUDITED if not line.startswith(NOT_FOR_ALL)}
    if name == "voice-doctor":  # it asks for our own pages by their public address
        wanted -= {"IPAddressDeny=any", "IPAddressAllow=localhost"}
    assert wanted <= set(said), sorted(wanted - set(said))
    more = [line for line in said if line not in wanted and not line.startswith(NOT_FOR_ALL)]
    assert {line.partition("=")[0] for line in more} <= {"ReadWritePaths", "ReadOnlyPaths", "Nice", "IOSchedulingClass", "SuccessExitStatus"}
    called = re.findall(r"/opt/voice/\.venv/bin/voice (\w+)", "\n".join(said))
    assert called
    assert set(called) <= set(COMMANDS)
    assert (DEPLOY / f"{name}.timer").is_file()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here; the lines above are held all the same")
def test_systemd_understands_them(tmp_path: Path) -> None:
    files = []
    for name in ONESHOTS:
        for kind in ("service", "timer"):
            file = tmp_path / f"{name}.{kind}"
            file.write_text((DEPLOY / file.name).read_text(encoding="utf-8").replace("/opt/voice/.venv/bin/voice", "/bin/true"))
            files.append(str(file))
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, timeout=60, check=False)
    assert not [line for line in verified.stderr.splitlines() if "voice-" in line], verified.stderr


def test_the_command_for_root_is_a_shell_script_that_reads_well() -> None:
    file = DEPLOY / "voice"
    assert file.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", str(file)], check=True, timeout=10)
    words = file.read_text(encoding="utf-8")
    assert '"$@"' in words
    assert "--uid=voice" in words
    assert "EnvironmentFile=/etc/voice/settings" in words


# --- the web server in front


@pytest.mark.skipif(NGINX is None, reason="nginx is not here to read its files")
def test_nginx_understands_both_its_files(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name, here = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "voice.county.example")]), datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    cert = made.not_valid_before(here).not_valid_after(here + datetime.timedelta(days=2)).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (tmp_path / "cert.pem").write_bytes(cert.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    servers = "".join((DEPLOY / each).read_text(encoding="utf-8") for each in ("nginx.conf", "nginx-staff.conf"))
    servers = re.sub(r"(ssl_certificate)\s+\S+;", rf"\1 {tmp_path}/cert.pem;", servers)
    servers = re.sub(r"(ssl_certificate_key)\s+\S+;", rf"\1 {tmp_path}/key.pem;", servers).replace("/run/voice-bodies", f"{tmp_path}/bodies")
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {servers} }}")
    assert NGINX
    read = subprocess.run([NGINX, "-t", "-c", str(conf)], capture_output=True, text=True, timeout=30, check=False)
    said = [line for line in read.stderr.splitlines() if "[emerg]" in line and "bind()" not in line]  # another may listen at 443 here
    assert not said, read.stderr


def test_both_names_are_served_alike() -> None:
    """What protects the one protects the other."""
    public, staff = (
        {re.sub(r"\s+#.*", "", line.strip()) for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines()}
        for name in ("nginx.conf", "nginx-staff.conf")
    )
    kept = ("proxy_", "client_", "ssl_protocols", "server_tokens", "access_log off", "error_log", "error_page")
    assert {line for line in public if line.startswith(kept)} == {line for line in staff if line.startswith(kept)}


# --- the container


def _steps() -> list[str]:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", text))
    return [line.strip() for line in joined.splitlines() if line.strip()]


def test_the_container_is_made_of_what_is_here_and_pinned() -> None:
    steps = _steps()
    assert not [step for step in steps if step.startswith("ADD ")], "nothing comes from the net but what is pinned"
    copied = [step.split()[1:-1] for step in steps if step.startswith("COPY ") and "--from" not in step]
    assert copied
    assert all((ROOT / each).exists() for step in copied for each in step)
    installs = [each for step in steps for each in step.split("&&") if "pip install" in each]
    assert all("--require-hashes" in each or "--no-deps --no-build-isolation" in each for each in installs)
    assert all(version and number for version, number in parts_of(DEPLOY / "build.lock").values())
    bases = [step.split()[1] for step in steps if step.startswith("FROM ")]
    assert set(bases) == {"${BASE}"}
    assert re.search(r"ARG BASE=\S+:\d[\w.-]+$", steps[0]), "a base with a version"


def test_the_container_runs_as_nobody_special_and_builds_nothing_where_it_runs() -> None:
    steps = _steps()
    last = steps[max(number for number, step in enumerate(steps) if step.startswith("FROM ")) :]
    users = [step.split()[1] for step in last if step.startswith("USER ")]
    assert users == ["10001:10001"]
    after = last[last.index(f"USER {users[0]}") :]
    assert not [step for step in after if step.startswith(("RUN ", "COPY "))]
    assert not [step for step in last if re.search(r"\b(?:gcc|build-essential|python3-dev|pip install)\b", step)]
    assert any(step.startswith("HEALTHCHECK ") and "/readyz" in step for step in last)
    assert 'ENTRYPOINT ["voice"]' in last
    assert not [step for step in steps if re.search(r"(?i)password|secret|token", step)]


def test_what_is_left_out_of_the_container() -> None:
    left = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {".git", "data", "**/*.key", "tests"} <= set(left)
    assert left == (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_the_services_of_the_example_may_do_little() -> None:
    told: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert set(told["services"]) == {"web", "worker", "database", "broker"}
    for name, service in told["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged"), name
        assert ":" in service["image"].rpartition("/")[2], f"{name}: a version"
    assert told["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"], "only the web server in front reaches it"
    assert told["services"]["worker"]["command"][0] in COMMANDS
    assert told["networks"]["inside"]["internal"]
    assert not [name for name in ("database", "broker") if "ports" in told["services"][name] or "front" in told["services"][name]["networks"]]
    assert "log_error_verbosity=terse" in told["services"]["database"]["command"]


def test_the_hashes_of_a_release_hold_every_file(tmp_path: Path) -> None:
    to = tmp_path / "RELEASE.sha256"
    subprocess.run(["make", "--silent", "hashes", f"TO={to}"], cwd=ROOT, check=True, timeout=60)
    listed = dict(line.split("  ", 1)[::-1] for line in to.read_text(encoding="utf-8").splitlines())
    assert {"requirements.lock", "deploy/build.lock", "voice/wiring.py", "deploy/voice.service"} <= set(listed)
    checked = subprocess.run(["sha256sum", "--check", "--quiet", str(to)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout[:400]
    assert listed["requirements.lock"] == hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
