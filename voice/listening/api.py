"""The same door for programs: a phone that kept an answer until it had a net, and partners who ask young people on pages of their own.

No cookie, no token, no draft. A submission is told apart by its own key: however often it is sent, it is kept once. Replies never hold
a word of what was sent, and are the same whether or not it worries us. `openapi.yaml` beside this file says all of it to programs.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from flask import Blueprint, Response, abort, json, jsonify, request
from flask_babel import lazy_gettext as _l
from flask_babel import refresh

from voice import asking, inviting, keeping, sealing, storage
from voice.asking import Answers
from voice.config import settings
from voice.contacting import Unfit, Wish, read_wish
from voice.imaging import Refused
from voice.inviting import BadCode
from voice.keeping import AlreadyTakenBack, DifferentWords, Kept, slowing
from voice.listening import messages
from voice.listening.actions import NothingSaid, made_ready, take_in
from voice.listening.forms import CODE_SENTENCES, CONTACT_SENTENCES
from voice.listening.messages import Fault, Message, NotJson, Wrong
from voice.listening.picturing import Picture, made_clean
from voice.listening.queries import Asked, asked_to_send
from voice.listening.ways import GROUP_CODE, Came, note_arrival, wait_your_turn
from voice.safeguarding import PHONE_GOES_ON, WALK_GOES_ON, takes_what_was_begun
from voice.web import cacheable, open_to_all, picture_words, same_origin, takes_files
from voice.web.locale import LANGUAGES, offered
from voice.web.problems import ENVELOPES, of_status, problem

Error: TypeAlias = tuple[str | None, str]
"""A question’s name, or None where it is about the whole, and the sentence for whoever answered."""

bp = Blueprint("api", __name__, url_prefix="/api/v1")
LARGEST: Final = 2_500_000
"""Bytes in a request: a picture of `LARGEST_PICTURE`, once as text and once more sealed, and 250 kB for the words."""
LARGEST_PICTURE: Final = 1_000_000
"""Bytes of a picture. A phone makes it a third of that; whoever sends photos as they are makes them smaller first."""
DOCUMENT: Final = Path(__file__).with_name("openapi.yaml")
REFUSALS: Final = ENVELOPES | {
    "not_yet": (403, "It is not open yet", "It opens later. Nothing was kept."),
    "over": (403, "It is over", "It has closed. Nothing was kept."),
    "no_activity": (404, "There is no such activity", "Its name is in its address: /take-part/NAME. Nothing was kept."),
    "different": (409, "Other words came under this key before", "Those were kept, and not these. Send new words under a new key."),
}
SENTENCES: Final[dict[str, Any]] = {
    "unknown_field": _l("There is something here that we do not know. Look at /api/v1/openapi.json."),
    "field": _l("“%(field)s” is missing, or it is not what it should be. Look at /api/v1/openapi.json."),
    "answer": _l("An answer has codes, or words, or a number, or a picture, and nothing else."),
    "unknown_question": _l("There is no question of this name."),
    "nothing_said": _l("There is no answer in it. One is enough."),
    "other_kind": _l("This question takes another kind of answer."),
}


@bp.post("/submissions")
@open_to_all
@takes_files(LARGEST)
def send() -> Response:
    """Keep one submission, sealed or not. The same again gives the same receipt."""
    same_origin()
    message = _message()
    found = _found(message)
    answers, wish = _answers(found, message), _wish(message)
    wait_your_turn(message.code)
    picture = _picture(found, message, answers)
    ready = made_ready(found, answers, language=message.language, wording=message.wording, wish=wish, picture=picture)
    came = _came_in(found, message)  # from here on others wait: the code of a slip is spent
    _refuse_where_closed(found, came.key)
    try:
        kept = take_in(ready, came.key, way_in=came.way, group_id=came.group_id)
    except NothingSaid:
        return _wrong(_sentences([Fault("nothing_said")]))
    except AlreadyTakenBack:
        return _no("taken_back")
    except DifferentWords:
        return _no("different")
    note_arrival(kept, came)
    reply = _receipt(kept)  # made before the commit: were it to break, nothing would be kept that nobody was told of
    storage.commit()
    return reply


@bp.post("/receipts")
@open_to_all
def issue() -> Response:
    """Keys with their receipt words, made before anything is said: for slips of paper, and for phones without a net."""
    same_origin()
    try:
        count = messages.read_count(_body())
    except Wrong as wrong:
        return _wrong(_sentences(wrong.faults))
    return jsonify(receipts=[{"key": issued.key, "words": issued.words} for issued in keeping.issue(count)])


@bp.get("/openapi.json")
@open_to_all
@cacheable(300)
def document() -> Response:
    return Response(_document(), mimetype="application/json")


@functools.cache
def _document() -> str:
    return json.dumps(yaml.safe_load(DOCUMENT.read_text(encoding="utf-8")), ensure_ascii=False, sort_keys=False)


def phone_key() -> sealing.PublicKey:
    """What a phone seals to."""
    return _keys().public


def _keys() -> sealing.Keys:
    return sealing.keys_from(settings().phone_keys)


# --- what came


def _body() -> dict[str, Any]:
    if request.mimetype != "application/json":
        abort(of_status(415))
    try:
        return messages.read_json(request.get_data(cache=False))
    except NotJson:
        abort(of_status(400))


def _message() -> Message:
    """The submission that was sent, taken out of its envelope."""
    data = _body()
    if "sealed" in data:
        data = _opened(data)
    languages = _languages()
    if data.get("language") in languages:
        _speak(data["language"])
    try:
        return messages.read_message(data, languages)
    except Wrong as wrong:
        abort(_wrong(_sentences(wrong.faults)))


def _opened(data: dict[str, Any]) -> dict[str, Any]:
    sealed = data["sealed"]
    if set(data) != {"sealed"} or not isinstance(sealed, dict):
        abort(_wrong(_sentences([Fault("field", field="sealed")])))
    try:
        return messages.read_json(_keys().open(sealed))
    except sealing.UnknownKey:
        abort(_no("unknown_key"))
    except (sealing.CannotOpen, NotJson):
        abort(_no("cannot_open"))


def _found(message: Message) -> Asked:
    return asked_to_send(message.activity) or abort(_no("no_activity"))


def _came_in(found: Asked, message: Message) -> Came:
    """By which way it came. A browser names where it is when it posts; what names nothing is a partner’s program. A group’s code is
    spent with what was said, in one transaction."""
    by_browser = _by_browser()
    if message.code is None:
        return Came(message.way if by_browser else "api", message.key, None)
    slowing.before_looking()
    try:
        used = inviting.use_code(message.code, found.activity.id)
    except BadCode as bad:
        slowing.looked_in_vain()
        abort(_wrong([(None, str(CODE_SENTENCES[bad.reason]))]))
    return Came(GROUP_CODE.name if by_browser else "api", used.key or message.key, used.group_id, by_slip=used.key is not None)


def _by_browser() -> bool:
    return "Origin" in request.headers or "Sec-Fetch-Site" in request.headers


def _refuse_where_closed(found: Asked, key: str) -> None:
    """Unless this very submission came before: whoever lost our answer to it, and asks again after the last day, still gets their receipt.
    Nor what was begun before it closed for want of readers: on a phone it may have waited for a net as long as phones keep it."""
    within = PHONE_GOES_ON if _by_browser() else WALK_GOES_ON
    if found.closed and not takes_what_was_begun(found.activity, within) and not keeping.is_known(key):
        abort(_no(found.closed if found.closed in REFUSALS else "paused"))


def _answers(found: Asked, message: Message) -> Answers:
    """The answers by the rules of the page. What was answered to questions that were not shown is left out there as here."""
    instrument = found.for_age(message.wording).instrument
    of_all_ages = {question.name: question for question in found.instrument.questions}
    raw: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for name, given in message.answers.items():
        posted = messages.as_raw(of_all_ages[name], given) if name in of_all_ages else None
        if posted is None:
            faults.append(Fault("other_kind" if name in of_all_ages else "unknown_question", question=messages.name_or_none(name)))
        else:
            raw[name] = posted
    answers, refused = asking.read_answers(instrument, raw)
    on_the_way = [question.name for question in asking.shown(instrument, answers) if question.name in refused]
    errors = [*_sentences(faults), *((name, asking.sentence(refused[name], message.language)) for name in on_the_way)]
    if errors:
        abort(_wrong(errors))
    return answers


def _picture(found: Asked, message: Message, answers: Answers) -> Picture | None:
    """The picture, made clean; None where none came, or none was asked for. What takes too long may go well later."""
    question = asking.picture_question(found.for_age(message.wording).instrument, answers)
    given = message.answers.get(question.name) if question else None
    if question is None or given is None or given.picture is None:
        return None
    shown = given.picture
    try:
        if len(shown.data) > LARGEST_PICTURE:
            raise Refused("too_big")
        return made_clean(shown.data, shown.turn, cover_faces=shown.cover_faces)
    except Refused as refused:
        if refused.reason == "too_slow":
            abort(of_status(503))
        abort(_wrong([(question.name, str(picture_words.REFUSED[refused.reason]))]))


def _wish(message: Message) -> Wish:
    """The door they took, by the rules of the page."""
    try:
        return read_wish(message.door, message.contact or {})
    except Unfit as unfit:
        abort(_wrong([(None, str(CONTACT_SENTENCES[unfit.why]))]))


def _languages() -> tuple[str, ...]:
    """A phone may send late what was answered in a language that is no longer offered. The mirror is only for looking at pages."""
    spoken = {language.code for language in offered()}
    return tuple(code for code in LANGUAGES if code != "qps" or code in spoken)


def _speak(language: str) -> None:
    """From here on in the language of the submission."""
    request.environ["voice.language"] = language
    refresh()


# --- what we answer


def _receipt(kept: Kept) -> Response:
    reply = jsonify(receipt=kept.words)
    reply.status_code = 201 if kept.is_new else 200
    return reply


def _no(reason: str) -> Response:
    return problem(*REFUSALS[reason], reason=reason)


def _wrong(errors: list[Error]) -> Response:
    return problem(422, "We cannot take this as it is", "Each sentence says what to put right. Nothing was kept.", errors=errors)


def _sentences(faults: Sequence[Fault]) -> list[Error]:
    return [(fault.question, str(SENTENCES[fault.key]) % {"field": fault.field}) for fault in faults]
