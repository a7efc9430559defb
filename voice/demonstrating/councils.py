"""The invented board reads drafts, hears from councils, and tells of its term: each in every state."""

from __future__ import annotations

import uuid
from datetime import timedelta

from voice import asking, identity, inviting, plans, storage, understanding
from voice.demonstrating.voices import County, ago
from voice.reviewing.councils import actions as councils
from voice.reviewing.councils.models import CouncilDecision
from voice.reviewing.drafts import actions as drafts
from voice.reviewing.drafts import consulting, queries
from voice.reviewing.drafts.models import BoardDraft
from voice.reviewing.models import Hearing
from voice.reviewing.termly import actions as accounts
from voice.reviewing.termly import queries as terms

ROLE, WHOSE = "Head of roads and transport", "Demo county council"
STRATEGY = (
    ("Buses after dark", "We will look at which buses could run until 10 in the evening, and say which by the summer."),
    ("Safe ways to walk and ride", "Each year we will make two ways to school safer, where the most children go."),
    ("What it costs", "We will ask bus companies for one fare for everyone under 19."),
)
SAID = (
    "Until 10 is good. “Look at” is not: say which buses, and from when.",
    "Two a year is slow. Ask each school council which path is worst.",
    "Yes. Write how much, so that we can hold you to it.",
)
ANSWERED = (
    ("changed", "It now names nine routes, and the first of March."),
    ("changed", "School councils choose the paths now. It is still two a year: each costs as much as a teacher."),
    ("not_changed", "The companies set the fare. We wrote down what we ask them for, and that we tell you what they say."),
)
COUNCIL_SAID = (
    {
        "talked_about": "The way home in winter. Many of us walk along the road where there is no path.",
        "decided": "We want a path or lights, not another talk about bright coats.",
        "asked_for": "Ask the council to walk home with us one day in December.",
        "minority": "Some of us would rather have a later bus, and not walk.",
    },
    {"talked_about": "Lunch.", "decided": "Two queues.", "asked_for": "Ask all schools how long lunch is, and tell everyone."},
    {"talked_about": "Miss Tregarth and the phones.", "decided": "Phones in lockers, not in a box.", "asked_for": "Ask schools for lockers."},
)
YOUTH_SAID = {
    "talked_about": "What school councils can decide.",
    "decided": "To ask for some money.",
    "asked_for": "Let each school council spend some money of its own.",
}
TALK = "In each town there will be a place where you can talk to someone."


def fill_councils(county: County) -> None:
    _drafts(county)
    _councils(county)
    _accounts(county)


def _drafts(county: County) -> None:
    """One answered, one before the board, one being put in; and questions for everyone made from a plan."""
    officer, board = county.member("officer"), [county.member(each) for each in ("board", "board2", "board3", "board4")]
    answered = _strategy(county, "Getting about: our draft strategy", board)
    drafts.close(answered, board[0])
    for section, (outcome, words) in zip(queries.sections(answered), ANSWERED, strict=True):
        drafts.answer(section.id, outcome, words, county.member("owner"))
    row = storage.session().get_one(BoardDraft, answered)
    row.laid_on, row.until, row.closed_on, row.answered_on = ago(45), ago(31), ago(31), ago(12)
    plan = next(each for each in plans.all_plans() if each.slug == "herefordshire-2015")
    new = drafts.NewDraft("plan", "Our next plan for children and young people", "Director of children’s services", WHOSE, None, plan.id)
    now = drafts.make_draft(new, officer)
    drafts.lay(now, storage.today() + timedelta(days=12), officer)
    _weigh(now, board[1:3], ("We would add: who checks.", None))
    mental = drafts.NewDraft("strategy", "Feeling well: a first draft", "Director of public health", WHOSE, county.member("owner"))
    drafts.add_section(drafts.make_draft(mental, officer), "Someone to talk to", TALK, officer)
    consulting.publish(consulting.of_plan(plan), officer)


def _strategy(county: County, title: str, board: list[uuid.UUID]) -> uuid.UUID:
    officer = county.member("officer")
    draft = drafts.make_draft(drafts.NewDraft("strategy", title, ROLE, WHOSE, county.member("owner")), officer)
    for name, words in STRATEGY:
        drafts.add_section(draft, name, words, officer)
    drafts.lay(draft, storage.today() + timedelta(days=14), officer)
    _weigh(draft, board, ("Say when.", "Good, but slow.", None, None))
    for place, words in enumerate(SAID, 1):
        drafts.write_words(draft, place, words, 0, board[0])
    drafts.write_words(draft, queries.WHOLE, "It is about us, and it reads as if it was. Be braver about dates.", 0, board[0])
    return draft


def _weigh(draft: uuid.UUID, board: list[uuid.UUID], comments: tuple[str | None, ...]) -> None:
    for section in queries.sections(draft)[:3]:
        for number, (member, words) in enumerate(zip(board, comments, strict=True)):
            stance = ("agree", "change", "not_sure")[(number + section.place) % 3]
            drafts.say(section.id, member, stance, words, held=False)


def _councils(county: County) -> None:
    officer, school, worker, board = (county.member(each) for each in ("officer", "school", "worker", "board"))
    place = identity.organisation_of(school)
    academy = councils.make_council("Academy school council", "school", officer, organisation_id=place.id if place else None)
    youth = councils.make_council("Youth council", "youth", officer, worker_id=worker)
    first, second = (councils.send_up(academy, said, None, school) for said in COUNCIL_SAID[:2])
    councils.send_up(academy, COUNCIL_SAID[2], None, school)  # waits for an officer: it names someone
    third = councils.send_up(youth, YOUTH_SAID, None, worker)
    for decision, said in ((first, COUNCIL_SAID[0]), (second, COUNCIL_SAID[1]), (third, YOUTH_SAID)):
        councils.let_through(decision, said, officer)
    councils.reply(first, "We asked the head of roads to come. We tell you the day.", board)
    theme = understanding.theme_by_slug("waiting-for-the-bus-in-the")
    if theme:
        councils.take_to_theme(first, theme.id, board)
    storage.session().get_one(CouncilDecision, first).sent_on = ago(20)
    asked = next(each for each in inviting.shipped() if each.name == "one-thing-i-would-change")
    closes = storage.today() + timedelta(days=21)
    running = councils.run_activity(academy, councils.Run(asked.instrument, "What would make lunch better?", closes, "Our school council"), school)
    found = asking.activity(running)
    if found:
        asking.name_dpia(found.id, "DPIA demo 1", officer)


def _accounts(county: County) -> None:
    """The account of the last term is out; that of this term is being written."""
    board, other = county.member("board"), county.member("board2")
    now, before, *_more = terms.terms_lately()
    heard = storage.session().query(Hearing).filter(Hearing.heard_on < now.first).order_by(Hearing.heard_on.desc()).limit(4)
    for hearing in heard:
        hearing.heard_on = before.first + timedelta(days=30)
    storage.session().flush()
    words = {
        "hello": "Hello. We are the board: fifteen of us, from eleven schools. This is what we did with what you told us.",
        "next": "After the holidays we read the next plan. Tell us what is missing from it.",
    }
    accounts.save(before, words, (), 0, board)
    accounts.approve(before, 1, other)
    accounts.save(now, {"hello": "Hello again."}, (), 0, other)
