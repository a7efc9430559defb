"""Passkeys (WebAuthn): what we ask of a device, and whether its answer is good. The page's script carries both; nothing is fetched.

`webauthn` is loaded where it is used: with OpenSSL it takes a fifth of the start of a server process, and few requests need it.
"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from flask import request
from flask import session as cookie
from sqlalchemy import delete, select

from voice.config import settings
from voice.identity import factors
from voice.identity.models import Member, Passkey, SpentChallenge
from voice.identity.sealing import mark
from voice.storage import now, session

GOOD_FOR: Final = timedelta(minutes=20)
"""How long a page may wait for the device's answer."""
LONGEST_ANSWER: Final = 20_000


class NoGood(Exception):
    """The device's answer is not one we can take."""


def ask_for_new(member: Member) -> str:
    """What the page’s script gives the device to make this member a passkey, as JSON: one that asks for a finger, a face or a PIN, where it can."""
    from webauthn import generate_registration_options
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    return _asked(
        generate_registration_options(
            rp_id=_place()[0],
            rp_name="Voice",
            user_id=member.id.bytes,
            user_name=member.email,
            user_display_name=member.name,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=each.credential) for each in factors.passkeys_of(member.id)],
        )
    )


def ask(member: Member | None = None) -> str:
    """What the script gives the device to show a passkey, as JSON: one of this member's, or, to sign in with nothing else, any it has for us."""
    from webauthn import generate_authentication_options
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor, UserVerificationRequirement

    own = factors.passkeys_of(member.id) if member else []
    return _asked(
        generate_authentication_options(
            rp_id=_place()[0],
            allow_credentials=[PublicKeyCredentialDescriptor(id=each.credential) for each in own],
            user_verification=UserVerificationRequirement.PREFERRED if member else UserVerificationRequirement.REQUIRED,
        )
    )


def take_new(member: Member, answer: str, name: str) -> None:
    """Keep the passkey the device made.

    Raises:
        NoGood: it was made for another page, too long ago, or is there already.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    rp_id, origin = _place()
    try:
        made = verify_registration_response(credential=_read(answer), expected_challenge=_challenge(), expected_rp_id=rp_id, expected_origin=origin)
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise NoGood from error
    if session().scalar(select(Passkey.id).where(Passkey.credential == made.credential_id)):
        raise NoGood
    factors.keep_passkey(member.id, made.credential_id, made.credential_public_key, made.sign_count, name)


def owner(answer: str, expected: Member | None = None) -> Member:
    """Whose passkey this is. Where nobody is expected, it signs in alone: then the device must have checked who holds it.

    Raises:
        NoGood: not one of ours, not of whom we expect, an answer to another question, or a question too long ago.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    credential = _read(answer)
    own = session().scalar(select(Passkey).where(Passkey.credential == _bytes(str(credential.get("rawId", "")))).with_for_update())
    member = session().get(Member, own.member_id) if own else None
    if own is None or member is None or member.closed_at is not None or (expected and member.id != expected.id):
        raise NoGood
    rp_id, origin = _place()
    try:
        shown = verify_authentication_response(
            credential=credential,
            expected_challenge=_challenge(),
            expected_rp_id=rp_id,
            expected_origin=origin,
            credential_public_key=own.public_key,
            credential_current_sign_count=own.uses,
            require_user_verification=expected is None,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise NoGood from error
    own.uses = shown.new_sign_count
    return member


def _asked(options: object) -> str:
    """The options as JSON; what they ask is remembered in this browser's cookie, under our signature."""
    from webauthn import options_to_json

    asked = options_to_json(options)  # type: ignore[arg-type]  # one of the two kinds it takes
    cookie["challenge"] = {"is": json.loads(asked)["challenge"], "at": int(now().timestamp())}
    return asked


def _challenge() -> bytes:
    """What was asked; good for one answer, even where an old cookie comes back."""
    asked = cookie.pop("challenge", None)
    if not asked or not 0 <= now().timestamp() - asked["at"] <= GOOD_FOR.total_seconds():
        raise NoGood
    spent = mark("challenge", asked["is"])
    if session().get(SpentChallenge, spent):
        raise NoGood
    session().execute(delete(SpentChallenge).where(SpentChallenge.at < now() - 2 * GOOD_FOR))
    session().add(SpentChallenge(mark=spent))
    session().flush()
    return _bytes(asked["is"])


def _read(answer: str) -> dict[str, object]:
    try:
        read = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise NoGood
    return read


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise NoGood from error


def _place() -> tuple[str, str]:
    """Whom the passkey is for (a host) and the address of its pages. On one's own machine whatever name the browser uses for it."""
    address = request.host_url if settings().local else settings().desk_url
    parts = urlsplit(address)
    return parts.hostname or "localhost", f"{parts.scheme}://{parts.netloc}"
