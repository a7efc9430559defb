"""What a member has, beside what they know: an authenticator app, a passkey, recovery codes, a printed card."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select

from voice import audit
from voice.identity import slowing
from voice.identity.actions import check_passphrase
from voice.identity.models import Authenticator, Card, Member, Passkey, RecoveryCode
from voice.identity.queries import Person, as_person
from voice.identity.rules import BOARD, RECOVERY, RECOVERY_CODES, good_step, new_code, read_code, written
from voice.identity.sealing import Unreadable, mark, seal, unseal
from voice.storage import new_id, now, session


@dataclass(frozen=True)
class Factors:
    """What a member has."""

    app: bool
    passkeys: int
    card: bool
    codes: int  # recovery codes that were not used

    @property
    def enough(self) -> bool:
        """Whether there is a second factor at all; recovery codes alone are none."""
        return self.app or bool(self.passkeys) or self.card


def factors_of(member_id: uuid.UUID) -> Factors:
    """What this member can show. A card counts for nothing once its holder is more than a board member."""
    kept = select(
        exists().where(Authenticator.member_id == member_id),
        select(func.count()).where(Passkey.member_id == member_id).scalar_subquery(),
        exists().where(Card.member_id == member_id),
        select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None)).scalar_subquery(),
    )
    app, passkeys, card, codes = session().execute(kept).one()
    return Factors(
        app=bool(app), passkeys=passkeys or 0, card=bool(card) and as_person(session().get_one(Member, member_id)).roles == BOARD, codes=codes or 0
    )


def has_outgrown_card(member_id: uuid.UUID) -> bool:
    """Whether a PIN is all they know, and their work has become more than a PIN may open."""
    return session().get(Card, member_id) is not None and not factors_of(member_id).card


def shows(member_id: uuid.UUID, typed: str) -> str | None:
    """Which factor this code is, used up where it is good once only: `app`, `card`, `code`; None where it is none.

    Slow down before: see `slowing.FIGURES`.
    """
    if len(read_code(typed)) == 6 and read_code(typed).isdecimal():
        return "app" if _shows_app(member_id, typed) else None
    if _shows_card(member_id, typed):
        return "card"
    return "code" if _shows_recovery_code(member_id, typed) else None


def _shows_app(member_id: uuid.UUID, typed: str) -> bool:
    own = session().get(Authenticator, member_id, with_for_update=True)
    try:
        step = good_step(unseal(own.sealed, member_id), typed, now(), own.last_step) if own else None
    except Unreadable:
        return False
    if own is None or step is None:
        return False
    own.last_step = step
    session().flush()
    return True


def _shows_card(member_id: uuid.UUID, typed: str) -> bool:
    own = session().get(Card, member_id)
    return own is not None and own.code_mark == mark("card", read_code(typed)) and factors_of(member_id).card


def _shows_recovery_code(member_id: uuid.UUID, typed: str) -> bool:
    own = session().get(RecoveryCode, mark(f"recovery {member_id}", read_code(typed)), with_for_update=True)
    if own is None or own.member_id != member_id or own.used_at is not None:
        return False
    own.used_at = now()
    audit.record(member_id, "recovery code used", "member", member_id)
    return True


def check_second_person(email: str, passphrase: str, code: str) -> Person | None:
    """A second person, on somebody else's page, who shows both factors: passphrase, and a code of their app (or a recovery code).

    Slowed as signing in is; ends the transaction of what the request has done so far. None: something of it was not right.

    Raises:
        TooManyRequests: the sixth try within a minute, or the sixth wrong code within a quarter of an hour.
    """
    slowing.slow_down(email)
    member = check_passphrase(email, passphrase)
    if member is None or slowing.waits(slowing.FIGURES, f"second {member.id}") or not shows(member.id, code):
        return None
    for pace, name in ((slowing.NAME, email), (slowing.FIGURES, f"second {member.id}")):
        slowing.forget(pace, name)
    return as_person(member)


# --- giving and taking


def keep_app(member_id: uuid.UUID, secret: str, used_step: int = 0) -> None:
    """From now on codes of this app are good, and of no other. Every session ends."""
    session().execute(delete(Authenticator).where(Authenticator.member_id == member_id))
    session().add(Authenticator(member_id=member_id, sealed=seal(secret, member_id), last_step=used_step))
    _changed(member_id, "authenticator app set up")


def take_away_app(member_id: uuid.UUID) -> None:
    session().execute(delete(Authenticator).where(Authenticator.member_id == member_id))
    _changed(member_id, "authenticator app taken away")


def keep_passkey(member_id: uuid.UUID, credential: bytes, public_key: bytes, uses: int, name: str) -> None:
    """One more passkey. Every session ends."""
    session().add(Passkey(member_id=member_id, credential=credential, public_key=public_key, uses=uses, name=name))
    _changed(member_id, "passkey added")


def take_away_passkey(member_id: uuid.UUID, passkey_id: uuid.UUID) -> None:
    session().execute(delete(Passkey).where(Passkey.member_id == member_id, Passkey.id == passkey_id))
    _changed(member_id, "passkey taken away")


def passkeys_of(member_id: uuid.UUID) -> list[Passkey]:
    return list(session().scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.added_at, Passkey.id)))


def give_card(member_id: uuid.UUID, code: str) -> None:
    """The card with this code is theirs; one they had before is no good from now on."""
    session().execute(delete(Card).where(Card.member_id == member_id))
    session().add(Card(member_id=member_id, code_mark=mark("card", code)))
    _changed(member_id, "card given")


def new_recovery_codes(member_id: uuid.UUID) -> list[str]:
    """Ten new codes, as they are shown this once; those before are no good from now on."""
    session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))
    codes = [new_code(RECOVERY) for _ in range(RECOVERY_CODES)]
    session().add_all(RecoveryCode(member_id=member_id, code_mark=mark(f"recovery {member_id}", code)) for code in codes)
    audit.record(member_id, "recovery codes made", "member", member_id)
    return [written(code) for code in codes]


def take_away_all(member_id: uuid.UUID) -> None:
    """Begin anew: whatever this member had is no good any more. Every session ends."""
    forget(member_id)
    _changed(member_id, "second factors taken away")


def forget(member_id: uuid.UUID) -> None:
    """Let go of all of them, for somebody who has left."""
    for kind in (Authenticator, Passkey, RecoveryCode, Card):
        session().execute(delete(kind).where(kind.member_id == member_id))


def _changed(member_id: uuid.UUID, what: str) -> None:
    session().get_one(Member, member_id).stamp = new_id()
    audit.record(member_id, what, "member", member_id)
