"""The card a young person of the board keeps: a code to begin with, and to sign in with afterwards, beside the PIN they choose."""

from __future__ import annotations

from flask import Response

from voice.config import settings
from voice.identity.invitations import Invited, link
from voice.identity.rules import written
from voice.web import paper
from voice.web.locale import speaking


def as_pdf(invited: Invited) -> Response:
    """The card as a PDF file, A5, kept by nobody: the code is known now and never again.

    Raises:
        NoPrinter: this machine cannot set type.
    """
    with speaking("en"):
        return paper.pdf(
            "identity/card.html",
            "card",
            invited=invited,
            code=written(invited.code),
            square=paper.qr(link(invited)),
            typed_at=paper.spoken(f"{settings().desk_url}/invitation"),
            sign_in_at=paper.spoken(f"{settings().desk_url}/sign-in"),
        )
