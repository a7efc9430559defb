"""Themes put together and taken apart, the figure in a sentence, and the words beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_member, a_priority, a_submission, a_theme, a_view, an_answer, the
from tests.reading import Visitor
from voice import answering, counting, keeping, reading, reviewing, storage, understanding
from voice.reading.alike import put_together
from voice.telling.queries import told
from voice.understanding import merging
from voice.understanding.merging import CannotChange
from voice.understanding.models import ThemeChange

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
SAID = "Buses stop too early."
OTHER = "There is no way home in the evening."


@pytest.fixture
def officer(signed_in: Callable[..., Visitor]) -> Visitor:
    return signed_in("officer")


def slug(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    return found.slug


def views(theme_id: uuid.UUID) -> set[uuid.UUID]:
    storage.session().expire_all()
    return set(understanding.theme_views(theme_id))


def refused(theme_id: uuid.UUID, into: uuid.UUID) -> str:
    with pytest.raises(CannotChange) as refusal:
        understanding.merge(theme_id, into, the("officer"))
    return refusal.value.why


def test_a_theme_keeps_its_views_when_it_is_merged_and_gets_them_back(app: Flask) -> None:
    both, one, other = a_view(), a_view(), a_view()
    into, gone = a_theme(SAID, views=[both, one]), a_theme(OTHER, views=[both, other])
    understanding.merge(gone, into, the("officer"))
    assert views(into) == {both, one, other}
    assert views(gone) == set()
    assert [each.id for each in understanding.themes_of_views([other])] == [into]
    (change,) = merging.history(into)
    assert change.can_undo
    merging.undo(change.id, the("officer"))
    assert views(into) == {both, one}
    assert views(gone) == {both, other}
    assert merging.history(into) == []


def test_what_was_taken_back_stays_away_when_a_merge_is_undone(app: Flask) -> None:
    sent = a_submission()
    reading.clear(sent.view_ids, the("officer"))
    into, gone = a_theme(SAID), a_theme(OTHER, views=[*sent.view_ids, a_view()])
    understanding.merge(gone, into, the("officer"))
    keeping.erase(sent.submission_id)
    merging.undo(merging.history(into)[0].id, the("officer"))
    assert len(views(gone)) == 1


def test_two_public_themes_become_one_with_both_answers(app: Flask, visitor: Visitor) -> None:
    sent = a_submission()
    reading.clear(sent.view_ids, the("officer"))
    into, gone = a_theme(SAID, heard=True), a_theme(OTHER, views=[*sent.view_ids, a_view(), a_view()], heard=True)
    an_answer(into)
    an_answer(gone, words="We light the way from the stop.")
    address = f"/you-said-we-did/{slug(gone)}"
    visitor.open(address)
    understanding.merge(gone, into, the("officer"))
    storage.commit()
    answer = visitor.client.get(address)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/you-said-we-did/{slug(into)}"
    page = visitor.open(answer.headers["Location"])
    assert "We light the way from the stop." in page.words
    assert OTHER in page.words
    assert visitor.open("/you-said-we-did").words.count(OTHER) == 0
    receipt = keeping.find(sent.words)
    assert receipt
    assert [each.slug for each in told(receipt).stories] == [slug(into)]


def test_who_was_told_of_a_theme_is_never_told_less(app: Flask) -> None:
    new, heard, other_priority = a_theme(SAID), a_theme(OTHER, heard=True), a_theme("More clubs.", priority="2")
    assert refused(heard, new) == "further"
    assert refused(new, other_priority) == "other_priority"
    assert refused(new, new) == "same"
    drafted, out, ledbury = a_theme("Later buses."), a_theme("Night buses."), a_theme("Ledbury has none.", place="ledbury")
    an_answer(drafted, published=False)
    an_answer(out)
    assert refused(drafted, out) == "draft"
    assert refused(out, heard) == "further"
    assert refused(new, ledbury) == "place"
    reviewing.object_to(out, "They said mornings.", the("board_member"))
    assert refused(new, out) == "objected"
    understanding.merge(new, heard, the("officer"))
    assert refused(new, heard) == "gone"


def test_a_merge_that_was_built_upon_is_not_undone(app: Flask) -> None:
    into, gone = a_theme(SAID), a_theme(OTHER)
    understanding.merge(gone, into, the("officer"))
    change = merging.history(into)[0]
    reviewing.mark_heard(into, the("board_member"))
    assert not merging.history(into)[0].can_undo
    with pytest.raises(CannotChange):
        merging.undo(change.id, the("officer"))


def test_an_officer_merges_and_undoes_it_on_the_page(app: Flask, officer: Visitor) -> None:
    into, gone = a_theme(SAID), a_theme(OTHER)
    officer.open(f"/work/themes/{slug(into)}")
    officer.press("Make them one theme", status=409)
    page = officer.press("Make them one theme", theme=slug(gone))
    assert "The two are one theme now" in page.words
    assert officer.open(f"/work/themes/{slug(gone)}").path == f"/work/themes/{slug(into)}"
    assert OTHER not in officer.open("/work/themes").words
    officer.open(f"/work/themes/{slug(into)}")
    assert "They are two themes again" in officer.press("Make them two again").words
    assert len(views(gone)) == 3


def test_the_other_way_round_is_offered_where_it_works(app: Flask, officer: Visitor) -> None:
    new, heard = a_theme(SAID), a_theme(OTHER, heard=True)
    officer.open(f"/work/themes/{slug(new)}")
    page = officer.press("Make them one theme", status=409, theme=slug(heard))
    assert "further on its way" in page.words
    officer.press("Put this one into the other")
    assert len(views(heard)) == 6


def test_views_leave_for_a_theme_of_their_own(app: Flask, officer: Visitor) -> None:
    first, second, third = (a_view(words) for words in ("too early", "too dear", "far too dear"))
    theme = a_theme(SAID, views=[first, second, third])
    officer.open(f"/work/themes/{slug(theme)}")
    fields = {"split-view": [str(second), str(third)], "split-you_said": "Buses cost too much."}
    page = officer.press("Make a theme of these", status=400, **{**fields, "split-view": [str(each) for each in (first, second, third)]})
    assert "Leave at least one view" in page.words
    page = officer.press("Make a theme of these", **fields)
    made = understanding.theme_by_slug(page.path.rsplit("/", 1)[-1].partition("?")[0])
    assert made
    assert views(made.id) == {second, third}
    assert views(theme) == {first}


def test_views_that_were_answered_keep_their_answer_when_they_get_a_theme_of_their_own(app: Flask) -> None:
    theme = a_theme(SAID, heard=True)
    an_answer(theme)
    there = views(theme)
    made = understanding.split(theme, [next(iter(there))], "Buses cost too much.", the("officer"))
    assert views(theme) == there
    assert len(views(made)) == 1


def test_a_typed_number_is_caught_and_the_counted_one_comes_when_it_goes_out(app: Flask, officer: Visitor, visitor: Visitor) -> None:
    theme = a_theme(SAID, views=[a_view() for _ in range(13)], heard=True)
    officer.open(f"/work/themes/{slug(theme)}")
    page = officer.press("Keep this sentence", status=400, you_said="340 of you say buses stop too early.")
    assert "“340 of you” was typed by hand" in page.words
    page = officer.press("Put the counted one there")
    assert "Many of you say buses stop too early." in page.words
    page = officer.press("Keep this sentence")
    assert "Some of you say buses stop too early." in page.one("blockquote").get_text()
    answer_id = an_answer(theme)
    assert "Many of you say buses stop too early." in visitor.open(f"/you-said-we-did/{slug(theme)}").words
    for view_id in understanding.theme_views(theme)[:5]:
        keeping.erase(keeping.raw_views([view_id])[0].submission_id)
    storage.commit()
    assert "Many of you say" in visitor.open(f"/you-said-we-did/{slug(theme)}").words, "a figure given out tells nothing of who takes it back"
    assert answering.answer(answer_id)


def test_many_stays_many_when_a_theme_takes_another_in(app: Flask) -> None:
    into, gone = a_theme(SAID, heard=True), a_theme(OTHER, views=[a_view() for _ in range(13)], heard=True)
    an_answer(into)
    an_answer(gone)
    assert counting.how_many_said(into).startswith("Some")
    understanding.merge(gone, into, the("officer"))
    assert counting.how_many_said(into).startswith("Many")


def test_words_beside_a_theme_are_picked_by_a_person_and_go_with_the_yes(app: Flask, officer: Visitor) -> None:
    yes = keeping.Facts(may_be_quoted=True)
    said = [a_view(f"the {number} never comes and we wait in the rain", facts=yes) for number in range(4)]
    theme = a_theme(SAID, views=[*said, a_view("nobody may show this")])
    assert understanding.public_quotes(theme) == []
    page = officer.open(f"/work/themes/{slug(theme)}")
    assert {str(each["value"]) for each in page.soup.select("input[name=quote]")} == {str(each) for each in said}
    officer.press("Let these stand beside it", status=400, quote=[str(each) for each in said])
    officer.press("Let these stand beside it", quote=[str(said[1]), str(said[0])])
    assert len(understanding.public_quotes(theme)) == 2
    reading.withhold(said[0], reading.REASONS[0], the("officer"))
    assert [each.words for each in understanding.public_quotes(theme)] == ["the 1 never comes and we wait in the rain"]
    understanding.take_out(theme, said[1], the("officer"))
    assert understanding.public_quotes(theme) == []


def test_what_was_said_in_nearly_the_same_words_is_one_line_and_the_largest_bunch_first(app: Flask, officer: Visitor) -> None:
    late = [a_view(f"the bus to school is always late in the morning{'!' * number}") for number in range(11)]
    dark = [a_view("the park is dark at night"), a_view("lights in the park are broken, it is dark")]
    put_together()
    code = "1"
    for view_id in (*late, *dark):
        understanding.confirm(view_id, [_priority(code)], the("officer"))
    storage.commit()
    page = officer.open("/work/themes/proposed")
    first, second = page.soup.select(".proposals li.note")
    assert "said by 11" in first.get_text()
    assert "bus" in first.get_text()
    assert "said by fewer than 10" in second.get_text()
    page = officer.open(str(second.select_one("a")["href"]) if second.select_one("a") else "")
    chosen = page.soup.select("input[data-all-of][checked]")
    assert len(chosen) == 1
    officer.press("Make this theme", you_said="The park is dark.")
    made = understanding.theme_by_slug("the-park-is-dark")
    assert made
    assert views(made.id) == set(dark)
    page = officer.open("/work/themes/proposed")
    assert len(page.soup.select(".proposals li.note")) == 1


def test_the_record_and_the_history_tell_who_merged(app: Flask) -> None:
    into, gone, by = a_theme(SAID), a_theme(OTHER), a_member("officer", email="merges@demo.example")
    understanding.merge(gone, into, by)
    row = storage.session().query(ThemeChange).one()
    assert (row.theme_id, row.other_id, row.changed_by, row.kind) == (gone, into, by, "merged")


def _priority(code: str) -> uuid.UUID:
    return a_priority(code).id


def test_a_whole_bunch_is_said_to_be_about_one_thing(app: Flask, officer: Visitor) -> None:
    late = [a_view(f"the bus to school is late {when}") for when in ("again", "every day", "in winter", "most days")]
    other = a_view("my school dinner is cold")
    page = officer.open("/work/sort/together")
    assert page.heading == "What are these about?"
    assert "late" in page.words
    ticked = [str(each["value"]) for each in page.soup.select("input[name=view][checked]")]
    held = {part for each in ticked for part in each.split(",")}  # what is nearly the same is one line
    assert len(held) >= 3
    assert held <= {str(each) for each in late}
    officer.press("Confirm for all that are ticked", status=400)
    code = str(page.soup.select("input[name=tag]")[0]["value"])
    officer.press("Confirm for all that are ticked", view=ticked, tag=[code])
    tied = understanding.tags_of([*late, other])
    assert {str(each) for each in tied} == held
    assert all(len(each) == 1 for each in tied.values())
    assert other not in tied
