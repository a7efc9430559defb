"""Every page of the product and the states it can be in: one list, for every test that goes through pages.

`PUBLIC` and `INSIDE` are addresses anyone can open on the demo. `SCENES` are pages with something going on: an answer picked, a mistake to put
right, many words, nothing there. They need `furnish(app)` once, on the demo.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask

from tests.rooms.listening.every import DRAWN, EVERY
from tests.rooms.listening.making import shipped
from voice import asking, identity, inviting, keeping, plans, pledging, storage
from voice.reviewing.meeting.queries import meetings
from voice.reviewing.meeting.said import all_asks

THIS_YEAR = storage.today().year  # of the demo, whose review is a draft; the year before is frozen
READ = (
    "/",
    "/you-said-we-did",
    "/you-said-we-did/waiting-for-the-bus-in-the",
    "/still-waiting",
    "/how-we-listen",
    "/plan",
    "/plan/1",
    "/plan/1/actions/early-help",
    "/plan/2/measures/reception-overweight",
    "/plan/1/measures/feeling-safer-and-helped",
    "/places",
    "/places/hereford",
    "/from-the-board",
    "/plan/for-children",
    "/review",
    f"/review/{THIS_YEAR - 1}",
    f"/review/{THIS_YEAR - 1}/for-children",
    "/what-will-you-do",
    "/what-will-you-do/pledge",
    "/what-will-you-do/sent",
    "/letters/stop/a-link",
    "/help-now",
    "/privacy",
    "/accessibility",
    "/nowhere-at-all",
)
WAYS_IN = ("/take-part", "/take-part/getting-about", "/code", "/q/getting-about", "/no-net")
HANDED_OVER = tuple(f"/take-part/getting-about/hand-over{page}" for page in ("", "/next", "/end"))
OWN = ("/pledges", "/pledges/new", "/pledges/grown-up", "/your-receipt")
KEY = str(uuid.UUID(int=7))
PLEDGED = {"pledge": ["I will walk to school."], "priority": ["1"], "age": ["under_13"]}
# What a young person may read without having begun anything.
CHILD = (*READ, *WAYS_IN, *HANDED_OVER, *OWN)
PUBLIC = (*CHILD, "/sign-in")
# How one signs in (/me, /me/passphrase, /invitation, each step of the door) is looked at in every width and both schemes by test_door.
INSIDE = {
    "officer@demo.example": (
        "/work/review",
        f"/work/review/{THIS_YEAR}?part=answers",
        f"/work/review/{THIS_YEAR}/draft",
        f"/work/review/{THIS_YEAR - 1}",
        "/work",
        "/work/many",
        "/work/sort",
        "/work/search",
        "/work/start",
        "/work/learning",
        "/work/themes",
        "/work/themes/new?priority=1",
        "/work/answers",
        "/work/answers/i-waited-so-long-to-talk",
        "/work/answers/school-toilets-are-locked-when-we/milestones",
        "/work/answers/waiting-for-the-bus-in-the/follow-up",
        "/work/answers/cars-go-too-fast-past-our/themes",
        "/work/late",
        "/work/actions",
        "/work/quarter",
        "/work/partner-pledges",
        "/work/assist",
        "/work/replies",
        "/work/pictures",
        "/work/pictures/looked-at",
        "/work/pictures/looked-at?what=withheld",
        "/work/before-and-after",
        "/work/before-and-after/things-i-can-do",
        "/work/drafts",
        "/work/drafts/new",
        "/work/councils",
        "/work/asking",
        "/work/asking/getting-about",
        "/work/asking/getting-about/groups/new",
        "/work/measures",
        "/work/measures/import",
        "/work/results",
        "/work/results/getting-about",
        "/work/results/getting-about?by=place",
        "/work/asking/new",
        "/work/asking/new/county-voice-audit",
        "/work/asking/new/county-voice-audit/questions",
        "/work/files",
        "/work/files/getting-about",
        "/work/files/getting-about/lines",
    ),
    "admin@demo.example": ("/work/people", "/work/people/invite", "/work/record", "/work/start", "/work/away"),
    "analyst@demo.example": ("/work/numbers", "/work/files", "/work/not-heard", "/work/equality", "/work/start"),
    "school@demo.example": ("/work/ours", "/work/start"),
    "partner@demo.example": ("/work/promises", "/work/start", "/work/answers", "/work/away"),
    "owner@demo.example": ("/work/answers", "/work/away", "/work/asks", "/work/mine"),
    "worker@demo.example": (
        "/work/start",
        "/board/meetings/new",
    ),
    "lead@demo.example": (
        "/safeguarding",
        "/safeguarding/ready",
        "/safeguarding/rota",
        "/safeguarding/people",
        "/work/replies",
        "/work/worry/raised",
    ),
    "board@demo.example": (
        "/board",
        f"/board/foreword/{THIS_YEAR}",
        "/board/partner-pledges",
        "/board/meetings",
        "/board/healthy-food-costs-more-than-chips",
        "/work/worry",
    ),
}
NOT_THERE = ("/nowhere-at-all",)
OFFICER = "officer@demo.example"
AGES = ("younger", "middle", "older")
LONG = "the lane by the weir is dark and Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 9
# What is picked or written in a question of `EVERY`, where the kind of page does not say it all.
PICKED: Mapping[str, list[str]] = {
    "safe": ["not_very_safe"],
    "play": ["swing", "something_else"],
    "play_else": [LONG[:180]],
    "listen": ["no_not"],
    "trust": ["yes_a_bit"],
    "first": ["buses", "parks"],
    "best": ["bike"],
    "why": [LONG],
    "people_home": ["4"],
    "children": ["2"],
    "one_word": ["Green"],
    "where": ["elsewhere"],
    "age": ["8_10"],
    "may_show": ["yes"],
}
WRONG: Mapping[str, list[str]] = {
    "play": ["swing", "nothing"],
    "first": ["buses", "parks", "dont_know"],
    "people_home": ["ten or so"],
    "children": ["9"],
    "why": ["a" * 10_001],
    "one_word": ["a" * 10_001],
}
KINDS: Mapping[str, tuple[str, ...]] = {
    "pick": ("about", "safe", "play", "listen", "trust", "best", "where", "age", "may_show"),
    "order": ("first",),
    "write": ("why", "people_home", "children", "play_else", "one_word"),
}
# Answers without which a question is not asked.
BEFORE = {"why": "best", "children": "people_home", "play_else": "play"}


@dataclass(frozen=True, eq=False)
class Scene:
    """A page with something going on. `path` has no language in front; `fields` are posted to it, where there are any;
    "{name}" in either stands for what `furnish` made."""

    kind: str
    state: str  # plain | chosen | wrong | long
    name: str
    path: str
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    who: str | None = None
    status: int = 200
    emptied: bool = False  # the form in it is emptied and sent

    @property
    def page(self) -> str:
        """Its name, whoever’s words it is in: three ages share a page."""
        return self.name.removesuffix(f" {self.name.split()[-1]}") if self.name.endswith(AGES) else self.name


@functools.cache
def scenes() -> tuple[Scene, ...]:
    """All of them, in one order. Those with `who` are desks and the board, in English alone."""
    return (*_read(), *_ways_in(), *_questions(), *_pictures(), *_checks(), *_afters(), *_own(), *_inside())


def _read() -> Iterator[Scene]:
    for path in READ:
        yield Scene("read", "plain", path, path, status=404 if path in NOT_THERE else 200)


def _ways_in() -> Iterator[Scene]:
    for path in (*WAYS_IN, *HANDED_OVER):
        yield Scene("way in", "plain", path, path)
    for name, path in (("start", "/take-part/every"), *((f"start {age}", f"/take-part/every?w={age}") for age in AGES)):
        yield Scene("way in", "plain", name, path)
    for slug in ("audit", "little-ones", "matters"):
        yield Scene("way in", "plain", f"start {slug}", f"/take-part/{slug}")
    yield Scene("way in", "plain", "feedback box", "/box/box")
    yield Scene("way in", "plain", "closed", "/take-part/soon")
    yield Scene("way in", "wrong", "code nobody has", "/code", {"code": ["ABCD2345"]}, status=404)
    yield Scene("way in", "wrong", "box too long", "/box/box/answers", {"at": ["would_change"], "go": ["next"], "a.would_change": ["a" * 10_001]})


def _questions() -> Iterator[Scene]:
    """Each question in the words of each age that is asked it: empty, answered, and with something to put right."""
    for kind, names in KINDS.items():
        for name in names:
            for age in AGES:
                if name == "trust" and age == "younger":
                    continue
                yield from _states(kind, name, age)


def _states(kind: str, name: str, age: str) -> Iterator[Scene]:
    before = {f"a.{BEFORE[name]}": PICKED[BEFORE[name]]} if name in BEFORE else {}
    walk = {"at": [name], "w": [age], "seed": ["1"], **before}
    path = "/take-part/every/answers"
    yield Scene(kind, "plain", f"{name} {age}", path, {**walk, "go": ["stay"]})
    if name in PICKED:
        yield Scene(kind, "long" if kind == "write" else "chosen", f"{name} {age}", path, {**walk, "go": ["stay"], f"a.{name}": PICKED[name]})
    if name in WRONG:
        yield Scene(kind, "wrong", f"{name} {age}", path, {**walk, "go": ["next"], f"a.{name}": WRONG[name]})


def _pictures() -> Iterator[Scene]:
    """The question that asks for a picture: a drawing of the younger, a photo of the older."""
    for age in AGES:
        walk = {"on": ["picture"], "of": ["spot" if age == "older" else "place"], "w": [age], "a.like": ["out"]}
        yield Scene("show", "plain", f"picture {age}", "/take-part/drawn/answers", {**walk, "go": ["stay"]})
        both = {"picture_alt": [LONG[:180]], f"a.{walk['of'][0]}": ["rather_not"]}
        yield Scene("show", "wrong", f"picture {age}", "/take-part/drawn/answers", {**walk, **both, "go": ["check"]})


def _checks() -> Iterator[Scene]:
    everything = {f"a.{name}": codes for name, codes in PICKED.items()}
    for age in AGES:
        page = {"on": ["check"], "go": ["stay"], "w": [age]}
        yield Scene("check", "long", f"check {age}", "/take-part/every/answers", {**page, **everything})
        yield Scene("check", "plain", f"check with one answer {age}", "/take-part/every/answers", {**page, "a.best": ["bike"]})
        yield Scene("check", "plain", f"nothing said {age}", "/take-part/every/answers", page)
        asked = {"w": [age], "door": ["contact"], "go": ["send"], "a.best": ["bike"], "key": [f"{{key {age}}}"]}
        yield Scene("check", "plain", f"how to reach {age}", "/take-part/every/sent", {**asked, "on": ["check"]})
        yield Scene("check", "wrong", f"how to reach, no way {age}", "/take-part/every/sent", {**asked, "on": ["contact"], "c.name": [LONG[:90]]})


def _afters() -> Iterator[Scene]:
    for age in AGES:
        said = {"key": [f"{{key {age}}}"], "on": ["check"], "go": ["send"], "w": [age], "a.best": ["bike"], "a.why": ["Windy"]}
        yield Scene("after", "plain", f"thank you {age}", "/take-part/every/sent", said)
        yield Scene("after", "plain", f"different {age}", "/take-part/every/sent", {**said, "a.why": ["Icy"]}, status=409)
    yield Scene("after", "plain", "taken back", "/take-part/every/sent", {**said, "key": ["{key taken back}"]})
    yield Scene("after", "plain", "thank you in a box", "/box/box/sent", {"key": ["{key box}"], "on": ["check"], "a.would_change": ["More light"]})
    yield Scene("after", "plain", "my receipt", "/your-receipt", {"word": ["{receipt}"]})
    yield Scene("after", "plain", "take back?", "/your-receipt/take-back", {"word": ["{receipt}"]})


def _own() -> Iterator[Scene]:
    for path in OWN:
        yield Scene("own", "plain", path, path)
    for kind in ("drawing", "words"):
        yield Scene("own", "plain", f"a pledge: {kind}", f"/pledges/{{pledge {kind}}}")
    yield Scene("own", "chosen", "pledges of one priority and place", "/pledges?priority=4&place=hereford")
    yield Scene("own", "wrong", "empty pledge", "/pledges/check", {"pledge": [""]}, status=400)
    yield Scene("own", "wrong", "receipt misspelt", "/your-receipt", {"word": ["leef", "b", "c", "d", "e"]})
    yield Scene("own", "wrong", "sign-in empty", "/sign-in", emptied=True)
    yield Scene("own", "plain", "sign-in", "/sign-in")
    yield Scene("own", "plain", "how to show it", "/pledges/check", {**PLEDGED, "at": ["new"]})
    yield Scene("own", "wrong", "no way to show it", "/pledges/check", {**PLEDGED, "at": ["how"], "kind": [""]}, status=400)
    yield Scene("own", "long", "pledge to check", "/pledges/check", {**PLEDGED, "at": ["how"], "pledge": [LONG[:160]], "kind": ["card"]})
    for kind in ("drawing", "card", "avatar", "words", "selfie"):
        yield Scene("own", "plain", f"last step, {kind}", "/pledges/check", {**PLEDGED, "at": ["check"], "kind": [kind]})
    yield Scene(
        "own",
        "wrong",
        "no picture",
        "/pledges/sent",
        {**PLEDGED, "kind": ["card"], "words_ok": ["yes"], "picture_ok": ["yes"], "key": [KEY]},
        status=422,
    )
    yield Scene("own", "wrong", "nothing agreed", "/pledges/sent", {**PLEDGED, "kind": ["selfie"], "key": [KEY]}, status=400)
    yield Scene("own", "wrong", "no such words", "/pledges/grown-up", {"word": ["leef", "b", "c", "d", "e"]})


def _inside() -> Iterator[Scene]:
    for who, paths in INSIDE.items():
        for path in paths:
            yield Scene(_desk(path), "plain", path, path, who=who)
    for path in ("/work/themes/new?priority=1", "/work/asking/new/county-voice-audit", "/work/asking/every/groups/new"):
        yield Scene(_desk(path), "wrong", f"{path} empty", path, who=OFFICER, emptied=True)
    for name, path in (("a pack", ""), ("a theme of a meeting", "/on/{meeting theme}"), ("what matters most", "/round")):
        yield Scene("board", "long", name, f"/board/meetings/{{meeting}}{path}", who="board@demo.example")
    yield Scene("board", "wrong", "a meeting, empty", "/board/meetings/new", who="worker@demo.example", emptied=True)
    yield Scene("desk", "plain", "an ask to answer", "/work/asks/{ask}", who="partner@demo.example")
    yield Scene("desk", "wrong", "no code of an invitation", "/invitation", who=OFFICER, emptied=True)
    yield Scene("asking", "long", "a group", "/work/asking/every/groups/{group}", who=OFFICER)
    yield Scene("asking", "plain", "an activity", "/work/asking/every", who=OFFICER)
    yield Scene("assist", "plain", "written for someone", "/work/assist/every?how=phone", who=OFFICER)


def _desk(path: str) -> str:
    for start, kind in (("/work/asking", "asking"), ("/work/assist", "assist"), ("/work", "desk"), ("/safeguarding", "desk")):
        if path.startswith(start):
            return kind
    return "board"


def furnish(app: Flask) -> dict[str, list[str]]:
    """Activities of every kind, a group, something sent and something taken back, on the demo. What the scenes name in braces."""
    with app.app_context():
        open_now("every", EVERY)
        open_now("drawn", DRAWN)
        for slug, name in (("audit", "county-voice-audit"), ("little-ones", "early-years-pictures"), ("matters", "what-matters-most")):
            open_now(slug, shipped(name))
        open_now("box", shipped("one-thing-i-would-change"))
        open_now("soon", EVERY, opens_in=3)
        group = _a_group()
        pledged = {f"pledge {kind}": [_a_pledge(kind)] for kind in ("drawing", "words")}
    made = {f"key {name}": [str(uuid.uuid5(uuid.NAMESPACE_URL, name))] for name in (*AGES, "taken back", "box")}
    receipts = {name: _send(app, made[f"key {name}"], name) for name in (*AGES, "taken back")}
    with app.app_context():
        sent = keeping.find(tuple(receipts["taken back"]))
        assert sent
        keeping.erase(sent.id)
        storage.commit()
        met = _the_meeting()
    return {**made, **pledged, **met, "receipt": receipts["older"], "group": [group]}


def _the_meeting() -> dict[str, list[str]]:
    """The demo’s board evening that was: its first theme, and what it asked of the owner."""
    first, ask = next(each for each in meetings() if each.standing == "over"), next(each for each in all_asks() if each.owner_id)
    return {"meeting": [str(first.id)], "meeting theme": [str(first.theme_ids[0])], "ask": [str(ask.id)]}


def _a_pledge(kind: str) -> str:
    """The address of one on the demo’s wall."""
    return next(str(each.id) for page in (1, 2, 3) for each in pledging.wall(number=page).pledges if each.kind == kind)


def open_now(slug: str, document: dict[str, Any], *, opens_in: int = 0) -> None:
    """An activity of the current plan that asks these questions; its dates in days from today."""
    instrument, plan, today = asking.load_instrument(document), plans.current_plan(), storage.today()
    assert plan
    asking.open_activity(
        slug,
        kind=instrument.kind,
        title=asking.in_language(instrument.title, "en").text,
        plan_id=plan.id,
        instrument_version_id=asking.publish_instrument(instrument.name, asking.as_data(instrument)),
        opens_on=today + timedelta(days=opens_in),
        closes_on=today + timedelta(days=30),
        reply_by=today + timedelta(days=60),
        decision_maker="Director for Children",
        dpia="DPIA 7",
    )
    storage.commit()


def _a_group() -> str:
    activity = asking.activity("every")
    officer = identity.members_with("officer")[0]
    assert activity
    invitation = inviting.Invitation(
        name=LONG[:90], kind="class", audience=None, readers=(), one_use=True, expires_on=storage.today() + timedelta(days=14)
    )
    group_id = inviting.invite(activity.id, invitation, officer.id)
    storage.commit()
    return str(group_id)


def _send(app: Flask, key: list[str], name: str) -> list[str]:
    """Someone sends one answer; the words of their receipt."""
    age = name if name in AGES else "older"
    said = {"key": key, "on": "check", "go": "send", "w": age, "a.best": "bike", "a.why": "Windy"}
    page = BeautifulSoup(app.test_client().post("/take-part/every/sent", data=said).data, "html5lib")
    words = [each.get_text().strip() for each in page.select(".receipt li")]
    assert words, page.get_text()
    return words
