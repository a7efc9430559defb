"""It never goes to the person it is about (G7), and nothing makes it vanish (G6)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.making import PASSPHRASE, a_member, a_submission, an_activity, app_code, member_visitor, the
from tests.reading import Visitor
from voice import identity, inviting, keeping, reading, safeguarding, storage
from voice.config import settings
from voice.extensions import db
from voice.identity.rules import ROLES
from voice.safeguarding import about, chasing, queries, rota_actions
from voice.safeguarding.actions import NeedsSecondPerson, act
from voice.safeguarding.models import ConcernAbout, ConcernAct, Screening

SignIn = Callable[..., Visitor]
ANN, BEN, CAL, MAX = ("ann_ash@demo.example", "ben_birch@demo.example", "cal_cole@demo.example", "max_moss@demo.example")
WORDS = "Mrs Ash hits me when nobody looks. I am scared of her."


@pytest.fixture
def people(app: Flask) -> dict[str, uuid.UUID]:
    made = {email: a_member(_role(email), email=email) for email in (ANN, BEN, CAL, MAX)}
    rota_actions.add_turns(range(5), 0, 1440, lead=made[ANN], deputy=made[BEN], by=None, on_holidays=True)
    rota_actions.add_turns((5, 6), 0, 1440, lead=made[ANN], deputy=made[BEN], by=None, on_holidays=True)
    rota_actions.set_contact("manager", by=None, member=made[MAX])
    rota_actions.set_contact("lado", by=None, name="LADO", email="lado@county.example")
    storage.commit()
    return made


def _role(email: str) -> str:
    return "safeguarding_lead" if email == ANN else "safeguarding_deputy"


def signed_in_as(app: Flask, email: str) -> Visitor:
    return member_visitor(app, [_role(email)], email)


def said(words: str) -> uuid.UUID:
    kept = a_submission(words)
    return storage.session().query(Screening).filter_by(submission_id=kept.submission_id).one().id


def letters_to() -> list[str]:
    storage.session().rollback()
    safeguarding.alert_leads()
    found = sorted(Path(settings().data / "outbox").glob("*.eml"))
    return sorted(str(message_from_bytes(file.read_bytes(), policy=policy.default)["To"]) for file in found)


def test_what_names_a_lead_goes_past_them_everywhere(app: Flask, people: dict[str, uuid.UUID]) -> None:
    concern_id = said(WORDS)
    assert letters_to() == [BEN]
    ann, ben = signed_in_as(app, ANN), signed_in_as(app, BEN)
    page = ann.open("/safeguarding")
    assert "Nothing waits." in page.words
    assert page.one(".deskbar nav a[aria-current]").get_text(" ", strip=True) == "Safeguarding"  # no number
    assert queries.times(people[ANN]).open_now == 0
    token = {"csrf_token": str(page.soup.select("[name=csrf_token]")[0]["value"]), "whom": "Nobody", "what": "told_999"}
    for path in ("open", "close", "done", "about"):
        assert ann.client.post(f"/safeguarding/{concern_id}/{path}", data=token).status_code == 404
    assert ann.open(f"/safeguarding/{concern_id}", status=404).heading
    assert "It may be about: Ann Ash" in (ben.open("/safeguarding"), ben.press("Open"))[1].words
    assert queries.times(people[BEN]).open_now == 1


def test_even_closed_it_is_not_in_their_reading_queue_their_search_or_their_count(app: Flask, people: dict[str, uuid.UUID]) -> None:
    reader = a_member("officer", email="rae_reed@demo.example")
    kept = a_submission("Rae Reed hits me and I am scared.")
    concern_id = storage.session().query(Screening).filter_by(submission_id=kept.submission_id).one().id
    other = a_submission("More bins in the park.").view_ids[0]
    safeguarding.open_concern(concern_id, people[BEN])
    safeguarding.close(concern_id, people[BEN], "passed_to_lado", "Told them.")
    storage.commit()
    assert reading.next_to_read(by=reader) == [other]
    assert reading.how_many_wait(reader) == 1
    assert reading.search("hits", by=reader) == []
    assert reading.open_raw([kept.view_ids[0]], reader) == []
    assert set(reading.next_to_read(by=the("officer"))) >= {other}
    somebody = a_member("officer", email="other.officer@demo.example")
    assert set(reading.next_to_read(by=somebody)) == {other, kept.view_ids[0]}


def test_about_every_lead_it_goes_to_the_manager_and_about_them_too_to_the_lado(app: Flask, people: dict[str, uuid.UUID]) -> None:
    by = a_member("officer", email="officer@demo.example")
    safeguarding.raise_worry(by, "All of them.", danger=True, about=["Ann Ash", "Ben Birch", "Cal Cole"])
    storage.commit()
    assert letters_to() == [MAX]
    safeguarding.raise_worry(by, "All of them.", danger=True, about=["Ann Ash", "Ben Birch", "Cal Cole", "Max Moss"])
    storage.commit()
    assert letters_to() == ["lado@county.example", MAX]


def test_a_team_or_a_setting_never_sees_it(app: Flask, people: dict[str, uuid.UUID]) -> None:
    by = a_member("officer", email="officer@demo.example")
    activity_id = an_activity()
    group = inviting.Invitation(name="Year 8, Holme Lacy School", kind="targeted", audience="care_leavers", readers=[by], expires_on=storage.today())
    inviting.invite(activity_id, group, by)
    storage.commit()
    at_school = safeguarding.raise_worry(people[BEN], "A teacher shouts.", danger=False, about=["Holme Lacy School"])
    in_team = safeguarding.raise_worry(by, "They laughed.", danger=False, about=["Deputy safeguarding lead"])
    storage.commit()
    assert {each.id for each in queries.concerns(by=by)} == {in_team}
    assert {each.id for each in queries.concerns(by=people[ANN])} == {at_school, in_team}
    assert {each.id for each in queries.concerns(by=people[BEN])} == {at_school}
    assert about.names_of_about(at_school) == ["Holme Lacy School"]


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_an_item_that_names_an_organisation_is_kept_from_its_people(app: Flask, people: dict[str, uuid.UUID]) -> None:
    """By the words alone, and by whoever raises it; not from those who come from elsewhere, and never from all because it names the council."""
    school = identity.make_organisation("Holme Lacy School", "school", None)
    council = identity.make_organisation("Demo County Council", "council", None)
    identity.belong(school, None, member_id=people[BEN])
    identity.belong(council, None, member_id=people[ANN])
    reader = a_member("officer", email="rae_reed@demo.example")
    identity.belong(school, None, member_id=reader)
    in_words = said("My step dad hits me. They know at Holme Lacy school.")
    of_council = said("My step dad hits me. Demo County Council knows.")
    raised = safeguarding.raise_worry(people[CAL], "A teacher shouts.", danger=True, about=["holme lacy school"])
    kept = a_submission("The bus to Holme Lacy School is late.")
    storage.commit()
    assert {each.id for each in queries.concerns(by=people[BEN])} == {of_council}
    assert {each.id for each in queries.concerns(by=people[ANN])} == {in_words, of_council, raised}
    assert about.not_for([in_words, raised, of_council], [people[BEN], people[ANN]]) == {
        in_words: {people[BEN]},
        raised: {people[BEN]},
        of_council: frozenset(),
    }
    assert reading.open_raw(kept.view_ids, reader) == []
    assert [each.id for each in reading.open_raw(kept.view_ids, a_member("officer", email="other.officer@demo.example"))] == list(kept.view_ids)
    assert about.names_of_about(in_words) == ["Holme Lacy School"]
    assert chasing.awaited()[0].concern_id == raised, "only a person’s word begins the LADO clock"
    assert len(chasing.awaited()) == 1
    about.write_about(in_words, ["Holme Lacy School"], people[ANN])
    assert {each.concern_id for each in chasing.awaited()} == {in_words, raised}
    assert about.names_of_about(in_words) == ["Holme Lacy School"]


def test_a_lead_says_whom_it_is_about_and_the_lado_clock_begins(app: Flask, people: dict[str, uuid.UUID]) -> None:
    said("My step dad hits me.")
    ben = signed_in_as(app, BEN)
    ben.open("/safeguarding")
    ben.press("Open")
    page = ben.press("Keep it from them", whom="Cal Cole")
    assert "tell the LADO" in page.words
    assert [each.what for each in chasing.awaited()] == ["tell_lado"]
    assert "Nothing waits." in signed_in_as(app, CAL).open("/safeguarding").words
    page = ben.press("Write it down", what="told_lado", reference="LADO-22")
    assert "LADO-22" in page.words
    assert [each.what for each in chasing.awaited()] == ["told_lado"]
    ben.press("Write it down", what="lado_acknowledged")
    assert chasing.awaited() == []
    assert ben.press("Keep it from them", whom="Ben Birch").heading == "Safeguarding"  # now it is about themselves


def test_a_second_person_it_is_about_does_not_count(app: Flask, people: dict[str, uuid.UUID]) -> None:
    concern_id = said("I will kill myself tonight because of Mrs Ash.")
    storage.session().get_one(Screening, concern_id).is_immediate = True
    safeguarding.open_concern(concern_id, people[BEN])
    storage.commit()
    ben = signed_in_as(app, BEN)
    ben.open(f"/safeguarding/{concern_id}")
    page = ben.press(
        "Close it", outcome="no_further_action", reason="No.", second_email=ANN, second_passphrase=PASSPHRASE, second_code=app_code(ANN), status=400
    )
    assert "needs another lead or deputy" in page.words
    with pytest.raises(NeedsSecondPerson):
        safeguarding.close(concern_id, people[BEN], "no_further_action", "No.", people[ANN])


@pytest.mark.parametrize("role", ROLES)
def test_whoever_signs_in_can_raise_a_worry_and_nobody_can_stop_it(role: str, people: object, signed_in: SignIn) -> None:
    someone = signed_in(role, email=f"raiser-{role}@demo.example")
    someone.open("/work/worry")
    assert "Say what worries you." in someone.press("Send it to the safeguarding lead", why=" ", status=400).words
    page = someone.press("Send it to the safeguarding lead", why="He said he is afraid to go home.")
    assert page.heading == "Your worry is with the safeguarding lead"
    row = storage.session().query(Screening).one()
    assert (row.is_concern, row.is_immediate, row.raised_why) == (True, False, "He said he is afraid to go home.")


def test_a_worry_raised_without_a_view_is_read_and_closed_as_any_other(app: Flask, people: dict[str, uuid.UUID]) -> None:
    by = a_member("board_worker", email="worker@demo.example")
    safeguarding.raise_worry(by, "She would not take off her coat.", danger=True)
    storage.commit()
    ben = signed_in_as(app, BEN)
    assert "Danger now" in ben.open("/safeguarding").words
    page = ben.press("Open")
    assert "Worker raised it: She would not take off her coat." in page.words
    assert "What a member saw or heard" in page.words
    assert "took it back" not in page.words
    page = ben.press("Close it", outcome="handed_over", reason="With them.", status=400)
    assert "number it has in the case system" in page.words
    assert "Type the number alone" in ben.press("Write it down", what="handed_over", reference="mum is ill", status=400).words
    assert "Type the number it has" in ben.press("Write it down", what="handed_over", reference="", status=400).words
    ben.press("Write it down", what="handed_over", reference="MOS-2026/118")
    assert "Handed over to the council’s case system" in ben.press("Close it", outcome="handed_over", reason="With them.").words


@pytest.mark.parametrize("act", ["done", "about", "close"])
def test_a_mistake_in_a_form_shows_no_word_of_what_nobody_opened(app: Flask, people: dict[str, uuid.UUID], act: str) -> None:
    concern_id = said(WORDS)
    ben = signed_in_as(app, BEN)
    token = {"csrf_token": str(ben.open("/safeguarding").soup.select("[name=csrf_token]")[0]["value"])}
    answer = ben.client.post(f"/safeguarding/{concern_id}/{act}", data=token)
    assert answer.status_code == 303
    assert b"hits me" not in answer.data
    assert storage.session().query(Screening).one().opened_at is None


@pytest.mark.parametrize("table", ["screening", "concern_act", "concern_about"])
def test_the_database_itself_deletes_nothing_of_an_open_concern(app: Flask, people: dict[str, uuid.UUID], table: str) -> None:
    concern_id = said(WORDS)
    session = storage.session()
    session.add(ConcernAct(concern_id=concern_id, what="told_999", by_id=people[BEN]))
    storage.commit()
    assert session.query(ConcernAbout).count() == 1
    storage.session().rollback()
    with pytest.raises(Exception, match="an open concern stays"), db.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 (one of three names written above)
    with pytest.raises(Exception, match="a concern stays one"), db.engine.begin() as connection:
        connection.execute(text("UPDATE screening SET is_concern = (1 = 0)"))


def test_what_was_handed_over_becomes_a_stub_and_keeps_its_number(app: Flask, people: dict[str, uuid.UUID]) -> None:
    concern_id = said("My dad hits me.")
    safeguarding.open_concern(concern_id, people[BEN])
    queries_before = queries.concern(concern_id)
    act(concern_id, people[BEN], "handed_over", "MOS-1", storage.today())
    safeguarding.close(concern_id, people[BEN], "handed_over", "With the team.")
    storage.commit()
    assert queries_before
    assert queries_before.because
    assert safeguarding.to_stubs(storage.now()) == 1
    storage.commit()
    row = storage.session().get_one(Screening, concern_id)
    assert (row.because, row.kept, row.kinds, row.raised_why, row.outcome) == ([], None, [], None, "handed_over")
    assert [each.reference for each in queries.acts_of(concern_id)] == ["MOS-1"]
    submission_id = row.submission_id
    assert submission_id
    keeping.erase(submission_id)
    storage.commit()
    row = storage.session().get_one(Screening, concern_id)
    assert (row.submission_id, row.kept) == (None, None)
    page = signed_in_as(app, BEN).open(f"/safeguarding/{concern_id}")
    assert "It was handed over." in page.words
