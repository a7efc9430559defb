"""The wall, a pledge’s own page, its card and its certificate: all there, or none."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from tests.making import a_plan, people_to_read, the
from tests.reading import Visitor
from tests.rooms.pledging.making import a_pledge, picture_of
from voice import counting, keeping, plans, reading, storage
from voice.plans.library import LIBRARY
from voice.pledging import WallPicture
from voice.pledging.models import KINDS, Pledge
from voice.web import lettering, paper

ON_SQLITE = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
WORDS = "I will cycle to school on Fridays."


def ways(pledge_id: uuid.UUID) -> list[str]:
    return [f"/pledges/{pledge_id}", f"/pledges/{pledge_id}/card.png", f"/pledges/{pledge_id}/certificate.pdf"]


def test_a_pledge_has_a_page_a_card_and_a_certificate_until_it_is_taken_back(visitor: Visitor) -> None:
    a_plan()
    people_to_read()
    pledge = a_pledge(WORDS, priority="1")
    pledge_id, nobodys = pledge.id, uuid.uuid4()
    first = ways(pledge_id)
    page = visitor.open("/pledges").soup.select_one(".pledge a")
    assert page["href"] == first[0]
    marks = [visitor.client.get(each).headers.get("ETag") for each in first]
    assert [visitor.client.get(each).status_code for each in first] == [200, 200, 200]
    keeping.erase(pledge.submission_id)
    storage.commit()
    storage.scrub()
    for way, mark, never in zip(first, marks, ways(nobodys), strict=True):
        gone = visitor.client.get(way, headers={"If-None-Match": mark} if mark else {})
        other = visitor.client.get(never).get_data(as_text=True)
        assert gone.status_code == 404
        assert gone.get_data(as_text=True) == other.replace(str(nobodys), str(pledge_id))  # byte for byte as if it had never been
        assert "We can’t find that page" in other


@ON_SQLITE
@pytest.mark.parametrize(
    "more",
    [
        {"cleared": False},
        {"ends_on": storage.today() - timedelta(days=1)},
        {"is_under_13": True},
    ],
    ids=["unread", "ended", "no parent has agreed"],
)
def test_a_pledge_that_is_not_shown_has_no_page(lite: Visitor, more: dict[str, object]) -> None:
    pledge = a_pledge(WORDS, **more)
    assert not lite.open("/pledges").soup.select(".pledge")
    assert {lite.client.get(each).status_code for each in ways(pledge.id)} == {404}


@ON_SQLITE
def test_a_pledge_is_there_until_its_last_day_and_once_a_parent_has_agreed(lite: Visitor) -> None:
    for more in ({"ends_on": storage.today()}, {"is_under_13": True, "words_agreed_on": storage.today()}):
        assert {lite.client.get(each).status_code for each in ways(a_pledge(WORDS, **more).id)} == {200}


@ON_SQLITE
def test_withheld_after_it_was_shown_takes_its_page_away(lite: Visitor) -> None:
    pledge = a_pledge(WORDS)
    reading.withhold(pledge.view_id, "unkind_to_someone", the("officer"))
    storage.commit()
    assert {lite.client.get(each).status_code for each in ways(pledge.id)} == {404}


@ON_SQLITE
def test_the_wall_is_filtered_by_priority_and_by_place(lite: Visitor) -> None:
    document = plans.read_plan(LIBRARY / "herefordshire-pledges.yaml")
    document["localities"] = [{"code": "leominster", "name": "Leominster"}, {"code": "ledbury", "name": "Ledbury"}]
    plans.import_plan(document)
    plan = plans.current_plan()
    assert plan
    here, there = plans.places(plan.id)[:2]
    for words, priority, place in (
        ("I will plant a tree.", "1", here.code),
        ("I will dig the garden.", "1", there.code),
        ("I will sing.", "2", here.code),
    ):
        a_pledge(words, priority=priority, place=place)

    def found(query: str) -> set[str]:
        return {each.get_text() for each in lite.open(f"/pledges?{query}").soup.select(".pledge .words")}

    assert found(f"priority=1&place={here.code}") == {"I will plant a tree."}
    assert found(f"place={here.code}") == {"I will plant a tree.", "I will sing."}
    assert found("priority=1&place=nowhere") == {"I will plant a tree.", "I will dig the garden."}
    page = lite.open(f"/pledges?priority=3&place={there.code}")
    assert "No pledge fits that yet" in page.words
    assert {each["name"] for each in page.soup.select("form.filters select")} == {"priority", "place"}


@ON_SQLITE
def test_nothing_of_a_pledge_tells_a_day_or_leads_to_a_person_and_no_engine_keeps_it(lite: Visitor) -> None:
    pledge = a_pledge(WORDS, ends_on=storage.today() + timedelta(days=300), kept_on=storage.today())
    page = lite.open(f"/pledges/{pledge.id}")
    assert page.headers["X-Robots-Tag"] == "none"
    assert page.one("meta[name=robots]")["content"] == "none"
    assert page.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert page.one("title").get_text() == "A young person’s pledge – Voice"
    year = str(storage.today().year)
    said = page.one("main").get_text()
    for hidden in (str(pledge.submission_id), str(pledge.view_id), year):
        assert hidden not in said
        assert hidden not in page.soup.select_one("meta[property='og:image']")["content"]
    for way in ways(pledge.id):
        assert lite.client.get(way).headers["X-Robots-Tag"] == "none"
    assert "noarchive" in lite.open("/pledges").headers["X-Robots-Tag"]


@ON_SQLITE
def test_the_card_is_a_picture_of_its_size_asked_for_anew_and_the_same_until_the_words_change(lite: Visitor) -> None:
    pledge = a_pledge(WORDS)
    shared = lite.open(f"/pledges/{pledge.id}").soup
    address = shared.select_one("meta[property='og:image']")["content"]
    assert address.startswith("http")
    assert address.endswith(f"/pledges/{pledge.id}/card.png")
    reply = lite.client.get(f"/pledges/{pledge.id}/card.png")
    picture = Image.open(BytesIO(reply.data))
    assert (reply.mimetype, picture.format, picture.size) == ("image/png", "PNG", (1200, 630))
    assert not picture.info.keys() & {"exif", "Software", "Creation Time"}
    again = lite.client.get(f"/pledges/{pledge.id}/card.png", headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert lite.client.get(f"/cy/pledges/{pledge.id}/card.png").status_code == 200
    reading.redact(pledge.view_id, "I will cycle to […].", "names_someone", the("officer"))
    storage.commit()
    changed = lite.client.get(f"/pledges/{pledge.id}/card.png", headers={"If-None-Match": reply.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.data != reply.data


@ON_SQLITE
def test_a_picture_stands_on_the_wall_when_its_maker_and_a_parent_agreed_and_somebody_has_shown_it(lite: Visitor) -> None:
    agreed: dict[str, Any] = {"shows_picture": True, "shown_as": "A hand holding a leaf"}
    under = {"is_under_13": True, "words_agreed_on": storage.today()}
    there = [
        a_pledge("I will dig the garden.", kind="drawing", **agreed),
        a_pledge("I will read.", kind="card", **agreed, **under, picture_agreed_on=storage.today()),
    ]
    drawn = [
        a_pledge("I will sing.", kind="card", shown_as="A song"),  # its maker did not agree
        a_pledge("I will dance.", kind="card", **agreed, **under),  # no parent has agreed to the picture
        a_pledge("I will draw.", kind="selfie", shows_picture=True),  # nobody has looked at it
    ]
    not_there = [
        a_pledge("I will dig the garden.", kind="drawing", **agreed, cleared=False),
        a_pledge("I will dig the garden.", kind="drawing", **agreed, ends_on=storage.today() - timedelta(days=1)),
        a_pledge("I will dig the garden.", kind="drawing", **agreed, is_under_13=True),
    ]
    page = lite.open("/pledges")
    assert len(page.soup.select(".pledge")) == 5
    assert len(page.soup.select(".pledge svg.art")) == 3  # all others have a drawing of ours in the same frame
    shown = {each["src"]: each for each in page.soup.select(".pledge img")}
    assert set(shown) == {picture_of(each) for each in there}
    one = shown[picture_of(there[0])]
    assert (one["alt"], one["width"], one["height"]) == ("A hand holding a leaf", "64", "48")
    assert {lite.client.get(picture_of(each)).status_code for each in there} == {200}
    assert {lite.client.get(picture_of(each)).status_code for each in drawn + not_there} == {404}


@ON_SQLITE
def test_what_is_taken_back_withheld_or_over_takes_its_picture_away_from_the_next_request_on(lite: Visitor) -> None:
    one, two, three = (a_pledge("I will dig the garden.", kind="drawing", shows_picture=True, shown_as="A spade") for _ in range(3))
    ways = [picture_of(each) for each in (one, two, three)]
    marks = [lite.client.get(each).headers["ETag"] for each in ways]
    keeping.erase(one.submission_id)
    reading.withhold(two.view_id, "unkind_to_someone", the("officer"))
    three.ends_on = storage.today() - timedelta(days=1)
    storage.commit()
    storage.scrub()
    gone = [lite.client.get(way, headers={"If-None-Match": mark}) for way, mark in zip(ways, marks, strict=True)]
    assert [each.status_code for each in gone] == [404, 404, 404]
    assert not lite.open("/pledges").soup.select(".pledge")


@ON_SQLITE
def test_a_page_of_the_wall_never_begins_with_a_face(lite: Visitor) -> None:
    ids = [uuid.UUID(int=number << 64, version=4) for number in range(1, 4)]
    kinds = {str(each): kind for each, kind in zip(ids, ("selfie", "selfie", "words"), strict=True)}
    for each in ids:
        a_pledge("I will plant a tree.", id=each, kind=kinds[str(each)], shows_picture=True, shown_as="Somebody smiles")
    links = [each["href"].rpartition("/")[2] for each in lite.open("/pledges").soup.select(".pledge a")]
    assert [kinds[each] for each in links] == ["words", "selfie", "selfie"]


def test_a_picture_is_offered_in_the_sizes_it_has() -> None:
    upright = WallPicture("f00d", 900, 1600, "A hand holding a leaf")
    assert [upright.sized(edge) for edge in (240, 720, 1600)] == [(135, 240), (405, 720), (900, 1600)]
    assert WallPicture("f00d", 64, 48, "Small").sized(720) == (64, 48)


@ON_SQLITE
def test_a_full_page_of_the_wall_fits_into_the_first_packets(lite: Visitor) -> None:
    for number in range(24):
        kind = KINDS[number % len(KINDS)]
        a_pledge(f"I will plant tree number {number} in the park.", priority="1", kind=kind, shows_picture=True, shown_as="A tree")
    sent = lite.client.get("/pledges", headers={"Accept-Encoding": "br"})
    sheets = [each["href"] for each in lite.open("/pledges").soup.select("link[rel=stylesheet]")]
    bodies = [sent.data, *(lite.client.get(each, headers={"Accept-Encoding": "br"}).data for each in sheets)]
    assert sent.headers["Content-Encoding"] == "br"
    assert sum(len(each) for each in bodies) <= 14 * 1024


@ON_SQLITE
def test_kept_pledges_are_said_in_steps_and_only_those_of_weeks_that_are_over(lite: Visitor) -> None:
    last_week = storage.week_of(storage.today()) - timedelta(days=1)
    made = [a_pledge("I will plant a tree.", kept_on=last_week if number else storage.today()) for number in range(counting.FEWEST)]
    assert not counting.give_out_kept()
    assert "kept so far" not in lite.open("/pledges").words
    storage.session().query(Pledge).update({"kept_on": last_week})
    assert counting.give_out_kept()
    storage.commit()
    for each in made[:9]:
        keeping.erase(each.submission_id)
    assert not counting.give_out_kept(), "nine who went, or came, are not told of"
    storage.commit()
    assert "10 or more pledges are kept so far" in lite.open("/pledges").words
    assert not lite.open("/pledges").soup.select(".pledge [class*=kept], .pledge .i")  # which ones, nobody is told


@ON_SQLITE
def test_without_what_sets_type_the_page_offers_neither_card_nor_certificate(lite: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    pledge = a_pledge(WORDS)
    monkeypatch.setattr(lettering, "can_letter", lambda: False)
    monkeypatch.setattr(paper, "can_print", lambda: False)
    page = lite.open(f"/pledges/{pledge.id}")
    assert not page.soup.select("meta[property='og:image'], .give")
    assert [lite.client.get(each).status_code for each in ways(pledge.id)] == [200, 404, 404]


@pytest.fixture
def lite(app: Flask) -> Visitor:
    """A visitor of an installation on SQLite, with a plan and people to read."""
    a_plan()
    people_to_read()
    return Visitor(app.test_client())
