"""A draft goes before the board, part by part; to whoever wrote it; and back, answered, side by side."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import a_member, a_plan, member_visitor, the
from tests.reading import Visitor
from voice import asking, plans, storage
from voice.config import settings
from voice.reviewing.drafts import actions, consulting, queries
from voice.reviewing.drafts.contributions import send_those_over

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
SAID = "Say what you do when the bus does not come."


def a_draft(owner_id: uuid.UUID | None = None, *parts: str, laid: bool = True) -> queries.DraftFacts:
    """A typed strategy with these parts, before the board for two weeks."""
    officer = the("officer")
    draft_id = actions.make_draft(actions.NewDraft("strategy", "Getting about", "Head of transport", "Demo council", owner_id), officer)
    for each in parts or ("Buses", "Bikes"):
        actions.add_section(draft_id, each, f"We will look at {each.lower()}.", officer)
    if laid:
        actions.lay(draft_id, storage.today() + timedelta(days=14), officer)
    storage.commit()
    found = queries.draft(draft_id)
    assert found
    return found


def test_an_officer_types_a_strategy_part_by_part_and_nothing_typed_is_lost(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    officer, member = signed_in("officer"), signed_in("board_member")
    officer.open("/work/drafts")
    officer.follow("Put in a draft")
    page = officer.press("Keep the draft", status=400, title="Getting about", owner_role="", organisation="")
    assert "Name the role that answers the board" in page.words
    page = officer.press("Keep the draft", title="Getting about", owner_role="Head of transport", organisation="Demo council")
    page = officer.press("Lay it before the board", status=400, until=str(storage.today() + timedelta(days=14)))
    assert "It has no parts yet" in page.words
    page = officer.press("Add the part", status=400, title="", words="Long words that must not be lost.")
    assert "Long words that must not be lost." in page.soup.select("textarea[name=words]")[-1].text
    officer.press("Add the part", title="Buses", words="More buses.\n\nAlso on Sundays.")
    found = queries.drafts()[0]
    assert "Getting about" not in member.open("/board").words, "the board sees what is not laid before it"
    assert member.open(f"/board/drafts/{found.id}", status=404)
    page = officer.press("Lay it before the board", until="2001-01-01", status=400)
    assert "This day is over" in page.words
    officer.press("Lay it before the board", until=str(storage.today() + timedelta(days=14)))
    assert "Getting about" in member.open("/board").words
    page = officer.open(f"/work/drafts/{found.id}")
    assert "Add a part" not in page.words
    with pytest.raises(actions.TooLate):
        actions.add_section(found.id, "One more", "Too late.", the("officer"))


def test_a_member_says_what_they_think_in_private_and_the_board_reads_comments_without_names(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    found = a_draft()
    one, other, worker = signed_in("board_member"), member_visitor(app, ["board_member"], "other@demo.example"), signed_in("board_worker")
    one.open(f"/board/drafts/{found.id}")
    page = one.follow("Begin with part 1")
    assert "We will look at buses." in page.words
    page = one.press("Save", stance="change", comment=SAID)
    assert page.soup.select_one("input[value=change][checked]")
    page = other.open(f"/board/drafts/{found.id}/1")
    assert SAID in page.words
    assert not page.soup.select("input[name=stance][checked]"), "what one member picked stands on another's page"
    assert "1 of you has said something" in page.words
    assert "Board Member" not in page.words
    other.press("Save", comment="Ask Jack Pendragon from Year 9 about it.", stance=[])
    assert "The board’s worker reads your comment first" in other.open(f"/board/drafts/{found.id}/1").words
    assert "Pendragon" not in one.open(f"/board/drafts/{found.id}/1").words, "a comment that may name someone is before the board unread"
    page = worker.open(f"/board/drafts/{found.id}/1")
    assert "Pendragon" in page.words
    worker.press("Take the words out")
    assert "Pendragon" not in worker.open(f"/board/drafts/{found.id}/1").words
    assert "Pendragon" not in other.open(f"/board/drafts/{found.id}/1").words


def test_two_who_write_together_lose_nothing(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    found = a_draft()
    one, other = signed_in("board_member"), member_visitor(app, ["board_member"], "other@demo.example")
    one.open(f"/board/drafts/{found.id}/1")
    other.open(f"/board/drafts/{found.id}/1")
    one.press("Save our words", words="Buses first.")
    page = other.press("Save our words", words="Bikes first.", status=409)
    assert "Buses first." in page.words
    assert "Bikes first." in page.soup.select("textarea[name=words]")[0].text
    page = other.press("Save our words", words="Buses first, then bikes.")
    assert "What we wrote before" in page.words
    assert [each.words for each in queries.history(found.id, 1)] == ["Buses first."]


def test_it_goes_to_its_owner_who_answers_every_part_and_the_board_sees_both(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    owner_id = a_member("answer_owner", email="owner@demo.example")
    owner = signed_in("answer_owner")  # another one, to whom it is not theirs
    found = a_draft(owner_id)
    member = signed_in("board_member")
    member.open(f"/board/drafts/{found.id}/1")
    member.press("Save our words", words=SAID)
    member.open(f"/board/drafts/{found.id}")
    member.press("Save our words", words="A good start. Be braver.")
    member.press("Send it to them")
    assert owner.open(f"/work/drafts/{found.id}", status=404), "somebody else's draft"
    letter = next((settings().data / "outbox").glob("*.eml")).read_text()
    assert f"/work/drafts/{found.id}" in letter
    assert SAID not in letter
    assert "braver" not in letter
    with pytest.raises(actions.TooLate):
        actions.write_words(found.id, 1, "One more thing.", 1, the("board_member"))
    storage.session().rollback()
    for place, outcome in ((1, "changed"), (2, "not_changed")):
        section = queries.section(found.id, place)
        assert section
        actions.answer(section.id, outcome, f"Because of part {place}.", owner_id)
    storage.commit()
    page = member.open(f"/board/drafts/{found.id}")
    assert "What we said, and what they did with it" in page.words
    for words in (SAID, "We changed it", "We did not change it", "Because of part 2."):
        assert words in page.words
    assert "What they did" in member.open(f"/board/drafts/{found.id}/2").words


def test_an_officer_answers_where_nobody_signs_in_for_the_owner(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    found, officer = a_draft(None, "Buses"), signed_in("officer")
    actions.close(found.id, None)
    storage.commit()
    officer.open(f"/work/drafts/{found.id}")
    page = officer.press("Save the answer", status=400, answer="We did this and that.")
    assert "Say first whether you changed it" in page.words
    assert "We did this and that." in page.soup.select("textarea[name=answer]")[0].text
    officer.press("Save the answer", outcome="changed", answer="We did this and that.")
    now = queries.draft(found.id)
    assert now
    assert now.stage == "answered"


def test_it_goes_by_itself_when_its_days_are_over(app: Flask) -> None:
    found = a_draft(a_member("answer_owner", email="owner@demo.example"))
    assert send_those_over() == 0
    row = storage.session().get_one(queries.BoardDraft, found.id)
    row.laid_on, row.until = storage.today() - timedelta(days=20), storage.today() - timedelta(days=1)
    storage.commit()
    assert send_those_over() == 1
    storage.commit()
    assert send_those_over() == 0
    now = queries.draft(found.id)
    assert now
    assert now.stage == "with_owner"


def test_a_plan_brings_its_priorities_as_parts(app: Flask) -> None:
    plan_id = a_plan()
    draft_id = actions.make_draft(actions.NewDraft("plan", "Our plan", "Director", "Demo council", None, plan_id), the("officer"))
    parts, priorities = queries.sections(draft_id), plans.priorities(plan_id)
    assert [each.priority_id for each in parts] == [each.id for each in priorities]
    assert all(each.child_sentence in part.words for part, each in zip(parts, priorities, strict=True))


def test_one_press_makes_a_sound_instrument_of_any_plan(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    a_plan()
    for slug in plans.library_slugs():
        a_plan(slug)
    for plan in plans.all_plans():
        about = consulting.of_plan(plan)
        instrument = asking.load_instrument(consulting.document(about))
        asked = {each.name: each for each in instrument.questions}
        for place, each in enumerate(plans.priorities(plan.id), 1):
            question = asked[consulting.question_of(about, place) or ""]
            assert question.label["en"] == each.child_title
            assert question.hint["en"] == each.child_sentence
    officer = signed_in("officer")
    officer.open("/work/drafts")
    page = officer.press("Make the questions : Yes We Can")
    assert "Ask something new" in page.words
    page = officer.press("Make it", title="Our new plan", decision_maker="Director", slug="our-new-plan", opens_on=str(storage.today()),
                         closes_on=str(storage.today() + timedelta(days=20)), reply_by=str(storage.today() + timedelta(days=45)))  # fmt: skip
    made = asking.activity("our-new-plan")
    assert made
    assert asking.closed_because(made), "it opens without its gates"
    assert "want_1" in {each["name"] for each in made.document["questions"]}
    assert "Our new plan" in officer.open("/work/drafts").words
