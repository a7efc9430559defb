"""A practice alert: a letter with a code, which the lead types in time. What it needs travels signed in the form; no row is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid

from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer

from voice import identity, post
from voice.config import settings

IN_TIME = 15 * 60  # seconds
DIGITS = 6


def begin(lead: identity.Person) -> str:
    """Write the lead a practice letter; a signed token comes back, which the code in the letter fits.

    Raises:
        NotSent: the letter could not be handed over, and that is what the drill found.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    post.send(lead.email, _("Practice alert in Voice"), _("This is a practice. Type this code on the safeguarding page: %(code)s", code=code))
    return _signer().dumps([str(lead.id), _mark(lead.id, code)])


def fits(token: str, lead: identity.Person, typed: str) -> bool:
    """Whether this is the code of this lead’s own letter, typed within 15 minutes."""
    try:
        member_id, mark = _signer().loads(token, max_age=IN_TIME)
    except (BadSignature, ValueError, TypeError):
        return False
    typed = "".join(typed.split())
    return str(member_id) == str(lead.id) and hmac.compare_digest(str(mark), _mark(lead.id, typed))


def _mark(lead_id: uuid.UUID, code: str) -> str:
    """The code, keyed: the page that carries the token does not give it away."""
    return hmac.new(settings().session_key, f"drill {lead_id} {code}".encode(), hashlib.sha256).hexdigest()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().session_key, salt="safeguarding drill")
