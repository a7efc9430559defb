"""Those who work here under a name of their own (VOICE_STAFF_URL): each page answers under one of the two names and under no other."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.making import a_member, a_plan, sign_in
from tests.reading import ask
from voice.config import WrongSetting, read_settings
from voice.extensions import db
from voice.identity import directory, invitations, passkeys
from voice.safeguarding import alerting
from voice.storage import migrate, now
from voice.web.hosts import is_ours, is_staffs
from voice.wiring import create_app

Tell = Callable[[str, object], None]
ROOT = Path(__file__).resolve().parents[2]
PUBLIC, STAFF = "voice.county.example", "desk.county.example"
UNDER_ANY = ("/healthz", "/readyz", "/watch", "/metrics", "/metrics/front")
UNDER_BOTH = ("/static/<digest>/<path:name>", "/pictures/<file>/<size>.webp", "/pledges/<uuid:pledge_id>/card.png", "/share/<kind>/<name>.png")
ON_THE_WAY_IN = ("/sign-in", "/sign-out", "/invitation")
AN_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """In earnest, on a database of its own."""
    folder = tmp_path_factory.mktemp("staff")
    urls = {"VOICE_URL": f"https://{PUBLIC}", "VOICE_STAFF_URL": f"https://{STAFF}", "VOICE_METRICS_TOKEN": "t" * 24}
    app = create_app(read_settings({"VOICE_DATA": str(folder), **urls}, testing=True))
    with app.app_context():
        migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def hollow(house: Flask) -> Iterator[FlaskClient]:
    """Every page says “here” and does nothing: who may come to it is all that is left."""

    def emptied(handler: Callable[..., object]) -> Callable[..., str]:
        @functools.wraps(handler)
        def here(**_named: object) -> str:
            return "here"

        return here

    before = dict(house.view_functions)
    house.view_functions.update({name: emptied(handler) for name, handler in before.items()})
    yield house.test_client()
    house.view_functions.update(before)


def _listed() -> list[tuple[str, list[str], bool]]:
    """Page, ways to ask, and whether it is for those who work here: by the list of who may open what, not by the code."""
    rows = re.findall(r"^\| `([^`]+)` \| ([A-Z ]+) \| (.+) \|$", (ROOT / "docs/routes.md").read_text(encoding="utf-8"), re.M)
    return [(page, ways.split(), who != "everyone" or page.startswith(ON_THE_WAY_IN)) for page, ways, who in rows]


def _address(page: str) -> str:
    def one(found: re.Match[str]) -> str:
        kind, name = found[1] or "", found[2]
        if kind.startswith("any"):
            return kind.removeprefix("any(").split(",")[0].strip(" '")
        return {"uuid": AN_ID, "int": "1"}.get(kind, "2026-q3" if name == "code" else "one")

    return re.sub(r"<(?:([a-z]+(?:\([^)]*\))?):)?(\w+)>", one, page)


def _ask(client: FlaskClient, method: str, page: str, host: str) -> TestResponse:
    return client.open(_address(page) + "?q=1", method=method, headers={"Host": host})


def test_each_page_answers_under_its_own_name_alone(hollow: FlaskClient, record_property: Tell) -> None:
    counted = {"led on": 0, "not taken": 0, "answered": 0}
    for page, ways, is_staff in _listed():
        if page in UNDER_ANY + UNDER_BOTH:
            assert all(_ask(hollow, "GET", page, host).text == "here" for host in (PUBLIC, STAFF)), page
            continue
        own, other = (STAFF, PUBLIC) if is_staff else (PUBLIC, STAFF)
        for way in ways:
            wrong, right = _ask(hollow, way, page, other), _ask(hollow, way, page, own)
            if way == "GET":
                assert (wrong.status_code, wrong.location) == (303, f"https://{own}{_address(page)}?q=1"), page
                assert right.text == "here" or right.location.startswith("/sign-in?"), f"{page}: {right.status_code}"
                counted["led on"] += 1
            else:
                assert wrong.status_code in (400, 404), f"{page}: {wrong.status_code}"  # 400: it has no token either
                counted["not taken"] += 1
            assert wrong.text != "here"
            assert "Set-Cookie" not in wrong.headers
            counted["answered"] += right.text == "here"
    assert min(counted.values()) > 60, counted
    record_property("budget", f"a name for staff: {counted['led on']} pages led on, {counted['not taken']} forms not taken under the wrong name")


def test_in_another_language_one_is_led_on_in_that_language(hollow: FlaskClient) -> None:
    assert hollow.get("/ur/plan", headers={"Host": STAFF}).location == f"https://{PUBLIC}/ur/plan"


def test_a_third_name_is_turned_away(hollow: FlaskClient) -> None:
    assert [hollow.get(page, headers={"Host": "elsewhere.example"}).status_code for page in ("/", "/work", "/sign-in")] == [400, 400, 400]
    assert hollow.get("/watch", headers={"Host": "10.0.0.7"}).status_code == 200


def test_one_signs_in_under_the_name_for_staff(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a passphrase and an app, as a person would; the cookie opens nothing under the other name."""
    monkeypatch.setitem(house.config, "SERVER_NAME", STAFF)
    monkeypatch.setitem(house.config, "PREFERRED_URL_SCHEME", "https")
    monkeypatch.setitem(house.config, "WTF_CSRF_SSL_STRICT", False)  # behind the web server that ends TLS it sees plain http
    a_plan()
    a_member("officer", email="officer@county.example")
    visitor = sign_in(house, "officer@county.example")
    cookie = visitor.client.get_cookie("__Host-voice", domain=STAFF)
    assert cookie is not None
    assert cookie.origin_only
    assert ask(lambda: visitor.client.get("/work")).status_code == 200
    led = ask(lambda: visitor.client.get("/work", base_url=f"https://{PUBLIC}", headers={"Cookie": f"__Host-voice={cookie.value}"}))
    assert (led.status_code, led.location) == (303, f"https://{STAFF}/work")


def test_what_is_sent_to_those_who_work_here_leads_to_their_name(house: Flask) -> None:
    told = invitations.Invited(uuid.UUID(int=1), "abcd", "One", "one@county.example", now())
    invitations.write_to(told)
    alert = [alerting._words(alerting.Letter(None, kind, (), frozenset()))[1] for kind in ("waits", "practice", "outside", "chase", "gap")]
    letter = next((house.extensions["voice.settings"].data / "outbox").glob("*.eml")).read_text()
    for words in (letter, *alert):
        assert STAFF in words
        assert PUBLIC not in words
    assert directory.back_url() == f"https://{STAFF}/sign-in/directory/back"
    with house.test_request_context("/me/passkeys/new", base_url="http://127.0.0.1:8000"):
        assert passkeys._place() == (STAFF, f"https://{STAFF}")


def test_no_letter_of_ours_leads_staff_to_the_other_name() -> None:
    """Held against the code, so that a letter somebody adds keeps to it too."""
    inside = re.compile(r"public_url\}/(?:work|board|safeguarding|me\b|invitation|sign-in)")
    files = list((ROOT / "voice").rglob("*.py"))
    assert len(files) > 300
    assert not [file.name for file in files if inside.search(file.read_text(encoding="utf-8"))]


def test_what_may_be_set(tmp_path: Path) -> None:
    def told(**more: str) -> None:
        read_settings({"VOICE_DATA": str(tmp_path), "VOICE_URL": f"https://{PUBLIC}", **more})

    for wrong in (f"http://{STAFF}", f"https://{PUBLIC}", f"https://{PUBLIC}:8443", STAFF):
        with pytest.raises(WrongSetting, match="VOICE_STAFF_URL"):
            told(VOICE_STAFF_URL=wrong)
    told(VOICE_STAFF_URL=f"https://{STAFF}")


def test_on_ones_own_machine_both_names_may_have_any_port(tmp_path: Path) -> None:
    here = read_settings({"VOICE_DATA": str(tmp_path), "VOICE_URL": "http://localhost:8000", "VOICE_STAFF_URL": "http://staff.localhost:8000"})
    assert is_staffs("staff.localhost:9000", here)
    assert is_ours("127.0.0.1:9000", here)
    assert not is_staffs("localhost:8000", here)
    assert not is_ours("staff.localhost.example", here)
