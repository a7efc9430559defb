"""One of everything, in every state: what stands in the place of `<slug>` or `<uuid:view_id>`, and in the fields that are sent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from flask import Flask

from tests.making import a_member, a_plan, a_submission, a_theme, a_view, an_activity, an_answer, make_ready, the
from tests.matrix.alike import alike, tags
from tests.matrix.answers import of_answers
from tests.matrix.councils import of_councils
from tests.matrix.doings import of_doings
from tests.matrix.figures import of_figures
from tests.matrix.letters import of_letters
from tests.matrix.meetings import of_meetings
from tests.matrix.partners import of_partners
from tests.matrix.people import of_people
from tests.matrix.pictures import of_pictures
from tests.matrix.pledges import of_pledges
from tests.matrix.proposals import of_proposals
from tests.matrix.reviews import of_reviews
from voice import answering, asking, contacting, inviting, keeping, reading, reviewing, safeguarding, storage, understanding
from voice.reading import exports
from voice.reading.models import RawExport
from voice.safeguarding.models import Screening

Values = Mapping[str, str]
NOT_THERE = str(uuid.UUID(int=7))
# Words that nobody has cleared, by the state of their view: wherever they are shown, someone's reading is recorded.
WORDS = {
    "waiting": "More benches by the river at Zennor.",
    "withheld": "Mrs Pendragon is the worst.",
    "held by the lead": "My dad hits me every night and I am scared to go home.",
    "of a group of others": "We want a quiet room at Tregarth.",
    "taken back": "I take this back from Porthcurno.",
}


def objects(app: Flask) -> dict[str, dict[str, Values]]:
    """Kinds of objects, their states, and what names each in an address or a form."""
    a_plan()
    activities = _activities()
    views, concerns = _views(), _concerns()
    views["another kind"] = {"view_id": concerns["unopened"]["concern_id"]}
    concerns["another kind"] = {"concern_id": views["waiting"]["view_id"]}
    themes, answers, objections = _themes()
    return {
        "nothing": {"always": {}},
        "alike": alike(),
        "tag": tags(),
        "activity": activities,
        "view": views,
        "concern": concerns,
        "theme": themes,
        "answer": answers,
        "objection": objections,
        "proposal": of_proposals(),
        **of_answers(the_one),
        "group": _groups(),
        "instrument": {"shipped": {"name": "county-voice-audit"}, "unknown": {"name": "nothing-of-ours"}},
        "priority": {"of the plan": {"code": "1"}, "unknown": {"code": "99"}},
        "receipt": _receipts(),
        "place": {"unknown": {"place_code": "nowhere"}},
        "card": _cards(themes),
        "letter": of_letters(),
        "partner pledge": of_partners(),
        "export": _exports(),
        "review": of_reviews(),
        **of_people(the_one),
        **of_councils(the_one),
        **of_figures(),
        **of_doings(the_one),
        **of_meetings(the_one),
        "picture": of_pictures(),
        "sender": _senders(),
        "pledge": of_pledges(),
        "reader": _readers(),
        "file": {
            "ours": {"digest": app.jinja_env.globals["asset_url"]("base.css").split("/")[2], "name": "base.css"},  # type: ignore[operator]
            "outside": {"digest": "0", "name": "../../voice.db"},
        },
    }


def _cards(themes: Mapping[str, Values]) -> dict[str, Values]:
    """Pictures that go along with shared pages: of each theme, and of a kind of thing there is no card of."""
    found = {state: {"kind": "theme", "name": values["slug"]} for state, values in themes.items() if "slug" in values}
    return {**found, "of a page": {"kind": "page", "name": "home"}, "of no kind": {"kind": "child", "name": "1"}}


def _activities() -> dict[str, Values]:
    an_activity("open-now", instrument="one-thing-i-would-change")
    an_activity("over", instrument="one-thing-i-would-change", opened_days_ago=40, closes_in_days=-3)
    an_activity("not-yet", instrument="one-thing-i-would-change", opened_days_ago=-3)
    return {"open": {"slug": "open-now"}, "over": {"slug": "over"}, "not yet": {"slug": "not-yet"}, "unknown": {"slug": "nothing-of-ours"}}


def _views() -> dict[str, Values]:
    withheld, erased = a_view(WORDS["withheld"], cleared=False), a_submission(WORDS["taken back"])
    reading.withhold(withheld, reading.REASONS[0], the("officer"))
    keeping.erase(erased.submission_id)
    storage.commit()
    found = {
        "waiting": a_view(WORDS["waiting"], cleared=False),
        "cleared": a_view(),
        "withheld": withheld,
        "held by the lead": a_view(WORDS["held by the lead"], cleared=False),
        "of a group of others": _of_a_group(),
        "taken back": erased.view_ids[0],
        "unknown": NOT_THERE,
    }
    return {state: {"view_id": str(view_id)} for state, view_id in found.items()}


def _of_a_group() -> uuid.UUID:
    group = _group("Young carers", kind="targeted", audience="young_carers", readers=(a_member("officer", email="named@matrix.example"),))
    return a_submission(WORDS["of a group of others"], facts=keeping.Facts(group_id=group)).view_ids[0]


def _group(name: str, **more: object) -> uuid.UUID:
    known = asking.activity("open-now")
    assert known
    invitation = inviting.Invitation(name=name, expires_on=storage.today() + timedelta(days=9), **more)  # type: ignore[arg-type]
    group_id = inviting.invite(known.id, invitation, the("officer"))
    storage.commit()
    return group_id


def _groups() -> dict[str, Values]:
    going, ended = _group("Class 7B", kind="class", audience=None, readers=()), _group("Class 8C", kind="class", audience=None, readers=())
    inviting.end_codes(ended, the("officer"))
    storage.commit()
    return {
        "going on": {"slug": "open-now", "group_id": str(going)},
        "ended": {"slug": "open-now", "group_id": str(ended)},
        "of another activity": {"slug": "over", "group_id": str(going)},
        "unknown": {"slug": "open-now", "group_id": NOT_THERE},
    }


def _concerns() -> dict[str, Values]:
    lead, deputy = a_member("safeguarding_lead", email="the-lead@matrix.example"), a_member("safeguarding_deputy", email="the-deputy@matrix.example")
    make_ready(lead, deputy)
    unopened, opened, closed, gone = (_concern(f"My uncle hits me {when}.") for when in ("on Mondays", "at night", "in summer", "all the time"))
    for each in (opened, closed, gone):
        safeguarding.open_concern(each, lead)
    safeguarding.close(closed, lead, "referred", "Told the front door.")
    left = storage.session().get_one(Screening, gone).submission_id
    assert left
    keeping.erase(left)
    storage.commit()
    found = {"unopened": unopened, "open": opened, "closed": closed, "open, taken back": gone, "unknown": NOT_THERE}
    return {state: {"concern_id": str(concern_id)} for state, concern_id in found.items()}


def _concern(words: str) -> uuid.UUID:
    submission_id = a_submission(words).submission_id
    found = storage.session().query(Screening).filter_by(submission_id=submission_id).one()
    assert found.is_concern
    return found.id


def _themes() -> tuple[dict[str, Values], dict[str, Values], dict[str, Values]]:
    named = {name: a_theme(f"Buses stop too early for the {name}.", heard=True) for name in ("new", "draft", "sent", "out", "disputed", "settled")}
    _new, draft, sent, out, disputed, settled = named.values()
    drafted = an_answer(draft, published=False)
    with_board = an_answer(sent, published=False)
    answering.send_to_board(with_board, the("officer"))
    published = an_answer(out)
    member = the("board_member")
    open_one, done_one = (_objection(each, member) for each in (disputed, settled))
    reviewing.settle(done_one, "We put it right.", the("officer"))
    storage.commit()
    answering.give(draft, the_one("answer_owner"), the("officer"))
    answering.give(sent, a_member("answer_owner", email="other-owner@matrix.example"), the("officer"))
    storage.commit()
    slugs = {name: _slug(each) for name, each in named.items()}
    themes = {
        "no answer": {"slug": slugs["new"]},
        "answer drafted": {"slug": slugs["draft"]},
        "answer with the board": {"slug": slugs["sent"]},
        "answer published": {"slug": slugs["out"]},
        "objected to": {"slug": slugs["disputed"]},
        "unknown": {"slug": "nothing-of-ours"},
    }
    ids = {"drafted": drafted, "with the board": with_board, "published": published, "unknown": NOT_THERE}
    objections = {
        "open": {"slug": slugs["disputed"], "objection_id": str(open_one)},
        "settled": {"slug": slugs["settled"], "objection_id": str(done_one)},
        "of another theme": {"slug": slugs["out"], "objection_id": str(open_one)},
        "unknown": {"slug": slugs["out"], "objection_id": NOT_THERE},
    }
    return themes, {state: {"answer_id": str(each)} for state, each in ids.items()}, objections


def _objection(theme_id: uuid.UUID, member: uuid.UUID) -> uuid.UUID:
    reviewing.object_to(theme_id, "They said evenings.", member)
    found: uuid.UUID = reviewing.objections(theme_id)[0].id
    return found


def _slug(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    slug: str = found.slug
    return slug


def _exports() -> dict[str, Values]:
    """Requests for words as a file; “ours” are those of the officer who asks in this matrix."""
    activity_id, ours, other = an_activity("open-now"), the_one("officer"), a_member("officer", email="other@matrix.example")
    waits, agreed, taken, theirs, lapsed = (exports.ask(activity_id, "For the review in March.", by) for by in (ours, ours, ours, other, other))
    for each in (agreed, taken):
        exports.answer(each, other, yes=True)
    exports.take(taken, ours)
    storage.session().get_one(RawExport, lapsed).asked_at -= timedelta(days=8)
    storage.commit()
    found = {
        "ours, asked": waits,
        "ours, agreed": agreed,
        "ours, taken": taken,
        "of another": theirs,
        "of another, lapsed": lapsed,
        "unknown": NOT_THERE,
    }
    return {state: {"export_id": str(export_id)} for state, export_id in found.items()}


def _senders() -> dict[str, Values]:
    """Those who asked for a reply, and those who did not."""
    waits, answered, worried, quiet = (
        a_submission(words).submission_id
        for words in ("A reply, please.", "An answer, please.", "My dad hits me all week, please reply.", "Nothing back, please.")
    )
    for each in (waits, answered, worried):
        contacting.ask(each, contacting.Wish("reply"))
    contacting.reply(answered, "read_it", the("officer"))
    storage.commit()
    found = {"waits": waits, "answered": answered, "waits with a worry": worried, "asked for nothing": quiet, "unknown": NOT_THERE}
    return {state: {"submission_id": str(submission_id)} for state, submission_id in found.items()}


def _readers() -> dict[str, Values]:
    """Whose training is put on record, with the names its fields have in the form."""
    lead, officer = a_member("safeguarding_lead", email="newly@matrix.example"), the("officer")
    return {state: {"member_id": str(each)} for state, each in (("a lead", lead), ("reads nothing", officer), ("unknown", NOT_THERE))}


def the_one(role: str) -> uuid.UUID:
    """The member who asks with this role in the matrix."""
    return a_member(role, email=f"{role}@matrix.example")


def _receipts() -> dict[str, Values]:
    here, flagged, gone = a_submission("Warmer classrooms."), a_submission("My stepdad hits me and my sister."), a_submission("Gone tomorrow.")
    keeping.erase(gone.submission_id)
    storage.commit()
    found = {"kept": here.words, "kept, a concern": flagged.words, "taken back": gone.words}
    return {**{state: {"word": " ".join(words)} for state, words in found.items()}, "not ours": {"word": "sun sun sun sun sun"}}
