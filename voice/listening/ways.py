"""The ways in: how someone came to the questions, where the walk posts to, and what stands around its pages.

Every way uses the same pages and the same rules; only what is kept of it and the frame differ.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from flask import has_request_context, request, url_for

from voice import inviting, keeping
from voice.keeping import Kept
from voice.listening.queries import Asked
from voice.web.locale import LANGUAGES, language
from voice.web.senders import sender

FIELD = "way"
HOW = ("by_phone", "in_person")  # how an answer was given to the one who writes it down


class Addresses(NamedTuple):
    """Where the pages of a walk lead."""

    answers: str  # every page of questions, and from the check page back to one
    sent: str
    finish: str  # the end of a visit


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way in. The endpoints take the activity's slug."""

    name: str  # kept on the submission
    answers_at: str = "listening.answers"
    sent_at: str = "listening.sent"
    finish_at: str = "listening.finish"
    frame: str = "layout/child.html"
    carries: tuple[str, ...] = ()  # fields that go along from page to page
    at_desk: bool = False  # a member of staff types; the form carries a token
    in_frame: bool = False  # shown inside another site's page
    offline: bool = True  # the phone may walk by itself, and keep what could not be sent
    drafts: bool = True  # what was begun may be kept for later: never on a phone that others use too

    def leads(self, found: Asked) -> Addresses:
        """Where the forms and the last link of this activity's pages lead."""
        slug = found.activity.slug
        finish = next_person(slug) if self is HAND_OVER else url_for(self.finish_at, slug=slug)
        return Addresses(url_for(self.answers_at, slug=slug), url_for(self.sent_at, slug=slug), finish)

    def fields(self) -> list[tuple[str, str]]:
        """Hidden fields (name, value) of this way, on every page of the walk."""
        own = [] if self is WEB else [(FIELD, self.name)]
        if self is HAND_OVER:
            own.append(("home", home()))
        return own + [(name, request.values[name]) for name in self.carries if request.values.get(name)]


WEB = Way(name="web")
QR = Way(name="qr")
GROUP_CODE = Way(name="group_code", carries=("code",))
HAND_OVER = Way(name="hand_over", frame="listening/handing_frame.html", drafts=False)
FEEDBACK_BOX = Way(
    name="feedback_box",
    answers_at="boxing.answers",
    sent_at="boxing.sent",
    finish_at="boxing.start",
    frame="listening/boxing_frame.html",
    in_frame=True,
    offline=False,
    drafts=False,
)
ASSISTED = Way(
    name="assisted",
    answers_at="assisting.answers",
    sent_at="assisting.sent",
    finish_at="assisting.finish",
    frame="listening/assisting_frame.html",
    carries=("how",),
    at_desk=True,
    offline=False,
    drafts=False,
)
OF_PAGES = {"boxing": FEEDBACK_BOX, "assisting": ASSISTED, "handing": HAND_OVER}
OF_ENTRIES = {"entering.from_paper": QR, "entering.enter": GROUP_CODE}
SAID = {each.name: each for each in (WEB, QR, GROUP_CODE, HAND_OVER)}  # what a form of the open pages may say of itself


def way() -> Way:
    """The way in of the page being made: its own pages', or what the form said."""
    if not has_request_context():
        return WEB
    return OF_PAGES.get(request.blueprint or "") or OF_ENTRIES.get(request.endpoint or "") or SAID.get(request.values.get(FIELD, ""), WEB)


class Came(NamedTuple):
    """What is kept of the way in. `key` is the submission's own; a slip with a receipt on it brings one. `by_slip`: a code that is good
    once let it in."""

    way: str
    key: str
    group_id: uuid.UUID | None
    by_slip: bool = False


def came_in(found: Asked, key: str) -> Came:
    """How the one who sends this came in; a group's code is spent with what was said, in one transaction.

    Raises:
        BadCode: as `inviting.use_code`.
    """
    code = request.form.get("code")
    if not code:  # whoever says they come by a code and shows none comes as anyone can
        return Came((WEB if way() is GROUP_CODE else way()).name, key, None)
    used = inviting.use_code(code, found.activity.id)
    return Came(GROUP_CODE.name, used.key or key, used.group_id, by_slip=used.key is not None)


def note_arrival(kept: Kept, came: Came) -> None:
    """To tell a machine from a class. Whoever had a slip of their own, or types at a desk, is no machine; a code for all of a group gets about."""
    if kept.is_new and not came.by_slip and not way().at_desk:
        keeping.note_arrival(kept.submission_id, sender())


def wait_your_turn(code: str | None) -> None:
    """Before a submission is begun. Whoever sends by the hundred waits; whoever has a slip of their own, or types at a desk, never does.

    Raises:
        Slowed: as `keeping.wait_your_turn`.
    """
    if not way().at_desk:
        keeping.wait_your_turn(sender(), spared=lambda: bool(code) and inviting.is_slip(code or ""))


def home() -> str:
    """The language the phone was handed over in: the next person begins with it, whatever the one before chose."""
    named = request.values.get("home", "")
    return named if named in LANGUAGES else language().code


def next_person(slug: str) -> str:
    """The page between two people, in the language the phone was handed over in."""
    code = home()
    path = url_for("handing.next_person", slug=slug, home=code).removeprefix(request.script_root)
    return path if code == "en" else f"/{code}{path}"
