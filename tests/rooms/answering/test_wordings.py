"""What an answer said before, which themes it answers, and what stays public meanwhile. On both databases: constraints and queries hold it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.making import a_submission, a_theme, a_view, an_answer, the
from voice import answering, reviewing, storage, understanding
from voice.answering import milestones, queries, wordings
from voice.answering.models import Answer, AnswerFollowUp, AnswerMilestone, AnswerTheme, AnswerVersion
from voice.answering.retention import add_rules, first_answered
from voice.answering.waiting import waiting
from voice.counting.models import Figure
from voice.identity import person
from voice.retention import Retention

TODAY = storage.today()


def _second(theme_id: uuid.UUID, words: str = "We changed our mind.", **more: object) -> uuid.UUID:
    return an_answer(theme_id, published=False, words=words, **more)


def _public(theme_id: uuid.UUID) -> answering.AnswerFacts:
    found = answering.public_answer(theme_id)
    assert found
    return found


def _stages() -> dict[str, list[str]]:
    officer = person(the("officer"))
    assert officer
    found = waiting(officer)
    return {stage: [each.you_said for each in some] for stage, some in found.items() if some}


def test_a_second_answer_goes_its_way_while_the_first_stays_public(app: Flask) -> None:
    theme_id, officer, board = a_theme(heard=True), the("officer"), the("board_member")
    answer_id = an_answer(theme_id, verdict="not_yet")
    assert _stages() == {"again": ["Buses stop too early for us."]}
    _second(theme_id)
    assert _stages() == {"draft": ["Buses stop too early for us."]}
    assert (_public(theme_id).words, _public(theme_id).verdict) == ("We asked for later buses.", "not_yet")
    assert theme_id in set(storage.session().scalars(queries.answered_themes()))
    answering.judge(answer_id, board, "not_answered")  # the board judges what it has: still the first
    assert _public(theme_id).verdict == "not_answered"
    answering.send_to_board(answer_id, officer)
    assert answering.board_verdict(answer_id, board) is None, "nobody has judged the new words"
    with pytest.raises(answering.CannotPublish, match="with_board"):
        answering.publish(answer_id, the("publisher"))
    answering.judge(answer_id, board, "fair")
    answering.publish(answer_id, the("publisher"))
    now = _public(theme_id)
    assert (now.words, now.verdict) == ("We changed our mind.", "fair")
    assert [(each.words, each.verdict) for each in now.history] == [("We asked for later buses.", "not_answered")]
    assert _stages() == {"out": ["Buses stop too early for us."]}


def test_what_never_went_out_is_in_no_public_history(app: Flask) -> None:
    theme_id, officer = a_theme(heard=True), the("officer")
    answer_id = _second(theme_id, "A draft nobody saw.")
    _second(theme_id, "Words for the board alone.")
    answering.send_to_board(answer_id, officer)
    answering.judge(answer_id, the("board_member"), "not_yet")
    an_answer(theme_id, words="What goes out.")
    assert _public(theme_id).history == ()
    inside = answering.answer(answer_id)
    assert inside
    assert [(each.words, each.verdict, each.published_on) for each in inside.history] == [("Words for the board alone.", "not_yet", None)]


def test_new_words_can_be_thrown_away(app: Flask) -> None:
    theme_id, other, by = a_theme(heard=True), a_theme("The park is dark.", heard=True), the("officer")
    answer_id = an_answer(theme_id)
    _second(theme_id)
    answering.add_theme(answer_id, other, by)
    answering.add_milestone(answer_id, "A step of the new words", TODAY, by)
    answering.send_to_board(answer_id, by)
    answering.put_back(answer_id, by)
    found = answering.answer(answer_id)
    assert found
    assert (found.words, found.published_on, found.verdict, found.theme_ids, found.milestones) == (
        "We asked for later buses.",
        TODAY,
        "fair",
        (theme_id,),
        (),
    )
    assert [each.words for each in found.history] == ["We changed our mind."], "the board had it"
    assert _public(theme_id).history == ()
    _second(theme_id, "A third try.")
    third = answering.answer(answer_id)
    assert third
    assert third.number == 3, "numbers only go up: no verdict slips from one wording to another"
    with pytest.raises(wordings.NothingPublic):
        answering.put_back(an_answer(a_theme("New.", heard=True), published=False), by)


def test_one_answer_stands_at_each_of_its_themes(app: Flask) -> None:
    first, second = a_theme(heard=True), a_theme("The park is dark.", heard=True)
    answer_id, by = an_answer(first, published=False), the("officer")
    answering.add_theme(answer_id, second, by)
    answering.send_to_board(answer_id, by)
    answering.judge(answer_id, the("board_member"), "fair")
    answering.publish(answer_id, the("publisher"))
    assert [answering.public_answers([first, second])[each].id for each in (first, second)] == [answer_id, answer_id]
    assert {each.theme_id for each in answering.published()} == {first, second}
    assert set(storage.session().scalars(queries.answered_themes())) == {first, second}
    assert all(storage.session().get(Figure, each) for each in (first, second)), "how many said it is frozen for both"
    assert _stages() == {"out": ["Buses stop too early for us."]}, "once on the desk"
    owner = the("answer_owner")
    answering.give(second, owner, by)
    assert queries.owners([first, second]) == {first: owner, second: owner}
    assert queries.themes_of([owner]) == {first, second}
    with pytest.raises(answering.CannotLeave, match="public"):
        answering.remove_theme(answer_id, second, by)


def test_any_theme_stops_it_and_is_named(app: Flask) -> None:
    first, few, disputed = a_theme(heard=True), a_theme("The park is dark.", views=[a_view(), a_view()], heard=True), a_theme("Dear.", heard=True)
    answer_id, by = an_answer(first, published=False), the("officer")
    for each in (few, disputed):
        answering.add_theme(answer_id, each, by)
    answering.send_to_board(answer_id, by)
    answering.judge(answer_id, the("board_member"), "fair")
    reviewing.object_to(disputed, "They said cheap.", the("board_member"))
    for theme_id, why in ((few, "too_few"), (disputed, "objection")):
        with pytest.raises(answering.CannotPublish) as refusal:
            answering.publish(answer_id, the("publisher"))
        assert (refusal.value.why, refusal.value.theme_id) == (why, theme_id)
        answering.remove_theme(answer_id, theme_id, by)
        answering.send_to_board(answer_id, by)
        answering.judge(answer_id, the("board_member"), "fair")
    answering.publish(answer_id, the("publisher"))
    assert _public(first).theme_ids == (first,)


def test_a_theme_added_later_is_public_with_the_new_words_alone(app: Flask) -> None:
    first, later = a_theme(heard=True), a_theme("The park is dark.", heard=True)
    answer_id, by = an_answer(first), the("officer")
    answering.add_theme(answer_id, later, by)
    assert answering.public_answer(later) is None
    assert _public(first).theme_ids == (first,)
    found = answering.answer_for(later)
    assert found
    assert found.sent_to_board_on is None, "with another theme it goes to the board again"
    answering.send_to_board(answer_id, by)
    answering.judge(answer_id, the("board_member"), "fair")
    answering.publish(answer_id, the("publisher"))
    assert len(_public(first).history) == 1
    assert _public(later).history == (), "what was said before did not answer it"


def test_what_cannot_join_or_leave(app: Flask) -> None:
    first, answered, gone = a_theme(heard=True), a_theme("Parks.", heard=True), a_theme("Gone.", heard=True)
    answer_id, by = an_answer(first, published=False), the("officer")
    an_answer(answered, published=False)
    understanding.merge(gone, first, by)
    for theme_id, why in ((answered, "own"), (first, "own"), (gone, "gone"), (uuid.uuid4(), "plan")):
        with pytest.raises(answering.CannotJoin, match=why):
            answering.add_theme(answer_id, theme_id, by)
    for theme_id, why in ((first, "last"), (answered, "other")):
        with pytest.raises(answering.CannotLeave, match=why):
            answering.remove_theme(answer_id, theme_id, by)
    free = a_theme("Free.", heard=True)
    assert [each.id for each in wordings.may_join(answer_id)] == [free]
    answering.add_theme(answer_id, free, by)
    answering.remove_theme(answer_id, first, by)
    assert storage.session().get_one(Answer, answer_id).theme_id == free
    an_answer(first, published=False)  # it may have one of its own again


def test_marks_are_on_the_words_that_were_public(app: Flask) -> None:
    theme_id = a_theme(heard=True)
    answer_id = an_answer(theme_id)
    senders = [a_submission(f"Words {number}.").submission_id for number in range(3)]
    for each in senders:
        answering.mark(answer_id, each, "not_good_enough")
    assert answering.marks(answer_id) == {"not_good_enough": 3}
    assert answering.doubted([_public(theme_id)]) == {answer_id}
    assert "again" in _stages()
    _second(theme_id)
    assert answering.mark_of(answer_id, senders[0]) == "not_good_enough", "the first is still what everyone reads"
    an_answer(theme_id, words="Better now.")
    assert (answering.marks(answer_id), answering.mark_of(answer_id, senders[0])) == ({}, None)
    assert answering.doubted([_public(theme_id)]) == set()


def test_two_of_the_board_at_odds_ask_more_of_us(app: Flask) -> None:
    theme_id = a_theme(heard=True)
    answer_id = an_answer(theme_id, verdict="fair")
    answering.judge(answer_id, the("board_worker"), "not_answered")
    assert _public(theme_id).verdict == "not_answered"


def test_follow_ups_belong_to_the_words_that_were_public(app: Flask) -> None:
    theme_id, by = a_theme(heard=True), the("officer")
    answer_id = an_answer(theme_id, follow_up_on=TODAY - timedelta(days=1))
    assert _public(theme_id).is_overdue
    assert "overdue" in _stages()
    next_on = TODAY + timedelta(days=30)
    answering.follow_up(answer_id, answering.Became(outcome="partly", words="Two of three.", next_on=next_on), by)
    answering.follow_up(answer_id, answering.Became(outcome="partly", words="Two of three.", next_on=next_on), by)
    now = _public(theme_id)
    assert (len(now.follow_ups), now.look_again_on, now.followed_up_on, now.is_overdue) == (1, next_on, TODAY, False)
    answering.follow_up(answer_id, answering.Became(outcome="happened", words="All three.", evidence="Look."), by)
    assert (_public(theme_id).look_again_on, _public(theme_id).is_overdue) == (None, False)
    an_answer(theme_id, words="A new answer.")
    now = _public(theme_id)
    assert now.follow_ups == ()
    assert [each.outcome for each in now.history[0].follow_ups] == ["partly", "happened"]


def test_an_overdue_first_answer_shows_beside_the_second_on_its_way(app: Flask) -> None:
    theme_id = a_theme(heard=True)
    an_answer(theme_id, follow_up_on=TODAY - timedelta(days=1))
    _second(theme_id)
    assert sorted(_stages()) == ["draft", "overdue"]


def test_what_a_follow_up_cannot_go_without(app: Flask) -> None:
    answer_id, by = an_answer(a_theme(heard=True)), the("officer")
    for became, why in (
        (answering.Became(outcome="happened", words="It did."), "evidence"),
        (answering.Became(outcome="partly", words="Some."), "why_closed"),
        (answering.Became(outcome="not", words=" "), "words"),
        (answering.Became(outcome="not", words="No.", next_on=TODAY), "next_on"),
        (answering.Became(outcome="not", words="No.", next_on=TODAY + timedelta(days=400)), "next_on"),
    ):
        with pytest.raises(answering.CannotFollowUp, match=why):
            answering.follow_up(answer_id, became, by)


def test_nothing_is_followed_up_that_nobody_was_told(app: Flask) -> None:
    with pytest.raises(answering.CannotFollowUp, match="not_public"):
        answering.follow_up(an_answer(a_theme(), published=False), answering.Became(outcome="not", words="No."), the("officer"))


def test_steps_are_public_with_their_words_and_do_not_go_away(app: Flask) -> None:
    theme_id, by = a_theme(heard=True), the("officer")
    answer_id = an_answer(theme_id)
    step = answering.add_milestone(answer_id, "Three stops have lights", TODAY - timedelta(days=1), by)
    assert [each.standing for each in _public(theme_id).milestones] == ["late"]
    answering.not_reached(step, "The poles came late.", by)
    answering.reached(step, TODAY, by)
    assert [(each.standing, each.why_not) for each in _public(theme_id).milestones] == [("reached", None)]
    with pytest.raises(milestones.IsPublic):
        milestones.remove(step, by)
    with pytest.raises(milestones.NotYet):
        answering.reached(step, TODAY + timedelta(days=1), by)
    _second(theme_id)
    draft_step = answering.add_milestone(answer_id, "All stops have lights", TODAY + timedelta(days=9), by)
    assert len(_public(theme_id).milestones) == 1
    milestones.remove(draft_step, by)
    for number in range(9):
        answering.add_milestone(answer_id, f"Step {number}", TODAY, by)
    with pytest.raises(milestones.TooMany):
        answering.add_milestone(answer_id, "One too many", TODAY, by)


def test_the_first_answer_counts_whatever_comes_after(app: Flask) -> None:
    theme_id = a_theme(heard=True)
    answer_id = an_answer(theme_id)
    storage.session().get_one(Answer, answer_id).published_on = TODAY - timedelta(days=90)
    an_answer(theme_id, words="A second one.")
    assert {day for _submission, day in storage.session().execute(first_answered())} == {TODAY - timedelta(days=90)}
    assert answering.years() == sorted({TODAY.year, (TODAY - timedelta(days=90)).year}, reverse=True)


def test_drafts_nobody_published_go_and_what_is_public_stays(app: Flask) -> None:
    lonely, told, judged = (a_theme(f"Number {number}.", heard=True) for number in range(3))
    by, old = the("officer"), TODAY - timedelta(days=800)
    forgotten, renewed, before = an_answer(lonely, published=False), an_answer(told), _second(judged, "Never went out.")
    _second(told)
    answering.send_to_board(before, by)
    storage.session().get_one(Answer, before).answered_on = old
    an_answer(judged, words="Went out.")
    for each in (forgotten, renewed):
        storage.session().get_one(Answer, each).answered_on = old
    storage.commit()
    rules = Retention()
    add_rules(rules)
    rule = rules.all()["drafts"]
    assert rule.due(TODAY) == 3
    assert rule.remove(TODAY, 100) == 3
    assert rule.due(TODAY) == 0
    assert answering.answer(forgotten) is None
    assert _public(told).words == "We asked for later buses."
    kept = answering.answer(before)
    assert kept
    assert (kept.words, kept.history) == ("Went out.", ())


def _put_in(row: object) -> None:
    with storage.session().begin_nested():
        storage.session().add(row)
        storage.session().flush()


WRONG: tuple[dict[str, object], ...] = (
    {"state": "cant"},
    {"state": "done", "evidence": None},
    {"due_on": None},
    {"owner_role": ""},
    {"organisation": ""},
    {"sent_to_board_on": None},
    {"published_on": date(2026, 1, 1)},
    {"decided_by": "meeting"},
    {"decided_by": "rumour", "decided_title": "So they say"},
    {"decided_by": "meeting", "decided_title": "Cabinet", "decided_link": "javascript:alert(1)"},
    {"decided_link": "https://council.example/"},
)


def test_the_database_refuses_words_that_are_not_whole(app: Flask) -> None:
    answer_id = an_answer(a_theme(), published=False)
    row = storage.session().get_one(Answer, answer_id)
    whole = {name: getattr(row, name) for name in wordings.WORDS} | {"sent_to_board_on": TODAY}
    for wrong in WRONG:
        with pytest.raises(IntegrityError):
            _put_in(AnswerVersion(answer_id=answer_id, number=7, **{**whole, **wrong}))


def test_the_database_refuses_what_says_too_little(app: Flask) -> None:
    theme_id, by = a_theme(), the("officer")
    answer_id = an_answer(theme_id, published=False)
    other = an_answer(a_theme("Parks."), published=False)
    said = {"answer_id": answer_id, "number": 1, "words": "So.", "said_by": by}
    step = {"answer_id": answer_id, "since": 1, "due_on": TODAY, "said_by": by}
    storage.session().expunge_all()
    for row in (
        AnswerFollowUp(**said, outcome="happened"),
        AnswerFollowUp(**said, outcome="not"),
        AnswerFollowUp(**said, outcome="maybe", next_on=TODAY + timedelta(days=9)),
        AnswerFollowUp(**said, outcome="partly", next_on=TODAY),
        AnswerMilestone(**step, words=""),
        AnswerMilestone(**step, words="Both", reached_on=TODAY, why_not="No."),
        AnswerTheme(theme_id=theme_id, answer_id=other, since=1),
    ):
        with pytest.raises(IntegrityError):
            _put_in(row)
