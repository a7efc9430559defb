"""A council's own directory vouches for its people: OpenID Connect, authorization code with PKCE, state and nonce.

Only this server speaks to the directory, and only to the hosts in `hosts()`; a browser is led there and back. Nobody joins by it alone: an
administrator has added or invited them with the address the directory calls verified.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from voice.config import Directory, settings
from voice.identity import invitations
from voice.identity.actions import member_of
from voice.identity.models import Member

TIMEOUT: Final = 5
"""Seconds for each question to the directory."""
KNOWN_FOR: Final = 600
"""Seconds its own description and its keys are kept, in this process alone."""
SIGNED_WITH: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Never `none`, and never a key we share with the directory."""
LEEWAY: Final = 60
"""Seconds by which its clock may differ from ours."""
SECOND_BY_AMR: Final = frozenset({"mfa"})  # RFC 8176
SECOND_BY_ACR: Final = frozenset(
    {"phr", "phrh", "possessionorinherence", "https://refeds.org/profile/mfa", "http://schemas.openid.net/pape/policies/2007/06/multi-factor"}
)
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Away(Exception):
    """The directory does not answer, or not in a way we understand. The other ways in still work."""


class NotVouched(Exception):
    """What came back does not prove who somebody is; `why` is a short code for the log, never shown."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotVerified(NotVouched):
    """The directory does not say that the address is theirs."""


@dataclass(frozen=True)
class Begun:
    """What this browser keeps while somebody is at the directory: all three must come back, or nothing counts."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Vouched:
    """Whom the directory vouches for."""

    email: str
    name: str
    has_second: bool  # it says that two factors were shown
    proved_at: int  # when they were shown, in seconds since 1970; 0 where it does not say


_known: dict[str, tuple[float, dict[str, Any], dict[str, Any]]] = {}


def hosts() -> tuple[str, ...]:
    """Every host this server may speak to for signing in, for the list of outbound hosts. Asks the directory where it was not asked lately."""
    ours = settings().directory
    if ours is None:
        return ()
    try:
        known = _description(ours)[0]
    except Away:
        known = {}
    return tuple(sorted({urlsplit(address).netloc for address in (ours.issuer, *(known[name] for name in ENDPOINTS if name in known))}))


def begin(*, again: bool = False) -> tuple[str, Begun]:
    """The address somebody is led to, and what their browser keeps. `again`: the directory must ask for everything anew.

    Raises:
        Away: it does not answer.
    """
    ours = _ours()
    known = _description(ours)[0]
    begun = Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    more = {"prompt": "login", "max_age": "0"} if again else {}
    url, _state = _client(ours).create_authorization_url(
        known["authorization_endpoint"], state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier, **more
    )
    return str(url), begun


def finish(code: str, begun: Begun) -> Vouched:
    """Turn the code the browser brought back into whom the directory vouches for.

    Raises:
        Away: it does not answer.
        NotVouched: the code is not good, or what it gave is not signed by it, for us, now, for this browser.
        NotVerified: the address is not verified.
    """
    return _vouched(_claims(_id_token(_ours(), code, begun), begun))


def member_for(vouched: Vouched) -> Member | None:
    """The member with this address, or who was invited with it and joins by this; None: nobody we know. Nobody registers themselves."""
    member = member_of(vouched.email)
    if member is not None and member.closed_at is None:
        return member
    return invitations.take_up_by_directory(vouched.email, vouched.name)


def back_url() -> str:
    """Where the directory leads people back to; the council registers it there."""
    return f"{settings().desk_url}/sign-in/directory/back"


# --- speaking to the directory


def _ours() -> Directory:
    ours = settings().directory
    if ours is None:
        raise Away("none is set")
    return ours


def _client(ours: Directory) -> Any:
    from authlib.integrations.requests_client import OAuth2Session  # lazy: with requests it takes as long to load as half the house

    return OAuth2Session(ours.client_id, ours.client_secret, scope="openid email profile", redirect_uri=back_url(), code_challenge_method="S256")


def _description(ours: Directory, *, anew: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the directory says of itself, and its keys."""
    known = _known.get(ours.issuer)
    if known and not anew and time.monotonic() - known[0] < KNOWN_FOR:
        return known[1], known[2]
    said = _get(f"{ours.issuer.rstrip('/')}/.well-known/openid-configuration")
    if said.get("issuer") != ours.issuer or not all(_may_ask(ours, said.get(name)) for name in ENDPOINTS):
        raise Away("it describes another directory, or pages that are not safe to use")
    keys = _get(said["jwks_uri"])
    _known[ours.issuer] = (time.monotonic(), said, keys)
    return said, keys


def _may_ask(ours: Directory, address: object) -> bool:
    """Only over https; over http where the directory itself is on this machine."""
    parts, home = urlsplit(str(address)), urlsplit(ours.issuer)
    return parts.scheme == "https" or (home.scheme == "http" and parts.hostname == home.hostname)


def _get(address: str) -> dict[str, Any]:
    import requests  # lazy: see `_client`

    try:
        reply = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        found = reply.json() if reply.status_code == 200 else None
    except (requests.RequestException, ValueError) as error:
        raise Away(type(error).__name__) from error
    if not isinstance(found, dict):
        raise Away("it did not answer as it should")
    return found


def _id_token(ours: Directory, code: str, begun: Begun) -> str:
    import requests  # lazy: see `_client`
    from authlib.common.errors import AuthlibBaseError

    try:
        token = _client(ours).fetch_token(_description(ours)[0]["token_endpoint"], code=code, code_verifier=begun.verifier, timeout=TIMEOUT)
    except (requests.RequestException, ValueError) as error:
        raise Away(type(error).__name__) from error
    except AuthlibBaseError as error:
        raise NotVouched("code") from error
    found = token.get("id_token")
    if not isinstance(found, str):
        raise NotVouched("no token")
    return found


# --- what it says of somebody


def _claims(token: str, begun: Begun) -> Mapping[str, Any]:
    """What the token says, once it is signed by the directory, for us, now, and for this browser."""
    from joserfc.errors import JoseError
    from joserfc.jwt import JWTClaimsRegistry

    ours = _ours()
    checks = JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": ours.issuer},
        aud={"essential": True, "value": ours.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": begun.nonce},
    )
    try:
        found: Mapping[str, Any] = _opened(token, ours)
        checks.validate(dict(found))
    except (JoseError, ValueError) as error:
        raise NotVouched(type(error).__name__) from error
    if found.get("azp", ours.client_id) != ours.client_id:
        raise NotVouched("made for another")
    return found


def _opened(token: str, ours: Directory) -> Mapping[str, Any]:
    """The token's claims, by the directory's keys; asked for anew once, because keys change."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        return jwt.decode(token, KeySet.import_key_set(_key_set(_description(ours)[1])), algorithms=SIGNED_WITH).claims
    except (JoseError, ValueError):
        return jwt.decode(token, KeySet.import_key_set(_key_set(_description(ours, anew=True)[1])), algorithms=SIGNED_WITH).claims


def _key_set(keys: dict[str, Any]) -> Any:
    if not isinstance(keys.get("keys"), list):
        raise Away("it has no keys")
    return keys


def _vouched(claims: Mapping[str, Any]) -> Vouched:
    email = str(claims.get("email") or "").strip().lower()
    if not email or claims.get("email_verified") not in (True, "true"):
        raise NotVerified("address")
    return Vouched(email, str(claims.get("name") or ""), says_second(claims), _seconds(claims.get("auth_time")))


def says_second(claims: Mapping[str, Any]) -> bool:
    """Whether the directory says that two factors were shown. What it does not say it did not ask."""
    ways = claims.get("amr")
    return bool(isinstance(ways, list) and SECOND_BY_AMR & {str(way) for way in ways}) or str(claims.get("acr")) in SECOND_BY_ACR


def _seconds(said: object) -> int:
    return int(said) if isinstance(said, (int, float)) else 0
