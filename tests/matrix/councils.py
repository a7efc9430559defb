"""Drafts before the board, what councils sent, and the board’s account of a term, in every state, for the table of who may do what."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.making import the
from voice import identity, storage
from voice.reviewing.councils import actions as councils
from voice.reviewing.drafts import actions as drafts
from voice.reviewing.termly import actions as accounts
from voice.reviewing.termly import queries as terms

NOT_THERE = str(uuid.UUID(int=7))
SAID = {"talked_about": "We talked about lunch.", "decided": "Two queues.", "asked_for": "Ask all schools for two queues."}


def of_councils(the_one: Callable[[str], uuid.UUID]) -> dict[str, dict[str, Mapping[str, str]]]:
    """`draft`, `council`, `decision`, `term` and `board account`."""
    plans = {"of the library": {"slug": "herefordshire-pledges"}, "unknown": {"slug": "of-nowhere"}}
    found = {"plan": plans, "draft": _drafts(the_one("answer_owner")), **_councils(the_one("school")), **_accounts()}
    storage.commit()
    return found


def _drafts(owner: uuid.UUID) -> dict[str, Mapping[str, str]]:
    made = {name: _draft(name, owner) for name in ("in the making", "before the board", "with its owner")}
    for name in ("before the board", "with its owner"):
        drafts.lay(made[name], storage.today() + timedelta(days=7), the("officer"))
    drafts.close(made["with its owner"], None)
    return {**{name: {"draft_id": str(each), "place": "1"} for name, each in made.items()}, "unknown": {"draft_id": NOT_THERE, "place": "1"}}


def _draft(name: str, owner: uuid.UUID) -> uuid.UUID:
    draft = drafts.make_draft(drafts.NewDraft("strategy", f"A draft {name}", "Head of roads", "Demo council", owner), the("officer"))
    drafts.add_section(draft, "Buses", "We will look at buses.", the("officer"))
    return draft


def _councils(school: uuid.UUID) -> dict[str, dict[str, Mapping[str, str]]]:
    place = identity.make_organisation("The Matrix School", "school", None)
    identity.belong(place, None, member_id=school)
    officer, other = the("officer"), identity.make_organisation("Another School", "school", None)
    own = councils.make_council("Council of the matrix", "school", officer, organisation_id=place)
    theirs = councils.make_council("Council of others", "school", officer, organisation_id=other)
    unread, passed, back = (councils.send_up(own, SAID, None, school) for _each in range(3))
    councils.let_through(passed, SAID, officer)
    councils.send_back(back, "Say it without the name.", officer)
    form = {"name": "youth-opinion-sheet"}
    return {
        "council": {
            "their own": {"council_id": str(own), **form},
            "of others": {"council_id": str(theirs), **form},
            "unknown": {"council_id": NOT_THERE, **form},
        },
        "decision": {
            "unread": {"decision_id": str(unread)},
            "let through": {"decision_id": str(passed)},
            "sent back": {"decision_id": str(back)},
            "unknown": {"decision_id": NOT_THERE},
        },
    }


def _accounts() -> dict[str, dict[str, Mapping[str, str]]]:
    """Of the term now nothing is written; of the one before the account is out; of that before, it is being written."""
    now, before, earlier, *_more = terms.terms_lately()
    for term in (before, earlier):
        accounts.save(term, {"hello": "Hello."}, (), 0, the("board_member"))
    accounts.approve(before, 1, the("officer"))
    states = {"not begun": now.slug, "being written": earlier.slug, "out": before.slug, "unknown": "never-1999"}
    return {
        "term": {state: {"slug": slug} for state, slug in states.items()},
        "board account": {"out": {"slug": before.slug}, "not out": {"slug": now.slug}},
    }
