"""Taking in what one person sends in one go."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voice import asking, contacting, keeping, pairing, safeguarding
from voice.asking import GAVE_PICTURE, Answer, Answers, Instrument, Meaning, Question, Wording
from voice.config import settings
from voice.contacting import JUST_TELL, Wish
from voice.keeping import Facts, Kept
from voice.listening.picturing import Picture, kind_of
from voice.listening.queries import Asked
from voice.pairing import Marks
from voice.safeguarding import Looked

_BANDS: Final[Mapping[Wording, str]] = {"younger": "under_8", "middle": "8_10"}
"""How old the younger said they are when they picked their words; they are not asked again."""


class NothingSaid(Exception):
    """Every question was passed over; there is nothing to keep."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What one person sends, worked out and looked at; nothing of it is kept yet, and nobody waits for it."""

    found: Asked
    means: Meaning
    language: str
    wording: Wording | None
    wish: Wish
    picture: Picture | None
    marks: Marks | None
    texts: Sequence[str]
    looked: Looked | None  # None: nothing was said

    @property
    def shows(self) -> Question | None:
        """The question their picture belongs to. Where these answers do not lead to one it is left out, as anything else that was not asked."""
        return self.means.picture if self.picture else None


def made_ready(
    found: Asked, answers: Answers, *, language: str, wording: str | None = None, wish: Wish = JUST_TELL, picture: Picture | None = None
) -> Ready:
    """Work out what these answers come to, and screen them: all that can be done before a transaction begins.

    `wording`: which age's words were answered, where the instrument has several. `wish`: whether they want a reply, or to be contacted; then
    a lead looks at it whatever it says. `picture`: what came for the question that asks for one. The words beside it are a view like any other.
    """
    asked_as = _wording(found.instrument, wording)
    means = asking.meaning(found.for_age(asked_as).instrument, answers)
    texts = [words for _question, words in means.views] + ([wish.contact.words] if wish.contact else [])
    said_something = means.counted or means.views or (picture and means.picture)
    return Ready(
        found=found,
        means=means,
        language=language,
        wording=asked_as,
        wish=wish,
        picture=picture,
        marks=_marks(found, means),
        texts=texts,
        looked=safeguarding.look_at(texts, language) if said_something else None,
    )


def take_in(ready: Ready, key: str, *, way_in: str = "web", group_id: uuid.UUID | None = None) -> Kept:
    """Keep one submission, and what the screen thinks of it. The caller commits once: what was said and the row that makes a person look are
    one transaction.

    `way_in`: one of keeping's WAYS_IN. `group_id`: the group whose code let the sender in.

    Raises:
        NothingSaid: there is no answer in it.
        ValueError: the key is not a UUID.
        DifferentWords, AlreadyTakenBack: as `keeping.keep`.
        StoreAway: as `keeping.keep_picture`.
    """
    if ready.looked is None:
        raise NothingSaid
    kept = _keep(ready, key, way_in, group_id)
    wants_contact = contacting.ask(kept.submission_id, ready.wish)
    if kept.is_new:
        safeguarding.screen_submission(
            kept.submission_id, ready.texts, asked=wants_contact, unseen=ready.shows is not None, language=ready.language, looked=ready.looked
        )
    elif wants_contact:
        safeguarding.contact_asked(kept.submission_id)
    return kept


def _keep(ready: Ready, key: str, way_in: str, group_id: uuid.UUID | None) -> Kept:
    picture, shows, marks, said = ready.picture, ready.shows, ready.marks, ready.means.views
    counted = _codes(ready.means.counted) | ({shows.name: [GAVE_PICTURE]} if shows else {})
    attached = ([picture.digest] if picture and shows else []) + ([*marks.near, marks.whole or ""] if marks else [])
    facts = _facts(ready, way_in, group_id)
    kept = keeping.keep(key, activity_id=ready.found.activity.id, answers=counted, words=said, facts=facts, attached=attached)
    if kept.is_new and picture and shows:
        _keep_picture(kept, shows, picture, dict(said).get(shows.name, ""))
    if kept.is_new and marks:
        pairing.keep_marks(kept.submission_id, ready.means.moment or "", marks)
    return kept


def _marks(found: Asked, means: Meaning) -> Marks | None:
    """What is kept of the code they made for themselves, where they said which time this is."""
    if means.moment is None:
        return None
    return pairing.marks_of(means.own_code, found.activity.address, pairing.key_from(settings().receipt_key))


def _keep_picture(kept: Kept, question: Question, picture: Picture, alt: str) -> None:
    keeping.keep_picture(kept.submission_id, question.name, picture.clean, kind=kind_of(question), alt=alt, cover_faces=picture.cover_faces)


def _wording(instrument: Instrument, wording: str | None) -> Wording | None:
    """The age whose words were really shown: the one asked for, else the oldest; None where there is only one."""
    oldest = instrument.wordings[-1] if instrument.wordings else None
    return next((each for each in instrument.wordings if each == wording), oldest)


def _codes(counted: Mapping[str, Answer]) -> dict[str, list[str] | int]:
    """What can be counted: codes as a list, a number as itself. Words are views."""
    return {name: list(answer.codes) if answer.number is None else answer.number for name, answer in counted.items() if not answer.words}


def _facts(ready: Ready, way_in: str, group_id: uuid.UUID | None) -> Facts:
    told = ready.means.coarse
    return Facts(
        age_band=told.age_band or (_BANDS.get(ready.wording) if ready.wording else None),
        place=told.place,
        speaker=told.speaker,
        may_be_quoted=ready.means.may_be_quoted,
        language=ready.language,
        wording=ready.wording,
        way_in=way_in,
        group_id=group_id,
    )
