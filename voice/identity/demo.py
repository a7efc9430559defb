"""In a demo on one's own machine the page shows the code an app would show: nobody sets an app up to look around. Nowhere else."""

from __future__ import annotations

import json
from dataclasses import dataclass

from voice.config import settings
from voice.identity.models import Authenticator, Member
from voice.identity.rules import DRIFT, STEP, code_of, step_of
from voice.identity.sealing import unseal
from voice.storage import now, session


@dataclass(frozen=True)
class Shown:
    """The code that is good next; or, where all that are good now were used, how many seconds until the next."""

    code: str
    seconds: int = 0


def shown_code(member: Member) -> Shown | None:
    """The code of this member's app, where the data folder is a demo, it is served on this machine alone, and the app is the demo's own."""
    if not settings().local or not settings().demo_marker.exists():
        return None
    own = session().get(Authenticator, member.id)
    secret = json.loads(settings().demo_marker.read_text(encoding="utf-8")).get("app")
    if own is None or not secret or unseal(own.sealed, member.id) != secret:
        return None
    step = max(own.last_step + 1, step_of(now()))
    latest = step_of(now()) + DRIFT
    if step > latest:
        return Shown("", seconds=int((step - DRIFT) * STEP - now().timestamp()) + 1)
    return Shown(code_of(secret, step))
