"""What is shipped for several machines: the worker’s unit is the web node’s but for what was decided; the one in front passes on as decided."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.supply import AUDITED, ROOT

UNIT = ROOT / "deploy/voice-worker.service"
NGINX = ROOT / "deploy/nginx-nodes.conf"
OTHERS = {
    "Description=Voice: a county listens to its children, and answers": "Description=Voice: the work in the background",
    "After=network-online.target postgresql.service": "After=network-online.target postgresql.service redis-server.service",
    "ExecStart=/opt/voice/.venv/bin/voice serve --no-demo": "ExecStart=/opt/voice/.venv/bin/voice worker",
    "SocketBindAllow=tcp:8000": "TimeoutStopSec=150",  # it listens nowhere; what it is in the middle of may end
}


def _said(file: Path) -> list[str]:
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "["))]


def test_the_workers_unit_has_the_same_sandbox() -> None:
    assert set(OTHERS) <= set(AUDITED)
    assert sorted(_said(UNIT)) == sorted(OTHERS.get(line, line) for line in AUDITED)


def test_the_one_in_front_of_several_nodes_keeps_no_address_and_repeats_nobodys_decision() -> None:
    text = "\n".join(line.partition("#")[0] for line in NGINX.read_text(encoding="utf-8").splitlines())
    assert set(re.findall(r"\$\w*(?:addr|forwarded|agent|referer|cookie)\w*", text)) == {"$remote_addr"}
    assert re.findall(r"access_log\s+(\S+);", text) == ["off", "off"]
    assert "error_log /dev/null" in text
    assert "ip_hash" not in text  # no node has anything of anybody
    places = dict(re.findall(r"location (\S+(?: \S+)?) \{(.*?)\}", text, re.S))
    assert [place for place, told in places.items() if "non_idempotent" in told] == ["= /api/v1/submissions"]
    assert text.count("non_idempotent") == 1
    assert text.count("proxy_pass http://voice_nodes;") == 2


@pytest.mark.skipif(shutil.which("nginx") is None or shutil.which("openssl") is None, reason="nginx is not here; its lines are held all the same")
def test_nginx_understands_it(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=voice.county.example",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(made, check=True, capture_output=True, timeout=60)
    text = NGINX.read_text(encoding="utf-8").replace("/etc/ssl/voice/", f"{tmp_path}/").replace("/run/voice-bodies", f"{tmp_path}/bodies")
    (tmp_path / "nodes.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid; events {{}}\nhttp {{ include {tmp_path}/nodes.conf; }}\n")
    told = subprocess.run(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
