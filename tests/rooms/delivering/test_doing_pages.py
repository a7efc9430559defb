"""What owners, officers and everyone else see of actions, and the quarter's page on screen and paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask import Flask

from tests.making import a_member, a_plan, a_theme, an_answer, the
from tests.reading import Visitor, tidy
from tests.rooms.delivering.making_doing import OWNER, ago, own, owner, said, step, the_action
from voice import delivering, plans, storage
from voice.delivering.doing import actions, papers, reports
from voice.delivering.doing.commands import quarter
from voice.delivering.doing.composing import Line, Moved
from voice.delivering.doing.rules import Quarter, quarter_before, quarter_of

SignIn = Callable[..., Visitor]


def _public(key: str = "early-help") -> str:
    found = the_action(key)
    priority = plans.priority_by_id(found.priority_id) if found.priority_id else None
    return f"/plan/{priority.code if priority else 'all'}/actions/{key}"


# --- everyone


def test_a_priority_says_how_far_each_action_is_and_what_is_late(app: Flask, visitor: Visitor) -> None:
    own(since=300, done_by=ago(5))
    said(days_ago=20, words="We wrote the strategy.", why="It took long.")
    page = visitor.open(_public().rpartition("/actions")[0])
    assert "No news yet" in page.words  # of the others
    assert "This is late. It was to be done by" in page.words
    assert "We wrote the strategy." in page.words
    story = visitor.follow(f"All about this : {the_action().words}")
    assert story.heading == the_action().words


def test_an_action_has_its_story_and_leads_to_what_young_people_said(app: Flask, visitor: Visitor) -> None:
    own(since=300)
    said(days_ago=200, status="not_begun")
    said(days_ago=9, words="Two of five teams work.")
    step(due=ago(40), reached=ago(41))
    step(words="All five teams work", due=ago(3))
    answer_id = an_answer()
    actions.tie(the_action().id, answer_id, the("officer"))
    storage.commit()
    page = visitor.open(_public())
    for words in (
        "On the way",
        "Two of five teams work.",
        "Reached on",
        "Late: it was to come by",
        "Not started yet",
        "Buses stop too early for us.",
    ):
        assert words in page.words
    assert visitor.follow("Buses stop too early for us.").heading.startswith("“Buses")


def test_a_public_page_names_the_role_and_nobody(app: Flask, visitor: Visitor) -> None:
    own(since=300)
    said(days_ago=9)
    page = visitor.open(_public())
    assert "Head of Early Help, Herefordshire Council" in page.words
    assert "owner" not in page.words.lower()


def test_words_that_were_taken_down_are_on_no_page(app: Flask, visitor: Visitor) -> None:
    own(since=300)
    update_id = said(days_ago=9, words="Bethany from Leominster helped us.")
    actions.take_down(update_id, "It names a child.", the("officer"))
    storage.commit()
    page = visitor.open(_public())
    assert "Bethany" not in page.words
    assert "names a child" not in page.words
    assert "We took these words down on" in page.words


@pytest.mark.parametrize("wrong", ["2/actions/early-help", "all/actions/early-help", "1/actions/nothing", "99/actions/early-help"])
def test_an_action_has_one_address(app: Flask, visitor: Visitor, wrong: str) -> None:
    a_plan()
    assert f"/plan/{wrong}" != _public()
    visitor.open(f"/plan/{wrong}", status=404)


# --- owners


def test_an_owner_sees_their_own_alone_and_is_told_what_is_missing(app: Flask, signed_in: SignIn) -> None:
    own(since=300, done_by=ago(5))
    own("dental-health", since=300, member_id=a_member("partner", email="other@demo.example"))
    owner()
    desk = signed_in("answer_owner", email="somebody@demo.example")
    assert "Nothing in the plan is yours yet." in desk.open("/work/mine").words
    desk.open("/work/actions/early-help", status=404)
    token = {"csrf_token": "x", "early-help-status": "done"}
    assert desk.client.post("/work/mine/early-help", data=token).status_code in (400, 404)


def test_late_needs_a_why_and_done_needs_what_shows_it(app: Flask, signed_in: SignIn) -> None:
    own(since=300, done_by=ago(5))
    milestone_id = step(due=ago(9))
    desk = signed_in("officer")
    desk.open("/work/actions/early-help")
    page = desk.press("Save", status=400, **{"early-help-status": "on_the_way"})
    assert "Say why." in page.words
    page = desk.press("Save", status=400, **{"early-help-status": "done"})
    assert "Say how anyone can see that it is done." in page.words
    desk.press("Save", **{"early-help-status": "done", "early-help-evidence": "The report is out.", "early-help-reached": [str(milestone_id)]})
    found = delivering.history(the_action().id)
    assert [(each.status, each.evidence, each.was_late) for each in found] == [("done", "The report is out.", False)]
    plan = plans.current_plan()
    assert plan
    assert next(each for each in delivering.all_progress(plan.id) if each.facts.key == "early-help").milestones[0].reached_on == storage.today()


def test_words_that_may_label_a_child_are_said_before_everyone_reads_them(app: Flask, signed_in: SignIn) -> None:
    own(since=300)
    desk = signed_in("officer")
    desk.open("/work/actions/early-help")
    page = desk.press("Save", status=400, **{"early-help-status": "on_the_way", "early-help-words": "We work with troubled families."})
    assert "may label a child" in page.words
    assert delivering.history(the_action().id) == []


# --- officers


def test_officers_narrow_the_list_to_what_is_late_theirs_or_of_a_part_of_the_plan(app: Flask, signed_in: SignIn) -> None:
    own(since=300, done_by=ago(5))
    own("dental-health", since=1)
    desk = signed_in("officer")
    first, second = the_action().words, the_action("dental-health").words
    everything = desk.open("/work/actions")
    assert first in everything.words
    assert second in everything.words
    late = desk.follow("Late 1")
    assert first in late.words
    assert second not in late.words
    assert "There is no such action." in desk.press("Show", show="late", whose="mine").words
    code = _public("dental-health").split("/")[2]
    page = desk.press("Show", show="", whose="Herefordshire Council", priority=code)
    assert second in page.words
    assert first not in page.words


def test_officers_give_an_action_steps_places_answers_and_an_owner(app: Flask, signed_in: SignIn) -> None:
    a_plan()
    answer_id, member_id = an_answer(), owner()
    desk = signed_in("officer")
    page = desk.open("/work/actions/early-help")
    assert "Say first whose it is." in page.words
    page = desk.press("Save whose it is", status=400, role="")
    assert "Name the role, not the person." in page.words
    desk.press("Save whose it is", role="Head of Early Help", organisation="The council", member=str(member_id), done_by=str(ago(-90)))
    desk.press("Add the step", status=400, words="A draft", due_on="soon")
    page = desk.press("Add the step", words="A draft is out", due_on=str(ago(-30)))
    assert "A draft is out" in page.words
    page = desk.press("Drop this step", status=400, **{str(desk.page.one("[name$='-why'][id$='-why']:not([name^=early])")["name"]): ""})  # type: ignore[union-attr]
    assert "Say why." in page.words
    desk.press("Tie them", answer=str(answer_id))
    assert "Buses stop too early for us." in desk.page.words  # type: ignore[union-attr]
    desk.press("It does not carry this out")
    assert "It is tied to no answer yet." in desk.page.words  # type: ignore[union-attr]


def test_what_is_late_stands_in_the_bar_of_the_first_page(app: Flask, signed_in: SignIn) -> None:
    own(since=300, done_by=ago(5))
    page = signed_in("officer").open("/work")
    assert "Actions 1" in " ".join(page.soup.get_text(" ").split())


# --- the quarter


def test_a_quarters_page_is_written_made_final_and_stays(app: Flask, signed_in: SignIn) -> None:
    own(since=400, done_by=ago(5))
    a_theme("Parks are dark.", heard=True)
    code = quarter_before(quarter_of(storage.today())).code
    desk = signed_in("publisher")
    desk.open("/work/quarter")
    page = desk.open(f"/work/quarter/{code}")
    assert the_action().words in page.words
    assert "Parks are dark." in page.words
    desk.press("Save the draft", decide="Find the money.\nSay who leads.")
    page = desk.press("Make it final")
    assert "final since" in page.words
    assert "Say who leads." in page.words
    said(status="done")
    assert desk.open(f"/work/quarter/{code}").words == page.words
    assert not page.soup.select("form[action*=quarter]")


def test_a_quarter_that_has_not_begun_has_no_page(app: Flask, signed_in: SignIn) -> None:
    a_plan()
    desk = signed_in("officer")
    for code in (f"{storage.today().year + 1}-q1", "2026-q5", "nothing"):
        desk.open(f"/work/quarter/{code}", status=404)
    running = quarter_of(storage.today()).code
    assert "It can be made final once the quarter is over." in desk.open(f"/work/quarter/{running}").words


LONG = "Every school, club and service in the county says in plain words who a young person can talk to and what happens next, and does it. " * 3
DECIDE = "We ask the board to find the money and to say who leads, by the end of the year."


def full(amount: int) -> reports.Report:
    """A page with so many of everything, each as long as may be."""
    plan = plans.current_plan()
    assert plan
    third = Quarter(2026, 3)
    sheet = reports.report(plan, third).sheet
    line = Line(words=LONG, about=LONG, who=LONG, on="2026-09-01", more=LONG)
    measure = Moved(words=LONG, before="14 out of 100", now="19 out of 100", on="2026-09-01", standing="nearer")
    for part in ("late", "done", "stopped", "steps", "asks", "waiting"):
        sheet[part] = [line] * amount  # type: ignore[literal-required]
    sheet["measures"], sheet["stale"], sheet["plan"] = [measure] * amount, amount, LONG
    return reports.Report(third, sheet, "\n".join([DECIDE] * 7), None, None)


@pytest.mark.parametrize("amount", [0, 12])
def test_the_paper_is_one_side_of_a4_however_much_there_is_to_say(app: Flask, monkeypatch: pytest.MonkeyPatch, amount: int) -> None:
    a_plan()
    made: list[tuple[str, Any]] = []
    as_set = papers.laid_out

    def watched(html: str) -> Any:
        made.append((html, as_set(html)))
        return made[-1][1]

    monkeypatch.setattr(papers, "laid_out", watched)
    assert papers.as_pdf(full(amount)).startswith(b"%PDF-")
    html, document = made[-1]
    assert len(document.pages) == 1
    assert (round(document.pages[0].width * 25.4 / 96), round(document.pages[0].height * 25.4 / 96)) == (210, 297)
    words = tidy(BeautifulSoup(html, "html5lib").get_text(" "))
    assert "How the plan goes: July to September 2026" in words
    assert "We ask the board to find the money" in words
    assert ("more" in words) == (amount > 0)


def test_the_command_writes_it_and_says_what_is_wrong(app: Flask, tmp_path: Path) -> None:
    file, run = tmp_path / "q.pdf", CliRunner()

    def call(*words: str) -> tuple[int, str]:
        storage.session().rollback()  # the command has a session of its own
        done = run.invoke(quarter, list(words), obj=lambda: app)
        return done.exit_code, done.output

    assert call("2026-q9", "--to", str(file))[0] == 1
    code, words = call("2026-q3", "--to", str(file))
    assert code == 1
    assert "There is no plan yet." in words
    a_plan()
    code, words = call("2026-q3", "--to", str(file))
    assert (code, "July to September 2026, a draft" in words) == (0, True)
    assert file.read_bytes().startswith(b"%PDF-")
    assert call("2026-q3", "--to", str(tmp_path / "no" / "q.pdf"))[0] == 1


def test_those_who_do_not_lead_cannot_open_it(app: Flask, signed_in: SignIn) -> None:
    a_plan()
    for role in ("answer_owner", "partner", "analyst"):
        signed_in(role, email=f"{role}@no.example").open("/work/quarter", status=403)
    assert OWNER
