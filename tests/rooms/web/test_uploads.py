"""What is sent in stays in memory, and what is too large is refused unread (bar S7: the rest is refused cheaply)."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from voice.web import open_to_all, takes_files, uploads

LARGEST = 25 * 1024**2


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = Flask(__name__)
    uploads.install(app)

    @app.post("/words")
    @open_to_all
    def words() -> str:
        return str(len(request.form.get("words", "")))

    @app.post("/picture")
    @open_to_all
    @takes_files(LARGEST)
    def picture() -> str:
        file = request.files["picture"]
        assert isinstance(file.stream, io.BytesIO)
        return str(len(file.read()))

    return app.test_client()


def sent(client: FlaskClient, to: str, size: int) -> tuple[int, str]:
    """As a browser sends it; the body is made here, because the client’s own way of making it uses a file."""
    head = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    answer = client.post(to, data=head + bytes(size) + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x")
    return answer.status_code, answer.text


def test_a_picture_stays_in_memory(client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # a folder that is not there: nothing could be put into it
    assert sent(client, "/picture", 6_000_000) == (200, "6000000")


def test_each_page_takes_what_it_takes(client: FlaskClient) -> None:
    assert sent(client, "/words", uploads.LARGEST + 1)[0] == 413
    assert sent(client, "/picture", uploads.LARGEST + 1)[0] == 200
    assert sent(client, "/picture", LARGEST + 1)[0] == 413


def test_too_large_is_refused_before_a_byte_is_read(client: FlaskClient) -> None:
    class Unread(io.RawIOBase):
        def readable(self) -> bool:
            raise AssertionError("it was read")

        def readinto(self, _into: object) -> int:
            raise AssertionError("it was read")

    told = {"CONTENT_LENGTH": str(1024**3), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
    assert client.post("/picture", environ_overrides=told).status_code == 413


def test_a_stream_without_an_end_is_cut_off(client: FlaskClient) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, into: memoryview) -> int:  # type: ignore[override]  # as the standard library calls it
            into[:] = bytes(len(into))
            Endless.given += len(into)
            return len(into)

    told = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Endless(), "wsgi.input_terminated": True}
    assert client.post("/picture", environ_overrides=told).status_code in (400, 413)
    assert Endless.given <= LARGEST + 1024**2
