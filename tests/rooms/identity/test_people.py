"""The administrator's room: invitations, roles that are kept apart, accounts that close, days away. On both databases (SAFETY S1, S2)."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import Ground
from tests.making import a_member
from tests.matrix.decisions import read
from tests.reading import Visitor
from voice import audit, identity, storage
from voice.identity import invitations, people
from voice.identity.combining import APART, READS_WORDS, clash, forbidden_pairs, shared_duties
from voice.identity.models import MemberRole
from voice.identity.rules import ROLES

SignIn = Callable[..., Visitor]
ADMIN = "administrator@demo.example"
TODAY = storage.today


def letters(ground: Ground) -> list[str]:
    return [message_from_bytes(file.read_bytes()).get_payload() for file in sorted(Path(ground.folder, "outbox").glob("*.eml"))]  # type: ignore[misc]


# --- roles that are kept apart


@pytest.mark.parametrize("reader", sorted(READS_WORDS))
def test_whoever_gives_out_accounts_reads_no_words(reader: str) -> None:
    assert clash(["administrator", reader])
    assert clash(["analyst", reader])


def test_a_young_person_of_the_board_holds_nothing_else() -> None:
    assert all(clash(["board_member", role]) for role in ROLES if role != "board_member")
    assert clash(["board_member"]) is None


@pytest.mark.parametrize(
    "together", [("officer", "publisher"), ("officer", "safeguarding_lead"), ("partner", "answer_owner"), ("administrator", "publisher")]
)
def test_one_person_may_hold_several_where_two_are_never_needed_from_one(together: tuple[str, ...]) -> None:
    assert clash(together) is None


def test_no_roles_that_may_be_held_together_open_everything() -> None:
    """From the matrix: whatever one person may hold, some pages stay closed to them, and no administrator opens a page of raw words."""
    pages = read()
    open_to = {role: {page for page, what in pages.items() if role in str(what)} for role in ROLES}
    everything = set().union(*open_to.values())
    allowed = [roles for size in range(1, len(ROLES) + 1) for roles in itertools.combinations(ROLES, size) if clash(roles) is None]
    assert len(allowed) >= 20
    for roles in allowed:
        assert set().union(*(open_to[role] for role in roles)) != everything, roles


def test_a_hand_over_reaches_only_what_both_may_do() -> None:
    assert shared_duties({"officer", "answer_owner"}, {"answer_owner"}) == {"answer_owner"}
    assert shared_duties({"safeguarding_lead"}, {"safeguarding_deputy"}) == {"safeguarding_lead", "safeguarding_deputy"}
    assert not shared_duties({"officer"}, {"publisher"})


def test_the_database_keeps_roles_apart_by_itself(app: Flask) -> None:
    for pair in sorted(map(sorted, forbidden_pairs())):
        first, second = pair
        member = a_member(first, email=f"{first}-{second}@demo.example")
        storage.session().add(MemberRole(member_id=member, role=second))
        with pytest.raises(DBAPIError, match="not held together"):
            storage.session().flush()
        storage.session().rollback()
    assert len(forbidden_pairs()) >= sum(len(rule.these) for rule in APART)


def test_adding_changing_and_inviting_keep_roles_apart(app: Flask) -> None:
    admin, officer = a_member("administrator"), a_member("officer")
    for act in (
        lambda: identity.add_member("new@demo.example", "New", ["administrator", "officer"], "four words that nobody says"),
        lambda: identity.change_roles(officer, ["officer", "analyst"], admin),
        lambda: identity.invite("other@demo.example", "Other", ["school", "officer"], admin),
    ):
        with pytest.raises(identity.NotTogether):
            act()


# --- inviting


def test_an_adult_is_invited_by_letter_and_the_invitation_sent_again_and_withdrawn(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    admin = signed_in("administrator")
    admin.open("/work/people")
    admin.follow("Invite someone")
    page = admin.press("Send the letter", name="Nia Rees", email="nia@demo.example", roles=["officer", "publisher"])
    assert page.heading == "People"
    assert "The letter is on its way." in page.words
    assert "Nia Rees nia@demo.example · Participation officer, Publisher" in page.words
    first = letters(ground)
    assert len(first) == 1
    assert "Hello Nia Rees" in first[0]
    admin.press("Send it again")
    assert len(letters(ground)) == 2
    assert len(identity.invitations_waiting()) == 1, "the one before is no good any more"
    page = admin.press("Withdraw it")
    assert "no good any more" in page.words
    assert identity.invitations_waiting() == []


def test_what_is_missing_in_an_invitation_is_said_and_nothing_is_lost(app: Flask, signed_in: SignIn) -> None:
    admin = signed_in("administrator")
    admin.open("/work/people/invite")
    page = admin.press("Send the letter", status=400, name="Sam", email="sam@", roles=["school"])
    assert "That is not an e-mail address" in page.words
    assert "comes from somewhere" in page.words
    assert page.one("#name")["value"] == "Sam"
    page = admin.press(
        "Send the letter",
        status=400,
        email="sam@school.example",
        roles=["school", "officer"],
        organisation="another",
        organisation_name="Hill School",
    )
    assert "sees what came of its own groups" in page.words
    page = admin.press("Send the letter", email="sam@school.example", roles=["school"], organisation="another", organisation_name="Hill School")
    assert "on its way" in page.words
    page = admin.open("/work/people/invite")
    page = admin.press("Send the letter", status=400, name="A", email=ADMIN, roles=["officer"])
    assert "signs in with this address already" in page.words


def test_where_an_invited_person_comes_from_goes_with_them(app: Flask) -> None:
    admin = a_member("administrator")
    place = identity.make_organisation("Hill School", "school", admin)
    invited = identity.invite("sam@school.example", "Sam", ["school"], admin)
    identity.belong(place, admin, invitation_id=invited.id)
    storage.commit()
    member = invitations.take_up(invited.id, "Sam", "purple kettle orbit marsh")
    found = identity.organisation_of(member.id)
    assert found
    assert found.name == "Hill School"


def test_a_young_person_is_invited_by_card(app: Flask, signed_in: SignIn) -> None:
    admin = signed_in("administrator")
    page = admin.open("/work/people/invite")
    token = page.soup.select_one("input[name=csrf_token]")
    assert token
    reply = admin.client.post("/work/people/card", data={"csrf_token": str(token["value"]), "name": "Fox"})
    assert reply.status_code == 200
    waiting = identity.invitations_waiting()
    assert [(each.name, each.email, each.roles) for each in waiting] == [("Fox", None, ("board_member",))]
    admin.open("/work/people/invite")
    page = admin.press("Make the card", status=400, name="")
    assert "what the board calls them" in page.words


# --- changing and closing


def test_roles_change_by_letter_and_end_every_session(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    officer, admin = signed_in("officer", email="ann@demo.example"), signed_in("administrator")
    who = member_of("ann@demo.example")
    admin.open(f"/work/people/{who}")
    page = admin.press("Save", roles=["publisher"])
    assert "What they may do is changed" in page.words
    assert officer.open("/work/start").path.startswith("/sign-in")
    assert "From now on you are: Publisher." in letters(ground)[0]
    page = admin.press("Save", status=400, roles=["officer", "analyst"])
    assert "An analyst sees numbers alone" in page.words


def test_nobody_changes_their_own_roles(app: Flask, signed_in: SignIn) -> None:
    admin = signed_in("administrator")
    own = member_of(ADMIN)
    page = admin.open(f"/work/people/{own}")
    assert "Nobody changes their own roles" in page.words
    assert "Close the account" not in page.words
    for act in ("roles", "close"):
        reply = post(admin, f"/work/people/{own}/{act}", roles="publisher")
        assert reply in (400, 409), act
    assert identity.person(own).roles == {"administrator"}  # type: ignore[union-attr]


def test_the_last_administrator_stays(app: Flask) -> None:
    only, other = a_member("administrator"), a_member("publisher")
    with pytest.raises(identity.LastAdministrator):
        identity.close_member(only, other)
    with pytest.raises(identity.LastAdministrator):
        identity.change_roles(only, ["publisher"], None)
    second = a_member("administrator", email="second@demo.example")
    identity.close_member(only, second)
    storage.commit()
    with pytest.raises(identity.LastAdministrator):
        identity.close_member(second, other)


def test_an_account_closes_at_once_and_no_letter_brings_it_back(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    owner, admin = signed_in("answer_owner", email="ben@demo.example"), signed_in("administrator")
    who = member_of("ben@demo.example")
    again = identity.invite_again(who, None)
    storage.commit()
    admin.open(f"/work/people/{who}")
    page = admin.press("Close the account")
    assert "The account is closed" in page.words
    assert "Those who have left 1" in page.words
    assert owner.open("/work/answers").path.startswith("/sign-in")
    assert "Voice account is closed" in Path(next(Path(ground.folder, "outbox").glob("*.eml"))).read_text()
    assert invitations.good(again.id) is None
    admin.open(f"/work/people/{who}", status=404)


def test_a_letter_with_old_roles_is_no_good_after_a_change(app: Flask) -> None:
    admin, who = a_member("administrator"), a_member("officer")
    again = identity.invite_again(who, admin)
    identity.change_roles(who, ["answer_owner"], admin)
    storage.commit()
    with pytest.raises(invitations.NoInvitation):
        invitations.take_up(again.id, "Back", "purple kettle orbit marsh")


def test_dangerous_acts_ask_again(app: Flask, signed_in: SignIn, clock: Callable[[], object]) -> None:
    admin, who = signed_in("administrator"), a_member("publisher")
    clock.on(minutes=16)  # type: ignore[attr-defined]
    for path in ("/work/people/invite", f"/work/people/{who}"):
        assert admin.open(path).heading == "Is it still you?"
    assert admin.open("/work/people").heading == "People"


# --- days away


def test_someone_stands_in_and_both_see_it(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    ann, ben = signed_in("officer", "answer_owner", email="ann@demo.example"), signed_in("answer_owner", email="ben@demo.example")
    a_member("publisher", email="cal@demo.example")
    ann.open("/work/away")
    assert "Cal" not in ann.page.words  # type: ignore[union-attr]
    ben_id = str(member_of("ben@demo.example"))
    days = {"first_day": TODAY().isoformat(), "last_day": (TODAY() + timedelta(days=5)).isoformat()}
    page = ann.press("Let them stand in", status=400, deputy=ben_id, first_day="2020-01-01", last_day="2020-01-05")
    assert "These days are over" in page.words
    page = ann.press("Let them stand in", deputy=ben_id, **days)
    assert "Ben stands in for you until" in str(page.soup)
    assert len(letters(ground)) == 2
    assert "You stand in for Ann until" in str(ben.open("/work/answers").soup)
    assert identity.on_behalf_of(uuid.UUID(ben_id)) == {member_of("ben@demo.example"), member_of("ann@demo.example")}
    ann.open("/work/away")
    ann.press("I am back")
    assert "stand in for Ann" not in str(ben.open("/work/answers").soup)


def test_standing_in_gives_nobody_a_role(app: Flask) -> None:
    ann, ben = a_member("officer", "answer_owner", email="ann@demo.example"), a_member("answer_owner", email="ben@demo.example")
    admin = a_member("administrator")
    identity.hand_over(ann, ben, TODAY(), TODAY(), admin)
    storage.commit()
    assert identity.person(ben).roles == {"answer_owner"}  # type: ignore[union-attr]
    identity.change_roles(ben, ["publisher"], admin)
    assert identity.on_behalf_of(ben) == {ben}, "whoever lost the role stands in no more"
    with pytest.raises(identity.NotADeputy, match="share no role"):
        identity.hand_over(ann, ben, TODAY(), TODAY(), admin)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(5, 2, "before the first"), (-5, -1, "are over"), (0, 92, "three months")],
)
def test_days_away_are_days_to_come_and_not_too_many(app: Flask, first: int, last: int, why: str) -> None:
    ann, ben = a_member("officer"), a_member("officer", email="ben@demo.example")
    with pytest.raises(identity.NotADeputy, match=why):
        identity.hand_over(ann, ben, TODAY() + timedelta(days=first), TODAY() + timedelta(days=last), None)


def test_the_administrator_hands_over_for_someone_and_ends_it(app: Flask, signed_in: SignIn) -> None:
    ann, ben, admin = a_member("officer"), a_member("officer", email="ben@demo.example"), signed_in("administrator")
    admin.open(f"/work/people/{ann}")
    days = {"first_day": TODAY().isoformat(), "last_day": TODAY().isoformat()}
    page = admin.press("Let them stand in", deputy=str(ben), **days)
    assert "Someone stands in" in page.words
    assert "Ben stands in for Officer" in admin.open("/work/people").words
    admin.open(f"/work/people/{ann}")
    page = admin.press("They are back")
    assert "Nobody stands in any more" in page.words


def test_nobody_ends_the_days_away_of_another(app: Flask, signed_in: SignIn) -> None:
    ann, ben = a_member("officer", email="ann@demo.example"), signed_in("officer", email="ben@demo.example")
    made = identity.hand_over(ann, member_of("ben@demo.example"), TODAY(), TODAY(), None)
    storage.commit()
    assert post(ben, f"/work/away/{made}/end") == 404


# --- where to begin, and the record


def test_every_role_finds_where_to_begin(app: Flask, signed_in: SignIn) -> None:
    admin = signed_in("administrator").open("/work/start")
    assert "Invite people, say what each may do" in admin.words
    officer = signed_in("officer").open("/work/start")
    assert "Read what young people said" in officer.words
    assert "Invite people" not in officer.words


def test_the_record_shows_ids_and_counts_and_no_reason_but_of_accounts(app: Flask, signed_in: SignIn) -> None:
    admin, ann = signed_in("administrator"), a_member("officer", email="ann@demo.example")
    audit.read_raw(ann, "read raw", "view", [uuid.uuid4(), uuid.uuid4()])
    audit.record(ann, "withheld", "view", uuid.uuid4(), "REASON-OF-A-VIEW")
    audit.seal()
    storage.commit()
    page = admin.open("/work/record")
    assert "The newest seals fit." in page.words
    assert "REASON-OF-A-VIEW" not in str(page.soup)
    row = page.soup.select("tbody tr")[0].get_text(" ", strip=True)
    assert row.endswith("Ann 2")
    page = admin.open("/work/record?view=accounts")
    assert "member added officer" in page.words
    assert "withheld" not in page.soup.select("table")[-1].get_text()
    page = admin.press("Show these", who=str(ann), view="raw")
    assert len(page.soup.select("table")[-1].select("tbody tr")) == 2
    assert "Every seal fits." in admin.open("/work/record?check=all").words
    assert admin.open("/work/record?who=nobody&before=x&view=no&act=none").status == 200


def test_a_changed_line_shows_itself(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    admin = signed_in("administrator")
    audit.seal()
    storage.commit()
    loosen = "DROP TRIGGER audit_row_no_update" if ground.kind == "sqlite" else "ALTER TABLE audit_row DISABLE TRIGGER USER"
    for act in (loosen, "UPDATE audit_row SET what = 'nothing at all' WHERE number = 1"):
        storage.session().execute(text(act))
    storage.commit()
    try:
        assert "Seal 1 does not fit" in admin.open("/work/record").words
    finally:
        if ground.kind != "sqlite":
            storage.session().execute(text("ALTER TABLE audit_row ENABLE TRIGGER USER"))
            storage.commit()


def member_of(email: str) -> uuid.UUID:
    return next(each.id for each in people.everyone() if each.email == email)


def post(visitor: Visitor, path: str, **fields: str) -> int:
    """Send a form nobody showed, with a token of one’s own; the status comes back."""
    found = visitor.open("/me").soup.select_one("input[name=csrf_token]")
    assert found
    return visitor.client.post(path, data={"csrf_token": str(found["value"]), **fields}).status_code
