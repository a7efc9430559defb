"""What is much alike, what is set aside, and what a person judges. Bar S12."""

from __future__ import annotations

import csv
import os
import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.making import a_member, the
from tests.reading import Visitor
from tests.rooms.safeguarding.phrases import lines
from tests.rooms.understanding.said import an_activity
from voice import audit, counting, inviting, keeping, reading, safeguarding, storage, understanding
from voice.listening import messages, ways
from voice.reading.alike import put_together
from voice.reading.models import Fingerprint, FingerprintBand, SetAside
from voice.reading.repeats import fingerprint, likeness, plain
from voice.reading.rules import MANY_ALIKE, OPEN_WAYS, is_a_burst

Tell = Callable[[str, object], None]
REAL_COMMENTS = os.environ.get("VOICE_COMMENTS")  # a CSV of real comments with a column `text`; without one, our own phrases do
SAYINGS = (
    "Please do not close our youth club on Friday nights, it is the only safe place we have got",
    "the council should spend the money on the new bypass and not on cycle lanes for nobody",
)
OTHER_WORDS = ["really", "honestly", "pls", "mate", "everyone", "always", "council", "town", "ages", "safe", "never", "people", "today"]
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def changed(words: str, chance: random.Random) -> str:
    """The saying as someone would change it who sends it many times: a word other, more or less, letters swapped, a picture at the end."""
    said = words.split()
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        at, how = chance.randrange(len(said)), chance.random()
        if how < 0.35:
            said[at] = chance.choice(OTHER_WORDS)
        elif how < 0.6:
            said.insert(at, chance.choice(OTHER_WORDS))
        elif how < 0.8:
            said.pop(at)
        elif len(said[at]) > 3:
            said[at] = said[at][0] + said[at][2] + said[at][1] + said[at][3:]
    return " ".join(said) + chance.choice(("", "!!", " 😀", " xx", ".", " PLEASE"))


def send(activity: uuid.UUID, words: str, *, days_ago: int = 0, way_in: str = "web", group_id: uuid.UUID | None = None) -> uuid.UUID:
    facts = keeping.Facts(received_on=storage.today() - timedelta(days=days_ago), way_in=way_in, age_band="11_13", group_id=group_id)
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity, answers={}, words=[("change", words)], facts=facts)
    safeguarding.screen_submission(kept.submission_id, [words], quiet=True)
    return kept.view_ids[0]


def sort_out() -> None:
    """All rounds of the worker that are due."""
    while put_together():
        storage.commit()


def a_flood(activity: uuid.UUID, many: int = MANY_ALIKE, **more: int | str | uuid.UUID) -> list[uuid.UUID]:
    found = [send(activity, f"{SAYINGS[0]} {OTHER_WORDS[each % len(OTHER_WORDS)]}", **more) for each in range(many)]  # type: ignore[arg-type]
    storage.commit()
    sort_out()
    return found


def real_ones(many: int, chance: random.Random) -> list[str]:
    if REAL_COMMENTS:
        with Path(REAL_COMMENTS).open(encoding="utf-8", newline="") as file:
            return chance.sample([row["text"] for row in csv.DictReader(file)], many)
    return chance.sample([text for name in ("ordinary", "ordinary_unseen", "ordinary_last", "service_comments") for text in lines(name)], many)


@pytest.fixture
def activity(app: Flask) -> uuid.UUID:
    return an_activity()


def test_five_hundred_near_copies_among_two_hundred_real_ones_are_grouped(activity: uuid.UUID, record_property: Tell) -> None:
    chance = random.Random(12)
    copies = [(changed(chance.choice(SAYINGS), chance), True) for _ in range(500)]
    mixed = [*copies, *((text, False) for text in real_ones(200, chance))]
    chance.shuffle(mixed)
    sent = {send(activity, text, way_in=chance.choice(("web", "qr"))): injected for text, injected in mixed}
    storage.commit()
    sort_out()
    grouped = {row.view_id for row in storage.session().query(Fingerprint).filter(Fingerprint.group_id.is_not(None))}
    aside = set(sent) - set(reading.not_set_aside(list(sent)))
    caught = sum(each in grouped for each, injected in sent.items() if injected)
    wrongly = sum(each in grouped for each, injected in sent.items() if not injected)
    set_aside = sum(sent[each] for each in aside)
    record_property(
        "budget",
        f"flood of 500 among 200: {caught} of 500 grouped, {wrongly} of 200 real; set aside {set_aside} of 500, {len(aside) - set_aside} of 200",
    )
    assert caught >= 475
    assert wrongly <= 2
    assert set_aside >= 475
    assert len(aside) - set_aside <= 2


def test_set_aside_is_in_no_figure_and_shown_to_nobody_until_a_person_judged_it(activity: uuid.UUID) -> None:
    views, officer = a_flood(activity), the("officer")
    reading.clear(views, officer)
    storage.commit()
    assert not reading.shown(views, officer, with_targeted=True)
    assert not counting.may_be_public(views)
    assert counting.how_many_answered(activity, officer) == "Fewer than 10"
    group = reading.set_aside_groups()[0]
    assert (group.views, group.judged) == (MANY_ALIKE, False)
    assert reading.judge(group.group_id, officer, real=True) == MANY_ALIKE
    assert len(reading.shown(views, officer)) == MANY_ALIKE
    assert counting.may_be_public(views)
    assert counting.how_many_answered(activity, officer) == "10 or more"


def test_what_is_set_aside_waits_beside_the_queue_and_is_never_lost(activity: uuid.UUID) -> None:
    alone, views, officer = send(activity, "more benches by the river"), a_flood(activity), the("officer")
    assert reading.next_to_read() == [alone]
    assert reading.how_many_wait() == 1
    group = reading.set_aside_groups()[0].group_id
    assert set(reading.group_views(group, officer)) == set(views)
    reading.judge(group, officer, real=False, reason="The same hour, the same sentence, three spellings.", besides=views[:1])
    assert set(reading.next_to_read()) == {alone, views[0]}
    assert reading.set_aside_groups()[0].judged
    reading.judge(group, officer, real=True)
    assert reading.how_many_wait() == len(views) + 1


def test_what_may_be_a_cry_for_help_is_read_first_even_among_very_many(activity: uuid.UUID) -> None:
    views = a_flood(activity)
    worrying = send(activity, SAYINGS[0] + " and my dad hits me every night")
    storage.commit()
    sort_out()
    assert safeguarding.waiting() == 1
    assert worrying not in reading.next_to_read()  # the lead has it
    assert not set(views) & set(reading.next_to_read())


def test_those_that_come_later_are_set_aside_too_until_the_group_was_judged_real(activity: uuid.UUID) -> None:
    views, officer = a_flood(activity), the("officer")
    late = send(activity, SAYINGS[0] + " ok")
    sort_out()
    assert reading.not_set_aside([*views, late]) == []
    reading.judge(reading.set_aside_groups()[0].group_id, officer, real=True)
    later = send(activity, SAYINGS[0] + " yes")
    sort_out()
    assert later in reading.not_set_aside([later])


@pytest.mark.parametrize(
    ("many", "way_in"), [(MANY_ALIKE - 1, "web"), (MANY_ALIKE - 1, "hand_over"), (MANY_ALIKE, "paper"), (MANY_ALIKE, "group_code")]
)
def test_fewer_or_with_an_adult_beside_are_grouped_and_not_set_aside(activity: uuid.UUID, many: int, way_in: str) -> None:
    views = a_flood(activity, many, way_in=way_in)
    assert reading.alike(views[:1], None)[views[0]].others == many - 1
    assert len(reading.not_set_aside(views)) == many


def test_short_answers_that_many_give_by_themselves_are_not_set_aside(activity: uuid.UUID) -> None:
    views = [send(activity, "more football pitches") for _ in range(40)]
    sort_out()
    assert len(reading.not_set_aside(views)) == 40
    assert reading.alike(views[:1], None)[views[0]].others == 39


@pytest.mark.parametrize(
    ("came", "before", "burst"),
    [(60, [0] * 28, True), (49, [0] * 28, False), (60, [12] * 28, True), (60, [13] * 28, False), (500, [200] * 28, False), (80, [], True)],
)
def test_a_burst_is_many_more_than_on_the_days_before(came: int, before: list[int], burst: bool) -> None:
    assert is_a_burst(came, before) is burst


def test_on_a_busy_day_fewer_that_are_alike_are_set_aside(activity: uuid.UUID) -> None:
    chance = random.Random(1)
    others = chance.sample(lines("ordinary"), 60)
    copies = [send(activity, f"{SAYINGS[1]} {word}") for word in OTHER_WORDS[:9]]
    for text in others:
        send(activity, text)
    sort_out()
    assert reading.not_set_aside(copies) == []
    assert [each.came for each in reading.busy_days([activity])] == [69]


def test_a_fingerprint_holds_no_words_and_goes_with_its_view(activity: uuid.UUID) -> None:
    view = a_flood(activity, 2)[0]
    row = storage.session().get_one(Fingerprint, view)
    assert len(row.marks) == 192
    assert b"youth" not in row.marks
    keeping.erase(keeping.raw_views([view])[0].submission_id)
    storage.commit()
    for kind in (Fingerprint, FingerprintBand):
        assert storage.session().query(kind).filter_by(view_id=view).count() == 0
    reading_left = storage.session().query(SetAside).count()
    assert reading_left == 0


def test_likeness_is_of_the_words_and_not_of_how_they_are_dressed() -> None:
    assert plain("CAFÉ!!  sooo_good 😀") == "cafe so god"
    assert likeness(fingerprint("More buses please"), fingerprint("more   BUSES, pleeease!!")) == 1.0
    assert likeness(fingerprint(SAYINGS[0]), fingerprint(SAYINGS[1])) < 0.2
    assert likeness(fingerprint("😀"), fingerprint("😀")) == 0.0


def test_an_officer_reads_what_is_alike_once_and_decides_for_all_but_the_marked(activity: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    views = [send(activity, f"The bus is late every day and we all wait {each}") for each in ("again", "here", "twice", "outside")]
    other = send(activity, "More trees")
    sort_out()
    officer = signed_in("officer")
    page = officer.open("/work")
    assert "much like" in page.words
    assert len(page.soup.select(".queue .list li")) == 2
    group = reading.alike(views[:1], None)[views[0]].group_id
    page = officer.open(f"/work/alike/{group}")
    assert len(page.soup.select("[data-row]")) == 4
    page = officer.press("Withhold all but the marked", status=400)
    assert "Choose a reason." in page.words
    officer.press("Clear all but the marked", keep=[str(views[2])])
    storage.session().expire_all()
    assert set(reading.next_to_read()) == {views[2], other}
    assert set(reading.decisions(views).values()) == {"cleared"}


def test_an_officer_judges_very_many_and_says_why(activity: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    views = a_flood(activity)
    officer = signed_in("officer")
    page = officer.open("/work")
    assert "Very many came alike" in page.words
    page = officer.open("/work/set-aside")
    assert f"{MANY_ALIKE} much alike" in page.words
    group = reading.set_aside_groups()[0].group_id
    officer.open(f"/work/alike/{group}")
    page = officer.press("Leave out all but the marked", status=400)
    assert "Say why" in page.words
    page = officer.press("Leave out all but the marked", because="One sentence, twenty times in a day.", keep=[str(views[0])])
    assert "Left out of every figure" in page.words
    assert reading.not_set_aside(views) == [views[0]]
    officer.open(f"/work/alike/{group}")
    officer.press("They are real: count them")
    assert len(reading.not_set_aside(views)) == MANY_ALIKE


@on_sqlite
def test_all_of_a_group_can_be_turned_through_and_marks_stay(activity: uuid.UUID, signed_in: Callable[..., Visitor]) -> None:
    """One decision covers the whole group, so the whole group can be looked at first, without a script."""
    views = a_flood(activity, 120)
    officer, group = signed_in("officer"), reading.set_aside_groups()[0].group_id
    first = officer.open(f"/work/alike/{group}")
    on_first = [str(each["value"]) for each in first.soup.select("[data-row] input")]
    second = officer.press("Next page", keep=[on_first[0]], because="One sentence, many times.")
    on_second = [str(each["value"]) for each in second.soup.select("[data-row] input")]
    assert (len(on_first), len(on_second)) == (50, 50)
    assert not set(on_first) & set(on_second)
    assert "You have had 100 of them before you." in second.words
    assert "one marked on another page" in second.words
    back = officer.press("Page before", keep=[on_second[1], on_first[0]])
    assert [str(each["value"]) for each in back.soup.select("[data-row] input[checked]")] == [on_first[0]]
    officer.press("Leave out all but the marked", keep=[on_first[0], on_second[1]])
    assert {str(each) for each in reading.not_set_aside(views)} == {on_first[0], on_second[1]}
    assert audit.about("group of views", group)[0].why == "One sentence, many times. (seen: 100 of 120)"


@on_sqlite
def test_some_real_ones_do_not_let_the_rest_of_a_flood_in(activity: uuid.UUID) -> None:
    views, officer = a_flood(activity), the("officer")
    reading.judge(reading.set_aside_groups()[0].group_id, officer, real=False, reason="A machine.", besides=views[:1])
    late = send(activity, SAYINGS[0] + " ok")
    sort_out()
    assert reading.not_set_aside([views[0], late]) == [views[0]]


@on_sqlite
@pytest.mark.parametrize(("one_use", "aside"), [(False, True), (True, False)])
def test_one_code_for_a_whole_group_proves_nothing_and_a_slip_does(activity: uuid.UUID, one_use: bool, aside: bool) -> None:
    group = inviting.Invitation(name="7B", kind="class", one_use=one_use, expires_on=storage.today())
    group_id = inviting.invite(activity, group, the("officer"))
    views = a_flood(activity, way_in="group_code", group_id=group_id)
    assert (reading.not_set_aside(views) == []) is aside


def test_every_way_that_can_be_claimed_without_proof_is_watched() -> None:
    """What a page or a program may say of itself, with nothing to show for it."""
    claimed = {*messages.WAYS, "api", *(each for each in ways.SAID if each != "group_code")}
    assert claimed <= set(OPEN_WAYS)


def test_nobody_meets_a_group_that_others_were_named_for(activity: uuid.UUID) -> None:
    views, officer = a_flood(activity, 3), a_member("officer", email="another@demo.example")
    group = reading.alike(views[:1], None)[views[0]].group_id
    safeguarding.raise_concern(keeping.raw_views([views[0]])[0].submission_id, officer, "A worry.")
    assert set(reading.group_views(group, officer)) == set(views[1:])
    assert understanding.themes_of_views(views) == []
