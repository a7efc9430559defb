"""The doctor asks itself through a real web server in front, with TLS: once set up as deploy/nginx.conf is, once carelessly."""

from __future__ import annotations

import dataclasses
import datetime
import ipaddress
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from tests.clients import free_port, prepare, serving
from voice.config import read_settings
from voice.doctoring import front
from voice.doctoring.findings import Finding
from voice.extensions import db
from voice.wiring import create_app

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TOKEN = "for-the-eyes-of-the-doctor-alone"
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not here; the rules that judge are tried in test_rules.py")
CONF = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; user {user};
events {{ worker_connections 64; }}
http {{
  access_log off; server_tokens off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  ssl_certificate {folder}/{pem}; ssl_certificate_key {folder}/key.pem;
  server {{ listen 127.0.0.1:{good} ssl; ssl_certificate {folder}/long.pem;
    location / {{ proxy_pass http://127.0.0.1:{voice}; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;
      proxy_hide_header Server; }} }}
  server {{ listen 127.0.0.1:{careless} ssl; ssl_certificate {folder}/short.pem; server_tokens on;
    location / {{ proxy_pass http://127.0.0.1:{voice}; proxy_hide_header Strict-Transport-Security; }} }}
  server {{ listen 127.0.0.1:{elsewhere} ssl; ssl_certificate {folder}/long.pem; location / {{ return 502; }} }}
  server {{ listen 127.0.0.1:{plain}; return 301 https://localhost:{good}$request_uri; }}
}}
"""


@dataclass(frozen=True)
class Street:
    app: Flask
    ports: dict[str, int]

    def url(self, name: str) -> str:
        return f"https://localhost:{self.ports[name]}"


def _signed(folder: Path) -> None:
    """An authority of our own, and two certificates for this machine: one good for long, one not."""
    top, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    us = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Tests")])
    here = datetime.datetime.now(datetime.UTC)

    def made(days: int, key: ec.EllipticCurvePrivateKey, *, is_top: bool) -> bytes:
        subject = us if is_top else x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        begun = x509.CertificateBuilder().issuer_name(us).subject_name(subject).public_key(key.public_key())
        begun = begun.serial_number(x509.random_serial_number()).not_valid_before(here - datetime.timedelta(days=1))
        ends = begun.not_valid_after(here + datetime.timedelta(days=days, hours=1))
        full = ends.add_extension(x509.BasicConstraints(ca=is_top, path_length=None), critical=True).add_extension(names, critical=False)
        return full.sign(top, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    (folder / "top.pem").write_bytes(made(30, top, is_top=True))
    (folder / "long.pem").write_bytes(made(60, own, is_top=False))
    (folder / "short.pem").write_bytes(made(3, own, is_top=False))
    pem, pkcs8, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(own.private_bytes(pem, pkcs8, plain))


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("front")
    prepare(folder / "data")
    _signed(folder)
    ports = {name: free_port() for name in ("voice", "good", "careless", "elsewhere", "plain")}
    (folder / "nginx.conf").write_text(CONF.format(folder=folder, pem="long.pem", user=folder.owner(), **ports))
    told = {"VOICE_DATA": str(folder / "data"), "VOICE_URL": f"https://localhost:{ports['good']}", "VOICE_METRICS_TOKEN": TOKEN}
    assert NGINX
    with (
        serving(told, folder / "log", port=ports["voice"]),
        subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE) as before,
    ):
        try:
            app = create_app(read_settings({**told, "PORT": str(ports["voice"])}, testing=True))
            with app.app_context(), pytest.MonkeyPatch.context() as patch:
                patch.setenv("SSL_CERT_FILE", str(folder / "top.pem"))
                _until_up(f"https://localhost:{ports['good']}")
                yield Street(app, ports)
                db.session.remove()
                db.engine.dispose()
        finally:
            before.terminate()


def _until_up(url: str) -> None:
    for _ in range(100):
        try:
            front.ask(url, "/healthz")
        except front.Unanswered:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the web server in front did not come up")


@pytest.fixture
def at(street: Street, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Finding]]:
    """What is found where people come in by this door."""

    def found(name: str, **more: object) -> dict[str, Finding]:
        told = dataclasses.replace(street.app.extensions["voice.settings"], public_url=street.url(name), **more)
        monkeypatch.setitem(street.app.extensions, "voice.settings", told)
        return {each.about: each for check in (front.names, front.senders, front.addresses_in_logs) for each in check()}

    return found


def _named(found: dict[str, Finding], start: str) -> Finding:
    return next(each for about, each in found.items() if about.startswith(start))


def test_as_it_should_be(street: Street, at: Callable[..., dict[str, Finding]]) -> None:
    found = at("good", front_logs=0)
    name = f"localhost:{street.ports['good']}"
    for start in (f"{name} answers", "certificate of", "headers of", "our clock", "who the web server", "addresses in the log"):
        assert _named(found, start).level == "ok", _named(found, start)
    assert 59 <= int(_named(found, "certificate of").found.split()[2]) <= 60


def test_a_careless_one(street: Street, at: Callable[..., dict[str, Finding]]) -> None:
    found = at("careless", front_logs=None)
    assert _named(found, "certificate of").level == "broken"
    assert _named(found, "who the web server").level == "broken"  # it passes on what a stranger wrote
    assert "server_tokens off" in _named(found, "what localhost").do
    assert _named(found, f"localhost:{street.ports['careless']} only over TLS").level == "look"
    assert _named(found, "addresses in the log").level == "look"


def test_where_voice_does_not_answer(at: Callable[..., dict[str, Finding]]) -> None:
    assert "502" in _named(at("elsewhere"), "localhost").found
    assert _named(at("elsewhere"), "who the web server").level == "look"


def test_a_certificate_that_nobody_trusts(at: Callable[..., dict[str, Finding]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    finding = _named(at("good"), "localhost")
    assert finding.level == "broken"
    assert "certificate" in finding.found


def test_plain_http_leads_to_tls(street: Street) -> None:
    plain = f"http://localhost:{street.ports['plain']}"
    assert front.leads_on(plain, street.url("good")).level == "ok"
    assert front.leads_on(plain, street.url("careless")).level == "broken"  # it leads elsewhere
    assert front.leads_on(f"http://localhost:{street.ports['voice']}", street.url("good")).level == "broken"
    assert front.leads_on(f"http://localhost:{free_port()}", street.url("good")).level == "look"


def test_only_who_brings_the_token_is_told_of_hops(street: Street) -> None:
    assert front.ask(street.url("good"), "/metrics/front").status == 404
    told = front.ask(street.url("good"), "/metrics/front", {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.9, 203.0.113.10"})
    assert (told.status, told.text) == (200, "1 no\n")
