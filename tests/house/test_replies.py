"""What every reply says about itself, written out once more by hand: on every page, in every state, with every status, a header that is missing
fails and so does one more. And whom the installation answers to at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from tests.making import a_member, a_plan, an_activity, people_to_read, sign_in
from tests.matrix.decisions import Decision, ask, decisions, read
from tests.matrix.world import World
from voice.config import read_settings
from voice.extensions import db
from voice.storage import migrate
from voice.web.access import local_path, open_to_all, rule_of
from voice.web.errors import DOWN_POLICY
from voice.wiring import create_app

Tell = Callable[[str, object], None]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ALSO = {"Content-Type", "Content-Length", "Cache-Control", "Vary"}
# Pages that are the same for everyone, and how they may be kept. Everything else is kept by nobody.
FOR_ALL = {
    "/": "public, max-age=60",
    "/accessibility": "public, max-age=60",
    "/api/v1/openapi.json": "public, max-age=300",
    "/box/<slug>": "public, max-age=60",
    "/code": "public, max-age=60",
    "/from-the-board": "public, max-age=60",
    "/from-the-board/<slug>": "public, max-age=60",
    "/from-the-board/<slug>/paper.pdf": "public, max-age=60",
    "/help-now": "public, max-age=60",
    "/how-we-listen": "public, max-age=60",
    "/no-net": "public, max-age=60",
    "/pictures/<file>/<size>.webp": "public, max-age=0, must-revalidate",
    "/places": "public, max-age=60",
    "/places/<place_code>": "public, max-age=60",
    "/plan": "public, max-age=60",
    "/plan/<code>": "public, max-age=60",
    "/plan/<code>/actions/<key>": "public, max-age=60",
    "/plan/<code>/measures/<key>": "public, max-age=60",
    "/plan/for-children": "public, max-age=300",
    "/plan/for-children.pdf": "public, max-age=300",
    "/plan/measures/<key>": "public, max-age=60",
    "/pledges": "public, max-age=0, must-revalidate",
    "/pledges/<uuid:pledge_id>": "public, max-age=0, must-revalidate",
    "/pledges/<uuid:pledge_id>/card.png": "public, max-age=0, must-revalidate",
    "/pledges/all": "public, max-age=60",
    "/pledges/grown-up": "public, max-age=60",
    "/pledges/new": "public, max-age=60",
    "/privacy": "public, max-age=60",
    "/q/<slug>": "public, max-age=60",
    "/review": "public, max-age=300",
    "/review/<int:year>": "public, max-age=300",
    "/review/<int:year>/<kind>.pdf": "public, max-age=300",
    "/review/<int:year>/for-children": "public, max-age=300",
    "/robots.txt": "public, max-age=300",
    "/share/<kind>/<name>.png": "public, max-age=300",
    "/sitemap.xml": "public, max-age=300",
    "/still-waiting": "public, max-age=60",
    "/take-part": "public, max-age=60",
    "/take-part/<slug>": "public, max-age=60",
    "/take-part/<slug>/all": "public, max-age=60",
    "/take-part/<slug>/hand-over": "public, max-age=60",
    "/take-part/<slug>/hand-over/end": "public, max-age=0",
    "/take-part/<slug>/hand-over/next": "public, max-age=0",
    "/what-we-heard": "public, max-age=60",
    "/what-we-heard/<slug>": "public, max-age=60",
    "/what-we-heard/<slug>/figures.csv": "public, max-age=60",
    "/what-will-you-do": "public, max-age=60",
    "/what-will-you-do/pledge": "public, max-age=60",
    "/what-will-you-do/sent": "public, max-age=60",
    "/you-said-we-did": "public, max-age=60",
    "/you-said-we-did.atom": "public, max-age=300",
    "/you-said-we-did/<slug>": "public, max-age=60",
    "/your-receipt": "public, max-age=60",
}
FILES = ("/static/<digest>/<path:name>",)
WORKER = "/sw.js"
# Where a visit ends, the browser is asked to forget.
FORGETS = {
    "/pledges/finish",
    "/sign-out",
    "/take-part/<slug>/finish",
    "/take-part/<slug>/hand-over/end",
    "/take-part/<slug>/hand-over/next",
    "/your-receipt/take-back",
}
# A picture somebody sent is nothing but a picture, wherever it is opened.
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"
PICTURES = {
    "/pictures/<file>/<size>.webp",
    "/safeguarding/pictures/<uuid:picture_id>/full.webp",
    "/work/pictures/<uuid:picture_id>/<size>.webp",
}
GIVES_A_FILE = PICTURES | {
    "/from-the-board/<slug>/paper.pdf",
    "/plan/for-children.pdf",
    "/pledges/<uuid:pledge_id>/card.png",
    "/pledges/<uuid:pledge_id>/certificate.pdf",
    "/review/<int:year>/<kind>.pdf",
    "/share/<kind>/<name>.png",
    "/what-we-heard/<slug>/figures.csv",
    "/work/asking/<slug>/flyer.pdf",
    "/work/asking/<slug>/groups/<uuid:group_id>/slips",
    "/work/asking/<slug>/poster.pdf",
    "/work/exports/<uuid:export_id>/take",
    "/work/measures/template",
    "/work/numbers/file",
    "/work/people/card",
    "/work/people/invitations/<uuid:invitation_id>/again",
    "/work/populations/template",
    "/work/quarter/<code>.pdf",
    "/work/what-we-hold",
}
# What search engines are asked not to keep.
NOT_FOR_ENGINES = {
    "/pledges": "noarchive, noimageindex",
    "/pledges/<uuid:pledge_id>": "none",
    "/pledges/<uuid:pledge_id>/card.png": "none",
    "/pledges/<uuid:pledge_id>/certificate.pdf": "none",
}
MAY_SIGN_IN = ("/sign-in", "/sign-out", "/me", "/invitation", "/work", "/board", "/safeguarding")
ELSEWHERE = "elsewhere.example"


def faults(page: str, reply: TestResponse, *, policy: str = POLICY, secure: bool = False) -> Iterator[str]:
    """What this reply says that it should not, or does not say that it should. `page`: the rule of its address."""
    sealed = page in PICTURES and reply.mimetype == "image/webp"
    wanted = {**EVERYWHERE, "Content-Security-Policy": SEALED if sealed else policy}
    if secure:
        wanted["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    yield from (f"{name}: {reply.headers.get(name)!r}" for name, value in wanted.items() if reply.headers.getlist(name) != [value])
    more = set(reply.headers.keys()) - set(wanted) - ALSO - _of_its_own(page, reply)
    missing = ({"Content-Type", "Cache-Control", "Vary"} | _must(page, reply)) - set(reply.headers.keys())
    yield from (f"says more: {name}: {reply.headers[name]}" for name in more)
    yield from (f"does not say {name}" for name in missing)
    kept = reply.headers.get("Cache-Control")
    if kept != _kept(page, reply):
        yield f"is kept as {kept}"
    if reply.headers.get("X-Robots-Tag", NOT_FOR_ENGINES.get(page)) != NOT_FOR_ENGINES.get(page):
        yield f"says to engines {reply.headers['X-Robots-Tag']}"
    if kept != "no-store" and "Cookie" in reply.headers.get("Vary", ""):
        yield "is kept for all and varies by who asks"


def _kept(page: str, reply: TestResponse) -> str:
    if page in FILES and reply.status_code == 200:
        return "public, max-age=31536000, immutable"
    if page == WORKER:
        return "public, no-cache"
    is_read = reply.request.method in ("GET", "HEAD") and reply.status_code in (200, 304)
    return FOR_ALL.get(page, "no-store") if is_read else "no-store"


def _must(page: str, reply: TestResponse) -> set[str]:
    """What only some replies say, and those must."""
    names = {"ETag"} if page in FOR_ALL and _kept(page, reply) != "no-store" else set()
    by_status = {303: {"Location"}, 308: {"Location"}, 405: {"Allow"}, 429: {"Retry-After"}, 503: {"Retry-After"}}
    names |= by_status.get(reply.status_code, set())
    if page in FORGETS and reply.status_code in (200, 303) and _ends(page, reply):
        names |= {"Clear-Site-Data"}
    if page in GIVES_A_FILE and reply.status_code == 200 and reply.mimetype != "text/html":
        names |= {"Content-Disposition"}
    if page in NOT_FOR_ENGINES and reply.status_code == 200 and reply.request.method == "GET":
        names |= {"X-Robots-Tag"}
    return names | ({"Service-Worker-Allowed"} if page == WORKER else set())


def _ends(page: str, reply: TestResponse) -> bool:
    """Of the pages at which a visit may end: whether it did."""
    return page != "/your-receipt/take-back" or b"taken it out" in reply.data.lower() or "Clear-Site-Data" in reply.headers


def _of_its_own(page: str, reply: TestResponse) -> set[str]:
    """What a reply may say beside what it must."""
    may_have_session = reply.headers.get("Cache-Control") == "no-store" and page.startswith(MAY_SIGN_IN)
    dated = {"Date"} if "ETag" in reply.headers else set()
    return _must(page, reply) | dated | ({"Set-Cookie"} if may_have_session else set())


def test_every_page_says_of_itself_what_was_decided(world: World, record_property: Tell) -> None:
    wrong, asked, statuses = [], 0, set[int]()
    for page, what in read().items():
        for decision in decisions(page, what, world.objects):
            for reply in _one_of_each(world, decision):
                policy = reply.headers.get("Content-Security-Policy", "")
                framed = page.startswith("/box/") and "frame-ancestors http" in policy
                wrong += [f"{decision}, {reply.status_code}: {each}" for each in faults(page, reply, policy=policy if framed else POLICY)]
                asked, statuses = asked + 1, statuses | {reply.status_code}
    assert not wrong, "\n".join(sorted(set(wrong))[:40])
    assert {200, 303, 400, 403, 404, 409, 415} <= statuses
    record_property("budget", f"S15: the exact headers of {asked} replies of {len(read())} pages, statuses {sorted(statuses)}: 0 missing, 0 more")


def _one_of_each(world: World, decision: Decision) -> Iterator[TestResponse]:
    """A reply for each status that anybody gets."""
    for role in {status: role for role, status in reversed(decision.expected.items())}.values():
        with world.untouched():
            reply = ask(world, decision, role)
        yield reply


# --- what no role brings about


def test_replies_to_what_went_wrong_say_the_same(world: World, monkeypatch: pytest.MonkeyPatch, record_property: Tell) -> None:
    @open_to_all
    def broken(*_given: object, **_named: object) -> str:
        raise RuntimeError

    @open_to_all
    def no_database(*_given: object, **_named: object) -> str:
        raise OperationalError("select", {}, Exception())

    def away(*_given: object, **_named: object) -> str:
        raise OSError

    client, views = world.app.test_client(), world.app.view_functions
    first = client.get("/")
    replies = {
        ("/", 304): client.get("/", headers={"If-None-Match": first.headers["ETag"]}),
        ("no page", 404): client.get("/nowhere"),
        ("/plan", 405): client.post("/plan", headers={"Sec-Fetch-Site": "same-origin"}),
        ("/take-part/<slug>/answers", 413): client.post("/take-part/pictures", json={"words": ["x" * 9000]}),
        ("/take-part/<slug>/answers", 403): client.post("/take-part/open-now/answers", headers={"Sec-Fetch-Site": "cross-site"}),
        ("/api/v1/submissions", 422): client.post("/api/v1/submissions", json={}),
        ("/api/v1/submissions", 400): client.post("/api/v1/submissions", data="{", content_type="application/json"),
        ("/", 400): client.get("/", headers={"Host": ELSEWHERE}),
    }
    monkeypatch.setitem(views, "publishing.help_now", broken)
    replies["/help-now", 500] = client.get("/help-now")
    monkeypatch.setitem(views, "publishing.help_now", no_database)
    replies["/help-now", 503] = client.get("/help-now")
    for _ in range(6):
        with client.session_transaction() as kept:
            kept["csrf_token"] = world.raw
        slowed = client.post("/sign-in", data={"email": "a@b.example", "passphrase": "no", "csrf_token": world.token()})
    replies["/sign-in", 429] = slowed
    monkeypatch.setattr("voice.web.errors.render_template", away)
    last = client.get("/nowhere")
    world.put_back()
    assert {key[1]: reply.status_code for key, reply in replies.items()} == {key[1]: key[1] for key in replies}
    found = [f"{status} {page}: {each}" for (page, status), reply in replies.items() if status != 304 for each in faults(page, reply)]
    assert not found + list(faults("no page", last, policy=DOWN_POLICY)), found
    assert replies["/", 304].headers["Content-Security-Policy"] == POLICY
    record_property("budget", f"S15: and of replies to what went wrong: {sorted(status for _page, status in replies)}")


def test_only_pages_of_those_who_sign_in_ever_set_a_cookie(world: World) -> None:
    for rule in world.app.url_map.iter_rules():
        if rule.rule.startswith(MAY_SIGN_IN):
            continue
        assert rule_of(world.app, rule.endpoint) == frozenset(), f"{rule.rule} is for members, and not among theirs"


# --- whose name is asked for


@pytest.fixture(scope="module")
def in_earnest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """As a county runs it: behind https, under a name of its own."""
    folder: Path = tmp_path_factory.mktemp("earnest")
    app = create_app(read_settings({"VOICE_DATA": str(folder), "VOICE_URL": "https://voice.county.example"}, testing=True))
    with app.app_context():
        migrate.upgrade()
        people_to_read()
        a_plan()
        an_activity("open-now", instrument="one-thing-i-would-change")
        a_member("officer")
        db.engine.dispose()
    yield app
    with app.app_context():
        db.engine.dispose()
    shutil.rmtree(folder)


OURS = ("voice.county.example", "VOICE.county.example", "voice.county.example:443", "voice.county.example.")
NOT_OURS = (
    ELSEWHERE,
    f"voice.county.example.{ELSEWHERE}",
    "voice.county.example:8443",
    "localhost",
    "127.0.0.1:8000",
    f"voice.county.example@{ELSEWHERE}",
    f"{ELSEWHERE}/voice.county.example",
    f"voice.county.example, {ELSEWHERE}",
    "voice.county.example:no",
    "[::1",
    "",
)


def test_it_answers_under_its_own_name_alone(in_earnest: Flask) -> None:
    client = in_earnest.test_client()
    for host in OURS:
        assert client.get("/help-now", headers={"Host": host}).status_code == 200, host
    for host in NOT_OURS:
        for path in ("/help-now", "/nowhere", "/sign-in"):
            reply = client.get(path, headers={"Host": host})
            assert reply.status_code == 400, host
            assert "0800 1111" in reply.text
            assert ELSEWHERE not in reply.text
            assert not list(faults("no page", reply, secure=True)), host
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_no_reply_is_changed_by_what_a_stranger_says_of_the_address(in_earnest: Flask) -> None:
    """Nor could one be kept for others with their words in it."""
    client, ours = in_earnest.test_client(), {"Host": "voice.county.example"}
    names = ["Host", "Server", "Prefix", "Port"]
    forged = {f"X-Forwarded-{name}": ELSEWHERE for name in names} | {f"X-{name}": ELSEWHERE for name in ("Host", "Original-URL", "Rewrite-URL")}
    forged |= {"Forwarded": f"host={ELSEWHERE};proto=http", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    for path in ("/", "/take-part", "/take-part/open-now", "/q/open-now", "/code", "/cy/plan", "/no-net", "/your-receipt", "/api/v1/openapi.json"):
        plain, led_astray = client.get(path, headers=ours), client.get(path, headers={**ours, **forged})
        assert plain.status_code == led_astray.status_code
        assert plain.data == led_astray.data, path
        assert ELSEWHERE not in str(led_astray.headers), path
        assert not list(faults(_rule(in_earnest, path), led_astray, secure=True)), path


def _rule(app: Flask, path: str) -> str:
    for code in app.extensions["voice.languages"]:
        path = path.removeprefix(f"/{code}") if path.startswith(f"/{code}/") else path
    return str(app.url_map.bind("voice.county.example").match(path, return_rule=True)[0].rule)


def test_the_cookie_of_those_who_sign_in_stays_with_this_host_and_with_https(in_earnest: Flask) -> None:
    reply = in_earnest.test_client().get("/sign-in", headers={"Host": "voice.county.example"}, base_url="https://voice.county.example")
    cookies = reply.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    name, _, attributes = cookies[0].partition("=")
    assert name == "__Host-voice"
    parts = {each.strip().lower() for each in attributes.split(";")[1:]}
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts
    assert not any(each.startswith("domain") for each in parts)


# --- nobody is led elsewhere

AWAY = (
    f"https://{ELSEWHERE}",
    f"//{ELSEWHERE}",
    f"///{ELSEWHERE}",
    f"/\\{ELSEWHERE}",
    f"\\\\{ELSEWHERE}",
    f"/\t/{ELSEWHERE}",
    f"/\n/{ELSEWHERE}",
    f" //{ELSEWHERE}",
    f"https:{ELSEWHERE}",
    f"javascript:alert(1)//{ELSEWHERE}",
    f"data:text/html,{ELSEWHERE}",
    f"http:\\\\{ELSEWHERE}",
    f"%2F%2F{ELSEWHERE}",
    f"/%09/{ELSEWHERE}",
    f"voice.county.example@{ELSEWHERE}",
    f"/..//{ELSEWHERE}",
    f"/\r\nLocation: https://{ELSEWHERE}",
)


@pytest.mark.parametrize("address", AWAY)
def test_a_page_to_go_on_to_is_a_page_of_ours(address: str) -> None:
    led = local_path(address)
    assert led is None or led.startswith("/")
    if led is not None:  # what stays must stay here for a browser too, which leaves out tabs and line ends
        bare = "".join(sign for sign in led if sign not in "\t\r\n").replace("\\", "/")
        assert not bare.startswith("//"), led


def test_signing_in_leads_nowhere_else(app: Flask) -> None:
    a_member("officer", email="officer@demo.example")
    for number, address in enumerate(AWAY):
        visitor = sign_in(app, "officer@demo.example") if number == 0 else None
        reply = app.test_client().get("/sign-in", query_string={"next": address}, follow_redirects=False)
        assert reply.status_code == 200
        assert ELSEWHERE not in reply.headers.get("Location", "")
        if visitor:
            again = visitor.client.get("/me/again", query_string={"next": address})
            assert ELSEWHERE not in again.headers.get("Location", "")
