"""Signing in with a council's own directory, against a real provider on this machine. On both databases (SAFETY S13)."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask

from tests.making import a_member, app_code, sign_in
from tests.peers import directory_server
from tests.reading import Page, Visitor
from voice import identity, storage
from voice.config import Directory
from voice.identity import directory, directory_pages
from voice.identity.directory import Away, Begun, NotVouched, says_second
from voice.identity.people import everyone

NIA, BOB = "nia@demo.example", "bob@demo.example"
LATER = int(time.time()) + 86_400  # later than whenever in a long run these tests come
SURE = {"email": NIA, "email_verified": True, "name": "Nia Rees"}
PEOPLE: Mapping[str, Mapping[str, object]] = {
    "nia": {**SURE, "amr": ["pwd", "mfa"]},
    "nia-once": SURE,
    "nia-unverified": {"email": NIA, "name": "Nia Rees", "amr": ["mfa"]},
    "nia-again": {**SURE, "amr": ["mfa"], "auth_time": LATER},
    "nia-long-ago": {**SURE, "amr": ["mfa"], "auth_time": int(time.time()) - 4000},
    "bob": {"email": BOB, "email_verified": True, "name": "Bob", "amr": ["mfa"], "auth_time": LATER},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with directory_server(PEOPLE) as address:
        yield address


@pytest.fixture
def council(app: Flask, issuer: str) -> Iterator[Flask]:
    """The application of a council whose directory this is."""
    yield from _with_directory(app, issuer)


def _with_directory(app: Flask, issuer: str) -> Iterator[Flask]:
    before = app.extensions["voice.settings"]
    own = Directory(issuer=issuer, client_id="voice", client_secret="between-us", name="Demo county")
    app.extensions["voice.settings"] = dataclasses.replace(before, directory=own)
    directory._known.clear()
    yield app
    app.extensions["voice.settings"] = before


def _there(visitor: Visitor, path: str = "/sign-in/directory") -> str:
    """Where the visitor is led: the directory's own page."""
    reply = visitor.client.get(path)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return str(reply.headers["Location"])


def _chosen(address: str, who: str) -> str:
    """They say who they are at the directory; where it leads them back to."""
    reply = requests.post(address, data={"sub": who}, allow_redirects=False, timeout=5)
    return reply.headers["Location"].removeprefix("http://localhost:8000")


def _through(visitor: Visitor, who: str, status: int = 200, path: str = "/sign-in/directory") -> Page:
    return visitor.open(_chosen(_there(visitor, path), who), status)


def test_the_button_leads_there_with_everything_that_must_come_back(council: Flask, visitor: Visitor, issuer: str) -> None:
    page = visitor.open("/sign-in")
    assert "Sign in with Demo county" in page.words
    assert page.headers["Content-Security-Policy"].count("form-action 'self'") == 1, "a link leads there, so no form may"
    where = urlsplit(_there(visitor))
    assert f"{where.scheme}://{where.netloc}" == issuer
    asked = {name: values[0] for name, values in parse_qs(where.query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 40
    assert len(asked["nonce"]) >= 40
    assert asked["redirect_uri"] == "http://localhost:8000/sign-in/directory/back"
    assert "between-us" not in where.query


def test_without_a_directory_there_is_no_button(app: Flask, visitor: Visitor) -> None:
    assert "Sign in with" not in visitor.open("/sign-in").words
    visitor.open("/sign-in/directory", status=404)
    assert directory.hosts() == ()


def test_two_factors_at_the_directory_are_enough(council: Flask, visitor: Visitor) -> None:
    a_member("officer", email=NIA)
    page = _through(visitor, "nia", path="/sign-in/directory?next=/work/away")
    assert page.path == "/work/away"
    assert next(each for each in everyone() if each.email == NIA).seen_in


def test_one_factor_there_asks_for_ours(council: Flask, visitor: Visitor) -> None:
    a_member("officer", email=NIA)
    page = _through(visitor, "nia-once")
    assert page.heading == "One more step"
    assert visitor.open("/work").path.startswith("/sign-in"), "half way opens nothing"
    _through(visitor, "nia-once")
    assert visitor.press("Go on", code=app_code(NIA)).path == "/work"


def test_who_was_invited_joins_with_their_address(council: Flask, visitor: Visitor) -> None:
    admin = a_member("administrator")
    identity.invite(NIA, "Nia", ["answer_owner"], admin)
    storage.commit()
    assert _through(visitor, "nia").path == "/work/answers"
    assert identity.invitations_waiting() == []
    assert [(each.name, each.roles) for each in everyone() if each.email == NIA] == [("Nia Rees", ("answer_owner",))]


def test_a_stranger_does_not_register_themselves(council: Flask, visitor: Visitor) -> None:
    page = _through(visitor, "bob", status=403)
    assert "nobody has invited you here yet" in page.words
    assert everyone() == []
    assert visitor.open("/work").path.startswith("/sign-in")


def test_an_account_that_was_closed_stays_closed(council: Flask, visitor: Visitor) -> None:
    identity.close_member(a_member("officer", email=NIA), None)
    storage.commit()
    assert "nobody has invited you" in _through(visitor, "nia", status=403).words


def test_an_address_that_is_not_verified_opens_nothing(council: Flask, visitor: Visitor) -> None:
    a_member("officer", email=NIA)
    page = _through(visitor, "nia-unverified", status=403)
    assert "does not say that your address is yours" in page.words
    assert visitor.open("/work").path.startswith("/sign-in")


@pytest.mark.parametrize("change", ["another state", "no state", "used before", "another browser"])
def test_what_did_not_begin_here_does_not_end_here(council: Flask, app: Flask, visitor: Visitor, change: str) -> None:
    a_member("officer", email=NIA)
    back = _chosen(_there(visitor), "nia")
    if change == "another state":
        back = back.replace("state=", "state=x")
    elif change == "no state":
        back = back.split("&state=")[0]
    elif change == "used before":
        visitor.open(back)
        visitor.client.post("/sign-out")
    else:
        visitor = Visitor(app.test_client())
    page = visitor.open(back, status=400)
    assert "Begin once more" in page.words


def test_a_token_made_for_another_browser_is_not_taken(council: Flask, visitor: Visitor) -> None:
    """The nonce ties the token to the browser that began: a code that was caught elsewhere is worth nothing."""
    a_member("officer", email=NIA)
    caught = parse_qs(urlsplit(_chosen(_there(visitor), "nia")).query)["code"][0]
    with pytest.raises(NotVouched, match="InvalidClaimError"):
        directory.finish(caught, Begun("s", "another nonce", "v" * 64))


def test_a_code_that_is_not_theirs_is_refused(council: Flask, visitor: Visitor) -> None:
    state = parse_qs(urlsplit(_there(visitor)).query)["state"][0]
    page = visitor.open(f"/sign-in/directory/back?code=made-up&state={state}", status=400)
    assert "cannot be trusted" in page.words


def test_who_says_no_at_the_directory_is_told_so(council: Flask, visitor: Visitor) -> None:
    state = parse_qs(urlsplit(_there(visitor)).query)["state"][0]
    page = visitor.open(f"/sign-in/directory/back?error=access_denied&state={state}", status=400)
    assert "Demo county did not let you in" in page.words


def test_too_long_there_begins_anew(council: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    back = _chosen(_there(visitor), "nia")
    later = int(time.time()) + directory_pages.LONGEST + 1
    monkeypatch.setattr(directory_pages, "_now", lambda: later)
    assert "That took too long" in visitor.open(back, status=400).words


def test_a_token_whose_time_is_over_is_refused(app: Flask, visitor: Visitor) -> None:
    with directory_server(PEOPLE, token_age=timedelta(seconds=-120)) as issuer:
        for _council in _with_directory(app, issuer):
            a_member("officer", email=NIA)
            assert "cannot be trusted" in _through(visitor, "nia", status=400).words


def test_a_directory_that_is_away_leaves_the_other_ways(app: Flask, visitor: Visitor) -> None:
    with directory_server(PEOPLE) as issuer:
        pass
    for _council in _with_directory(app, issuer):
        page = visitor.open("/sign-in/directory", status=503)
        assert "Demo county does not answer just now. The other ways in still work." in page.words
        a_member("officer", email=NIA)
        assert sign_in(app, NIA).open("/work").status == 200


def test_it_goes_away_while_someone_is_there(app: Flask, visitor: Visitor) -> None:
    with directory_server(PEOPLE) as issuer:
        councils = _with_directory(app, issuer)
        next(councils)
        back = _chosen(_there(visitor), "nia")
    assert "does not answer just now" in visitor.open(back, status=503).words
    next(councils, None)


def test_only_its_hosts_are_spoken_to(council: Flask, issuer: str) -> None:
    assert directory.hosts() == (urlsplit(issuer).netloc,)
    own = directory._ours()
    assert directory._may_ask(own, f"{issuer}/jwks")
    assert not directory._may_ask(own, "http://elsewhere.example/jwks")
    assert not directory._may_ask(dataclasses.replace(own, issuer="https://login.example"), "http://login.example/jwks")


def test_a_description_of_another_directory_is_not_believed(app: Flask, issuer: str) -> None:
    for _council in _with_directory(app, f"{issuer}/"):
        with pytest.raises(Away, match="another directory"):
            directory.begin()


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "https://refeds.org/profile/mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({}, False),
    ],
)
def test_what_counts_as_two_factors(claims: dict[str, object], says: bool) -> None:
    assert says_second(claims) is says


def test_both_factors_can_be_shown_again_there(council: Flask, visitor: Visitor, clock: Callable[[], object]) -> None:
    a_member("officer", email=NIA)
    _through(visitor, "nia")
    clock.on(minutes=16)  # type: ignore[attr-defined]
    page = visitor.open("/me/passphrase")
    assert page.heading == "Is it still you?"
    again = page.link("Show it with Demo county")
    where = parse_qs(urlsplit(_there(visitor, again)).query)
    assert (where["prompt"], where["max_age"]) == (["login"], ["0"])
    assert "that was somebody else" in _through(visitor, "bob", status=403, path=again).words.lower()
    assert "does not count" in _through(visitor, "nia-long-ago", status=403, path=again).words
    assert "does not count" in _through(visitor, "nia-once", status=403, path=again).words
    assert visitor.open("/me/passphrase").heading == "Is it still you?"
    assert _through(visitor, "nia-again", path=again).heading == "Choose a new passphrase"
