"""Tallies: folded bit by bit, exact whatever came, went or was set aside. On both databases."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.making import a_theme, an_activity, the
from voice import inviting, keeping, reading, storage, understanding
from voice.counting import tallies
from voice.counting.folding import Cell, Sender, Slice, Sums, cells_of, slices_of, word_slices_of
from voice.counting.tally_models import Counted, CountedWords, Uncounted, UncountedWords
from voice.counting.tally_rows import add_sums, add_to, cells_now, people_now
from voice.counting.workers import count_again, keep_up
from voice.reading.models import SetAside

AGES, PLACES, FACES = ("11_13", "14_16", None), ("leominster", "ross", None), ("very_good", "middle", "very_bad")
A, B = uuid.UUID(int=1), uuid.UUID(int=2)


def _sender(**more: object) -> Sender:
    return Sender(A, ("11_13", "ross", "", "web", "en"), more.get("group"), bool(more.get("targeted")))  # type: ignore[arg-type]


# --- rules


def test_somebody_is_in_each_slice_of_at_most_two_facts() -> None:
    found = slices_of(_sender())
    assert len(found) == len(set(found)) == 1 + 5 + 10
    assert Slice(A) in found
    assert Slice(A, "age_band", "11_13", "place", "ross") in found
    assert Slice(A, "speaker", "") in found, "who did not say is counted as that"
    assert len(slices_of(_sender(group=B))) == 17


def test_a_group_asked_on_purpose_is_in_its_own_figure_alone() -> None:
    assert slices_of(_sender(group=B, targeted=True)) == [Slice(A, "group", str(B))]
    assert word_slices_of(_sender(group=B, targeted=True), "priority", "p") == []


def test_what_was_picked_is_counted_once_and_what_was_passed_over_not_at_all() -> None:
    cells = cells_of({"one": ["a"], "some": ["a", "b", "a"], "none": [], "number": 7, "order": ["y", "x"]}, {"order"})
    assert cells.count(Cell("some", "a")) == 1
    assert {Cell("one", ""), Cell("some", ""), Cell("number", "7"), Cell("order#1", "y")} <= set(cells)
    assert not [each for each in cells if each.question == "none" or each == Cell("order#1", "x")]


def test_sums_are_what_adding_one_by_one_gives() -> None:
    sums = Sums()
    for _ in range(3):
        sums.add(_sender(), 2, cells_of({"one": ["a"]}))
    assert sums.people()[(Slice(A), 2)] == 3
    assert sums.cells()[(Slice(A, "age_band", "11_13", "place", "ross"), Cell("one", "a"))] == 3


# --- at rest


def _send(chance: random.Random, activity: uuid.UUID, *, group: uuid.UUID | None = None) -> uuid.UUID:
    facts = keeping.Facts(age_band=chance.choice(AGES), place=chance.choice(PLACES), language=chance.choice(("en", "cy")), group_id=group)
    answers = {"life_here": [chance.choice(FACES)], "matters_most": chance.sample(["home", "school", "safe"], chance.randint(0, 3))}
    words = [("would_change", f"Words {chance.random()}.")]
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity, answers=answers, words=words, facts=facts)
    return kept.submission_id


def _count(table: type) -> int:
    return storage.session().scalar(select(func.count()).select_from(table)) or 0


def _people(each: Slice) -> int:
    return sum(count for (found, _generation), count in people_now().items() if found == each)


def _is_exact() -> bool:
    assert _count(Uncounted) == _count(UncountedWords) == 0
    return count_again().differ == 0


def test_a_submission_waits_to_be_counted_in_its_own_transaction(app: Flask) -> None:
    activity = an_activity()
    _send(random.Random(1), activity)
    storage.session().rollback()
    assert _count(Uncounted) == 0
    _send(random.Random(1), activity)
    storage.commit()
    assert _count(Uncounted) == 1
    assert keep_up() == 2, "it, and its words"
    assert _people(Slice(activity)) == 1
    assert keep_up() == 0, "nothing is counted twice"
    assert _people(Slice(activity)) == 1


def test_a_death_in_the_middle_leaves_it_as_it_was(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = an_activity()
    _send(random.Random(2), activity)
    storage.commit()

    def torn(*given: object) -> None:
        add_sums(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tallies, "add_sums", torn)
        with pytest.raises(KeyboardInterrupt):
            tallies.fold()
    storage.session().rollback()
    assert people_now() == cells_now() == {}
    assert _count(Uncounted) == 1
    keep_up()
    assert _is_exact()


def _aside(submission_id: uuid.UUID) -> SetAside:
    return SetAside(submission_id=submission_id, group_id=uuid.uuid4())


def test_whatever_comes_and_goes_the_tallies_are_exact(app: Flask) -> None:
    """A walk through everything that may happen, folded at odd moments."""
    chance, activity, officer = random.Random(3), an_activity(), the("officer")
    there = [_send(chance, activity) for _ in range(30)]
    theme = a_theme(views=[keeping.views_of(there[0])[0], keeping.views_of(there[1])[0]])
    for step in range(40):
        match chance.randrange(5):
            case 0:
                there.append(_send(chance, activity))
            case 1:
                keeping.erase(there.pop(chance.randrange(len(there))))
            case 2:
                storage.session().merge(_aside(chance.choice(there)))
            case 3:
                for row in list(storage.session().scalars(select(SetAside).where(SetAside.is_real.is_(None)).limit(1))):
                    reading.judge(row.group_id, officer, real=step % 2 == 0, reason="The same again.")
            case 4:
                view = keeping.views_of(chance.choice(there))[0]
                understanding.confirm(view, chance.sample(_priorities(theme), chance.randint(0, 2)), officer)
        storage.commit()
        if step % 3 == 0:
            keep_up()
    keep_up()
    assert _is_exact()
    left = {each for each in there if each not in set(storage.session().scalars(reading.set_aside()))}
    assert _people(Slice(activity)) == len(left)
    assert _count(Counted) == len(there)


def _priorities(theme: uuid.UUID) -> list[uuid.UUID]:
    from voice import plans

    found = understanding.theme(theme)
    assert found
    return [each.id for each in plans.priorities(found.plan_id)][:3]


def test_what_words_are_tied_to_is_counted_by_people(app: Flask) -> None:
    activity, officer = an_activity(), the("officer")
    sent = [_send(random.Random(each), activity) for each in range(4)]
    theme = a_theme(views=[keeping.views_of(each)[0] for each in sent[:3]])
    first, other, _third = _priorities(theme)
    for each in sent:
        understanding.confirm(keeping.views_of(each)[0], [first], officer)
    storage.commit()
    keep_up()
    assert _people(Slice(activity, "priority", str(first))) == 4
    assert _people(Slice(activity, "theme", str(theme))) == 3
    understanding.confirm(keeping.views_of(sent[0])[0], [other], officer)
    keeping.erase(sent[1])
    storage.commit()
    keep_up()
    assert _people(Slice(activity, "priority", str(first))) == 2
    assert _people(Slice(activity, "priority", str(other))) == 1
    assert _people(Slice(activity, "theme", str(theme))) == 2
    assert _is_exact()
    facts = sorted(storage.session().scalars(select(CountedWords.fact)))
    assert facts == ["heard"] * (3 + 3 + 2) + ["priority"] * 3 + ["theme"] * 2, "three wrote, three are tied to the plan, two are in a theme"


def test_a_tally_that_is_wrong_is_found_and_put_right(app: Flask) -> None:
    activity = an_activity()
    _send(random.Random(4), activity)
    storage.commit()
    keep_up()
    add_to({(Slice(activity), 0): 5}, {(Slice(activity), Cell("life_here", "middle")): 1})  # a fault of ours
    assert count_again().differ == 2
    assert count_again(mend=True).differ == 2
    assert count_again().differ == 0


@pytest.fixture
def targeted(app: Flask) -> uuid.UUID:
    until = storage.today() + timedelta(days=9)
    asked = inviting.Invitation(name="Evening", kind="targeted", audience="Care leavers", readers=(the("officer"),), expires_on=until)
    return inviting.invite(an_activity(), asked, the("officer"))


def test_a_group_asked_on_purpose_is_in_no_other_figure(targeted: uuid.UUID) -> None:
    activity = an_activity()
    _send(random.Random(5), activity, group=targeted)
    storage.commit()
    keep_up()
    assert {each for each, _generation in people_now()} == {Slice(activity, "group", str(targeted))}
    assert _is_exact()
