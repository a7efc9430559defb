"""Building the invented county through the rooms’ own doors; only days are set by hand, because no act goes back in time."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select

from voice import asking, counting, identity, inviting, plans, safeguarding, storage
from voice.config import settings
from voice.demonstrating.answers import go_on
from voice.demonstrating.board_evenings import hold_meetings
from voice.demonstrating.councils import fill_councils
from voice.demonstrating.courses import fill_courses
from voice.demonstrating.doings import say_how_it_goes
from voice.demonstrating.late import fall_behind
from voice.demonstrating.measures import measure_things
from voice.demonstrating.partners import fill_partner_pledges
from voice.demonstrating.pledges import Invented, inventing, say_pledges
from voice.demonstrating.telling_stories import tell_themes
from voice.demonstrating.voices import County, fill_up, say_loose
from voice.demonstrating.worries import look_after_worries
from voice.demonstrating.yearly import review_years
from voice.identity.models import Member
from voice.keeping.receipts import WORDS
from voice.plans.library import LIBRARY

COUNTY = Path(__file__).parent / "county.yaml"
PLAN = "herefordshire-pledges"
PLACES_FROM = "herefordshire-2011"  # the same county’s towns; the pledges name none


class NotEmpty(Exception):
    """The data folder holds something already."""


def load_if_empty() -> None:
    """Load the demo where nobody has begun; in a demo that is there, the leads practise, so that its pages stay open."""
    if settings().demo_marker.exists():
        for lead in identity.members_with("safeguarding_lead"):
            safeguarding.pass_drill(lead.id)
        safeguarding.watch()
        storage.commit()
    elif _is_empty():
        load()


def _is_empty() -> bool:
    storage.session().rollback()
    return not storage.session().scalar(select(func.count()).select_from(Member)) and not plans.all_plans()


def load() -> None:
    """Load the demo.

    Raises:
        NotEmpty: somebody or some plan is there.
    """
    if not _is_empty():
        raise NotEmpty
    with inventing() as pledges:
        _build(pledges)


def _build(pledges: Sequence[Invented]) -> None:
    invented: dict[str, Any] = yaml.safe_load(COUNTY.read_text(encoding="utf-8"))
    passphrase, app = "-".join(secrets.choice(WORDS) for _ in range(4)), identity.new_secret()
    members = {each["email"]: _member(each, passphrase, app) for each in invented["members"]}
    plan_id = _plan(invented["population"])
    _make_ready(members["lead@demo.example"], members["deputy@demo.example"])
    safeguarding.add_turns(range(5), 9 * 60, 17 * 60, lead=members["lead@demo.example"], deputy=members["deputy@demo.example"], by=None)
    activities = {each["slug"]: _activity(plan_id, each) for each in invented["activities"]}
    for each in invented["groups"]:
        _group(activities[each["activity"]], each, members["officer@demo.example"])
    county = County(plan_id, activities, members)
    tell_themes(county, invented["themes"])
    go_on(county)
    say_loose(county, invented["loose"], invented["worrying"])
    say_pledges(county, pledges)
    fill_up(county)
    fill_courses(county)
    look_after_worries(county)
    fill_partner_pledges(county)
    counting.give_out_kept()
    _release(activities.values(), members["officer@demo.example"])
    fall_behind(county)
    hold_meetings(county)
    fill_councils(county)
    measure_things(plan_id, members)
    say_how_it_goes(county)
    review_years(county)  # last: it sums up the rest
    _mark(invented["members"], passphrase, app)
    storage.commit()


def _release(activity_ids: Iterable[uuid.UUID], publisher: uuid.UUID) -> None:
    """Figures for all, of what enough people answered."""
    counting.catch_up()
    for activity_id in activity_ids:
        with suppress(counting.NothingMoves):
            counting.publish_release(counting.begin_release(activity_id, publisher), publisher)


def _member(invented: dict[str, Any], passphrase: str, app: str) -> uuid.UUID:
    """Each has an authenticator app as people have, all the same one: the page of a demo shows its code (`identity.demo`)."""
    member_id = identity.add_member(invented["email"], invented["name"], invented["roles"], passphrase)
    identity.keep_app(member_id, app)
    if "from" in invented:
        identity.belong(identity.make_organisation(invented["from"]["name"], invented["from"]["kind"], None), None, member_id=member_id)
    return member_id


def _plan(population: dict[str, Any]) -> uuid.UUID:
    document = plans.read_plan(LIBRARY / f"{PLAN}.yaml")
    document["localities"] = plans.read_plan(LIBRARY / f"{PLACES_FROM}.yaml")["localities"]
    document["population"] = population  # the true figures of the county say nothing beside invented children
    plans.import_plan(document)
    for slug in plans.library_slugs():
        if slug != PLAN:
            plans.import_plan(plans.read_plan(LIBRARY / f"{slug}.yaml"))
    plans.make_current(PLAN)
    current = plans.current_plan()
    if current is None:
        raise LookupError(PLAN)
    return current.id


def _activity(plan_id: uuid.UUID, invented: dict[str, Any]) -> uuid.UUID:
    instrument = asking.load_instrument(next(file for file in asking.shipped_instruments() if file.stem == invented["instrument"]))
    opened = storage.today() - timedelta(days=invented["opened"])
    return asking.open_activity(
        invented["slug"],
        kind=instrument.kind,
        title=asking.in_language(instrument.title, "en").text,
        plan_id=plan_id,
        instrument_version_id=asking.publish_instrument(instrument.name, asking.as_data(instrument)),
        opens_on=opened,
        closes_on=_day(invented["closes"]),
        reply_by=_day(invented["reply_in"]) or opened,
        decision_maker=invented["decision_maker"],
        dpia="DPIA demo 1",
    )


def _make_ready(lead: uuid.UUID, deputy: uuid.UUID) -> None:
    """Two trained people, a practice alert each, hours, and a number for the night that Ofcom keeps for stories."""
    for one, other in ((lead, deputy), (deputy, lead)):
        safeguarding.pass_drill(one)
        safeguarding.record_training(one, storage.today() - timedelta(days=60), storage.today() + timedelta(days=670), other)
    safeguarding.say_hours(range(5), "09:00", "16:00", "01632 960 999", lead)
    safeguarding.watch()


def _group(activity_id: uuid.UUID, invented: dict[str, Any], officer: uuid.UUID) -> None:
    inviting.invite(
        activity_id,
        inviting.Invitation(
            name=invented["name"],
            kind=invented["kind"],
            audience=invented.get("audience"),
            readers=[officer],
            organisation_id=next((each.id for each in identity.organisations() if each.name == invented.get("of")), None),
            expires_on=storage.today() + timedelta(days=invented["ends_in"]),
        ),
        officer,
    )


def _day(days_from_now: int | None) -> date | None:
    return None if days_from_now is None else storage.today() + timedelta(days=days_from_now)


def _mark(members: list[dict[str, Any]], passphrase: str, app: str) -> None:
    """The marker is readable by this account alone: it holds the demo’s passphrase, and what its authenticator app shares with us."""
    lines = [{"email": each["email"], "as": each["name"]} for each in members]
    with os.fdopen(os.open(settings().demo_marker, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"members": lines, "passphrase": passphrase, "app": app}, file)


def sign_in_lines() -> tuple[str, ...]:
    """How to sign in to the demo as each role; nothing where this is no demo."""
    if not settings().demo_marker.exists():
        return ()
    marked = json.loads(settings().demo_marker.read_text())
    lines = [f"  {each['email']:<24} {each['as']}" for each in marked["members"]]
    if settings().local:
        step = "The second step shows its code on the page, because this is a demo on your own machine."
    else:
        step = f"The second step is a code: add this key to an authenticator app:  {marked.get('app', '')}"
    return (f"This is a demo. Sign in at {settings().desk_url}/sign-in with the passphrase  {marked['passphrase']}  as", *lines, step)
