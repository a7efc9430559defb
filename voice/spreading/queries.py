"""What is carried further: only what is on a public page already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _

from voice import counting, delivering, plans, reviewing
from voice.answering import AnswerFacts
from voice.config import settings
from voice.publishing import Published, published, story
from voice.spreading.cards import Card, Plate
from voice.spreading.feed import Entry
from voice.spreading.sitemap import Page
from voice.web import slot
from voice.web.locale import language

OF_THE_PLAN: Final = (
    "publishing.plan",
    "publishing.what_we_heard",
    "publishing.places",
    "publishing.still_waiting",
    "publishing.how_we_listen",
    "publishing.from_the_board",
    "partnering.pledges",
)
FOR_ALL: Final = ("publishing.help_now", "publishing.privacy", "publishing.accessibility")


def whole(path: str) -> str:
    """The whole address of a page of ours, of its path as `url_for` gives it."""
    return settings().public_url + path


def entries() -> list[Entry]:
    """Every published answer of the plan in force, as a feed tells it."""
    plan = plans.current_plan()
    return [_entry(each) for each in published(plan)] if plan else []


def card_of_theme(slug: str) -> Card | None:
    """What a theme’s card says; None where it has no public page."""
    found = story(slug)
    if found is None:
        return None
    did = Plate(f"{_('We did')} · {state_words(found.answer.state)}", " ".join(found.answer.words.split()))
    return _card(_("You said"), f"“{found.theme.you_said}”", did)


def card_of_priority(code: str) -> Card | None:
    """What the card of a part of the plan in force says."""
    plan = plans.current_plan()
    found = plans.priority(plan.id, code) if plan else None
    return _card(found.child_title, found.child_sentence) if found else None


def card_of_place(code: str) -> Card | None:
    """What the card of a place says."""
    plan = plans.current_plan()
    found = next((each for each in plans.places(plan.id) if each.code == code), None) if plan else None
    return _card(found.name, _("What young people here said, and what came of it.")) if found else None


def card_of_review(year: str) -> Card | None:
    """What the card of a year’s review says."""
    plan = plans.current_plan()
    years = {str(each.year) for each in delivering.frozen_reviews(plan.id)} if plan else set()
    return _card(_("Our review of %(year)s", year=year), _("What you said. What we did. What we did not do, and why.")) if year in years else None


def card_of_page(name: str) -> Card | None:
    """What the card of a page that there is one of says."""
    found = {
        "home": (f"{_('Say it once.')} {_('See where it goes.')}", _("Tell %(place)s what life is like for you.", place=settings().place)),
        "answers": (_("You said, we did"), _("Every theme gets an answer. If we can’t do it, we say why, and what we will do instead.")),
        "waiting": (_("Still waiting"), _("You told us these things. We owe you an answer. Here is how long you have waited, and the day we named.")),
        "listening": (
            _("How we listen"),
            _("It is not enough to ask. An answer must be fast, full and friendly. And we must come back. See how we do."),
        ),
        "plan": (_("The plan"), _("This is what the grown-ups here say they will do for you. What you say is tied to it.")),
    }.get(name)
    return _card(*found) if found else None


def public_pages() -> list[Page]:
    """Every page for all, as the rooms name theirs."""
    named: list[tuple[str, date | None]] = slot("public_pages").fill()
    return [*_own_pages(), *(Page(*each) for each in named)]


def _own_pages() -> Iterator[Page]:
    """Those of the rooms before this one that are made of the plan and its answers."""
    plan = plans.current_plan()
    answers = published(plan) if plan else []
    newest = max((each.answer.published_on for each in answers if each.answer.published_on), default=None)
    yield Page(_path("publishing.home"), newest)
    yield Page(_path("publishing.you_said"), newest)
    for each in answers:
        yield Page(_path("publishing.theme", slug=each.theme.slug), each.answer.published_on)
    for endpoint in (*OF_THE_PLAN, "listening.take_part", "pledging.wall", *FOR_ALL):
        yield Page(_path(endpoint))
    yield from _of_the_plan(plan) if plan else ()


def _of_the_plan(plan: plans.PlanFacts) -> Iterator[Page]:
    for priority in plans.priorities(plan.id):
        yield Page(_path("publishing.priority", code=priority.code))
        for each in plans.measures_of(plan.id, priority.id):
            yield Page(_path("publishing.measure", code=priority.code, key=each.key))
    for place in plans.places(plan.id):
        yield Page(_path("publishing.place", place_code=place.code))
    for heard in counting.published_activities(plan.id):
        yield Page(_path("publishing.heard", slug=heard.activity.slug), heard.published_on)
    for account in reviewing.accounts():
        yield Page(_path("publishing.board_account", slug=account.slug), account.published_on)


def _path(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values)


def _card(label: str, words: str, did: Plate | None = None) -> Card:
    return Card(Plate(label, words), did, settings().place, language().direction == "rtl")


def state_words(state: str) -> str:
    """How an answer’s state is called."""
    words: dict[str, str] = {"done": _("Done"), "doing": _("Doing"), "will": _("Will do"), "cant": _("We can’t, because…")}
    return words[state]


def _entry(each: Published) -> Entry:
    answer = each.answer
    day = answer.published_on or answer.answered_on
    url = whole(url_for("publishing.theme", slug=each.theme.slug))
    return Entry(url, f"“{each.theme.you_said}”", "\n".join(_lines(answer)), answer.organisation, day, day)


def _lines(answer: AnswerFacts) -> Iterator[str]:
    yield f"{state_words(answer.state)}: {answer.words}"
    if answer.because:
        yield f"{_('Why')}: {answer.because}"
    if answer.instead:
        yield f"{_('What we do instead')}: {answer.instead}"
