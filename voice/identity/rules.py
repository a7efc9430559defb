"""Roles, what a passphrase and a PIN must be, when a session ends, which code of an authenticator app is good."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

import pyotp

ROLES = (
    "officer",
    "publisher",
    "answer_owner",
    "safeguarding_lead",
    "safeguarding_deputy",
    "board_member",
    "board_worker",
    "partner",
    "school",
    "analyst",
    "administrator",
)

# Everyone who works at a desk; the board has a room of its own.
STAFF = tuple(role for role in ROLES if not role.startswith("board_"))
LEADS: Final = frozenset({"safeguarding_lead", "safeguarding_deputy"})
BOARD: Final = frozenset({"board_member"})
"""Who may sign in with a card and a PIN: young people of the board, and nobody who holds another role as well."""

# The first page each role is taken to after signing in.
FIRST_PAGES = {
    "officer": "/work",
    "safeguarding_lead": "/safeguarding",
    "safeguarding_deputy": "/safeguarding",
    "board_member": "/board",
    "board_worker": "/board",
    "publisher": "/work/answers",
    "answer_owner": "/work/answers",
}


def first_page(roles: frozenset[str]) -> str:
    """Where a member's work begins."""
    return next((page for role, page in FIRST_PAGES.items() if role in roles), "/work/start")


# --- how long a session lasts

LONGEST_SESSION: Final = timedelta(hours=12)
"""A working day: whoever comes tomorrow signs in again."""
IDLE: Final = timedelta(minutes=60)
IDLE_LEAD: Final = timedelta(minutes=15)
"""A lead's screen shows what worries us about a child: it must not stay open in an empty room."""


def idle_for(roles: Iterable[str]) -> timedelta:
    """How long a member with these roles may do nothing before they sign in again."""
    return IDLE_LEAD if LEADS & set(roles) else IDLE


def is_over(roles: Iterable[str], began: datetime, seen: datetime, moment: datetime) -> bool:
    """Whether a session that began then, and was last used then, has ended by now. A clock that went back ends it too."""
    return not (timedelta(0) <= moment - began < LONGEST_SESSION and timedelta(0) <= moment - seen < idle_for(roles))


# --- passphrases, PINs, names

SHORTEST_PASSPHRASE: Final = 15
LONGEST_PASSPHRASE: Final = 500
STRONG: Final = 4
"""zxcvbn's highest: more than 10^10 guesses. Short of it a passphrase is on a list, or made of too little."""
_JUDGED: Final = 72
"""As much as zxcvbn looks at; what stands after it can only make a passphrase better."""


def weakness(passphrase: str, about: Iterable[str] = ()) -> str | None:
    """What is wrong with a new passphrase: `short`, `long` or `guessable`; None where nothing is.

    `about` is what others know of the person and the place: name, address, county. There are no rules about kinds of letters.
    """
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        return "short"
    if len(passphrase) > LONGEST_PASSPHRASE:
        return "long"
    from zxcvbn import zxcvbn  # lazy: its lists of passwords that were found out take long to load

    known = [part for text in about for part in (text, *re.split(r"[\W_]+", text)) if len(part) > 2]
    plain = unicodedata.normalize("NFKC", passphrase)
    for word in sorted({each.lower() for each in known}, key=len, reverse=True):
        plain = re.sub(re.escape(word), "", plain, flags=re.IGNORECASE)  # what everybody knows of them adds nothing
    return None if zxcvbn(plain[:_JUDGED] or "a", user_inputs=known)["score"] >= STRONG else "guessable"


SHORTEST_PIN: Final = 6
LONGEST_PIN: Final = 12


def pin_weakness(pin: str) -> str | None:
    """What is wrong with a new PIN: `shape` (not 6 to 12 figures) or `guessable`; None where nothing is."""
    if not re.fullmatch(rf"[0-9]{{{SHORTEST_PIN},{LONGEST_PIN}}}", pin):
        return "shape"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeats = any(pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1) if len(pin) % size == 0)
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # lazy: long lists

    return "guessable" if len(steps) == 1 or repeats or pin in FREQUENCY_LISTS["passwords"] else None


def is_sign_in_name(name: str) -> bool:
    """Whether this can be what a young person signs in with: 3 to 30 of a to z, figures, dot and dash. Never an address."""
    return bool(re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]{1,28})[a-z0-9]", name))


# --- codes on paper

SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""None that looks like another (0 O, 1 I L, U V), and no vowel, so that no code spells a word."""
CODE: Final = 12
"""Signs of an invitation, which is a card's code afterwards: 57 bits."""
RECOVERY: Final = 10
"""Signs of a recovery code: 48 bits, used once."""
RECOVERY_CODES: Final = 10


def new_code(signs: int = CODE) -> str:
    """A code, each as likely as any other."""
    return "".join(secrets.choice(SIGNS) for _ in range(signs))


def read_code(typed: str) -> str:
    """A code as it is kept, however it was typed: any case, with spaces, dashes or none."""
    plain = unicodedata.normalize("NFKC", typed[:80]).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def written(code: str) -> str:
    """A code as people read it: K7PM-2XWD-9RTC, or K7PM2-XWD9R."""
    size = 4 if len(code) == CODE else 5
    return "-".join(code[at : at + size] for at in range(0, len(code), size))


# --- the codes of an authenticator app (RFC 6238: six figures, a new one every 30 seconds)

STEP: Final = 30
"""Seconds."""
DRIFT: Final = 1
"""Steps before and after now that are good as well: clocks of phones differ."""


def new_secret() -> str:
    """160 bits, in base 32."""
    return pyotp.random_base32()


def step_of(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def code_of(secret: str, step: int) -> str:
    """The six figures the app shows in this step."""
    return str(pyotp.TOTP(secret).at(step * STEP))


def good_step(secret: str, typed: str, moment: datetime, last: int) -> int | None:
    """The step whose code was typed, where it is near now and later than the last that was used; else None."""
    figures = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    near = range(step_of(moment) - DRIFT, step_of(moment) + DRIFT + 1)
    good = [step for step in near if step > last and hmac.compare_digest(code_of(secret, step), figures)]
    return good[0] if good else None
