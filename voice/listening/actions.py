"""Taking in what one person sends in one go."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from voice import asking, contacting, keeping, pairing, safeguarding
from voice.asking import GAVE_PICTURE, Answer, Answers, Instrument, Question, Wording
from voice.config import settings
from voice.contacting import JUST_TELL, Wish
from voice.keeping import Facts, Kept
from voice.listening.picturing import Picture, kind_of
from voice.listening.queries import Asked
from voice.pairing import Marks

_BANDS: Final[Mapping[Wording, str]] = {"younger": "under_8", "middle": "8_10"}
"""How old the younger said they are when they picked their words; they are not asked again."""


class NothingSaid(Exception):
    """Every question was passed over; there is nothing to keep."""


def take_in(
    found: Asked,
    answers: Answers,
    key: str,
    *,
    language: str,
    wording: str | None = None,
    way_in: str = "web",
    group_id: uuid.UUID | None = None,
    wish: Wish = JUST_TELL,
    picture: Picture | None = None,
) -> Kept:
    """Keep and screen one submission. The caller commits once: what was said and the row that makes a person look are one transaction.

    `wording`: which age's words were answered, where the instrument has several. `way_in`: one of keeping's WAYS_IN. `group_id`: the
    group whose code let the sender in. `wish`: whether they want a reply, or to be contacted; then a lead looks at it at once.
    `picture`: what came for the question that asks for one; where these answers do not lead to such a question it is left out, as
    anything else that was not asked. The words beside it are a view like any other.

    Raises:
        NothingSaid: there is no answer in it.
        ValueError: the key is not a UUID.
        DifferentWords, AlreadyTakenBack: as `keeping.keep`.
        StoreAway: as `keeping.keep_picture`.
    """
    instrument = asking.fitted(found.instrument, asked_as := _wording(found.instrument, wording))
    shows = asking.picture_question(instrument, answers) if picture else None
    counted = _codes(asking.counted(instrument, answers)) | ({shows.name: [GAVE_PICTURE]} if shows else {})
    said = asking.views(instrument, answers)
    if not counted and not said:
        raise NothingSaid
    facts = replace(_facts(instrument, answers, asked_as), language=language, wording=asked_as, way_in=way_in, group_id=group_id)
    marks = _marks(found, instrument, answers)
    attached = ([picture.digest] if picture and shows else []) + ([*marks.near, marks.whole or ""] if marks else [])
    kept = keeping.keep(key, activity_id=found.activity.id, answers=counted, words=said, facts=facts, attached=attached)
    if kept.is_new and picture and shows:
        _keep_picture(kept, shows, picture, dict(said).get(shows.name, ""))
    if kept.is_new and marks:
        pairing.keep_marks(kept.submission_id, asking.moment(instrument, answers) or "", marks)
    wants_contact = contacting.ask(kept.submission_id, wish)
    if kept.is_new:
        texts = [words for _question, words in said] + ([wish.contact.words] if wish.contact else [])
        safeguarding.screen_submission(kept.submission_id, texts, language=language, asked=wants_contact, unseen=shows is not None)
    elif wants_contact:
        safeguarding.contact_asked(kept.submission_id)
    return kept


def _marks(found: Asked, instrument: Instrument, answers: Answers) -> Marks | None:
    """What is kept of the code they made for themselves, where they said which time this is."""
    if asking.moment(instrument, answers) is None:
        return None
    return pairing.marks_of(asking.own_code(instrument, answers), found.activity.address, pairing.key_from(settings().receipt_key))


def _keep_picture(kept: Kept, question: Question, picture: Picture, alt: str) -> None:
    keeping.keep_picture(kept.submission_id, question.name, picture.clean, kind=kind_of(question), alt=alt, cover_faces=picture.cover_faces)


def _wording(instrument: Instrument, wording: str | None) -> Wording | None:
    """The age whose words were really shown: the one asked for, else the oldest; None where there is only one."""
    oldest = instrument.wordings[-1] if instrument.wordings else None
    return next((each for each in instrument.wordings if each == wording), oldest)


def _codes(counted: Mapping[str, Answer]) -> dict[str, list[str] | int]:
    """What can be counted: codes as a list, a number as itself. Words are views."""
    return {name: list(answer.codes) if answer.number is None else answer.number for name, answer in counted.items() if not answer.words}


def _facts(instrument: Instrument, answers: Answers, asked_as: Wording | None) -> Facts:
    told = asking.coarse(instrument, answers)
    return Facts(
        age_band=told.age_band or (_BANDS.get(asked_as) if asked_as else None),
        place=told.place,
        speaker=told.speaker,
        may_be_quoted=asking.may_be_quoted(instrument, answers),
    )
