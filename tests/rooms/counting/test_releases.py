"""Releases: drafted, looked at, published, and then for good; and every place where their figures appear. On both databases where it matters."""

from __future__ import annotations

import csv
import io
import random
import re
import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, update

from tests.making import a_member, an_activity, the
from tests.reading import Visitor
from voice import counting, keeping, plans, storage
from voice.counting.composing import FILTERS
from voice.counting.release_models import Release

SignIn = Callable[..., Visitor]
SLUG = "my-week"


def send(many: int, *, face: str | None = None, age: str | None = None, seed: int = 1) -> list[uuid.UUID]:
    """Invented people who answer the opinion sheet."""
    chance, found = random.Random(seed), list[uuid.UUID]()
    for _ in range(many):
        answers = {"life_here": [face or chance.choice(("very_good", "quite_good", "middle", "quite_bad"))], "matters_most": ["home", "friends"]}
        facts = keeping.Facts(age_band=age or chance.choice(("11_13", "14_16")), place=chance.choice(("ross", "leominster")), way_in="qr")
        found.append(keeping.keep(str(uuid.uuid4()), activity_id=an_activity(), answers=answers, words=[], facts=facts).submission_id)
    counting.catch_up()
    storage.commit()
    return found


def publish() -> uuid.UUID:
    release_id = counting.begin_release(an_activity(), the("publisher"))
    counting.publish_release(release_id, the("publisher"))
    storage.commit()
    return release_id


def test_what_is_published_stays_whatever_comes_and_goes(app: Flask) -> None:
    sent = send(60)
    release_id = publish()
    before = counting.release(release_id)
    assert before
    assert abs(before.everyone - 60) <= 4
    for each in sent[:30]:
        keeping.erase(each)
    storage.commit()
    send(50, seed=2)
    now = counting.current_release(an_activity())
    assert now
    assert now.figures == before.figures
    for act in (update(Release).values(dropped=True), delete(Release)):
        with pytest.raises(Exception, match="what was published stays"):
            storage.session().execute(act)
        storage.session().rollback()


def test_a_new_one_needs_ten_who_came_or_went(app: Flask) -> None:
    sent = send(60)
    publish()
    for each in sent[:5]:
        keeping.erase(each)
    send(4, seed=3)
    with pytest.raises(counting.NothingMoves):
        counting.begin_release(an_activity(), the("publisher"))
    send(1, seed=4)
    publish()
    assert len(counting.releases_of(an_activity())) == 2


def test_who_comes_and_goes_between_two_releases_is_nobody(app: Flask) -> None:
    """Somebody who sends ten and takes them back must not make a figure move."""
    send(60)
    publish()
    for each in send(20, seed=5):
        keeping.erase(each)
    storage.commit()
    with pytest.raises(counting.NothingMoves):
        counting.begin_release(an_activity(), the("publisher"))


def test_a_draft_is_frozen_and_who_comes_after_it_is_new(app: Flask) -> None:
    send(60)
    draft = counting.begin_release(an_activity(), the("publisher"))
    storage.commit()
    shown = counting.release(draft)
    send(30, seed=6)
    assert counting.begin_release(an_activity(), the("publisher")) == draft, "one draft at a time"
    counting.publish_release(draft, the("publisher"))
    storage.commit()
    now = counting.release(draft)
    assert shown
    assert now
    assert now.figures == shown.figures
    publish()
    newest = counting.current_release(an_activity())
    assert newest
    assert abs(newest.everyone - 90) <= 4, "the thirty count as come since"


def test_a_draft_thrown_away_leaves_no_trace(app: Flask) -> None:
    send(60)
    draft = counting.begin_release(an_activity(), the("publisher"))
    counting.drop_release(draft, the("publisher"))
    storage.commit()
    assert counting.current_release(an_activity()) is None
    publish()
    assert [each.number for each in counting.releases_of(an_activity())] == [2]


# --- every place a figure appears (bars P1, P4, P5), on one database


@pytest.fixture
def out(app: Flask) -> Flask:
    if storage.session().get_bind().dialect.name != "sqlite":
        pytest.skip("pages are the same beside the other database")
    send(63)
    send(3, face="very_bad", age="17_19", seed=7)
    publish()
    return app


def _svg_and_words(page: Visitor, path: str) -> tuple[set[int], set[int], str]:
    """People, shares and the markup of a page."""
    body = page.client.get(path).get_data(as_text=True)
    people = {int(each) for each in re.findall(r"[Aa]bout (\d+)", body)}
    shares = {int(each) for each in re.findall(r'<td class="n">(\d+)<', body)} | {int(each) for each in re.findall(r'class="v" width="(\d+)"', body)}
    return people, shares, body


def test_no_figure_anywhere_is_of_few(out: Flask, visitor: Visitor, record_property: Callable[..., None]) -> None:
    """Numbers, percentages, bars, what is read aloud, tables, the page’s head and its description, and every cut there is."""
    places, numbers = 0, 0
    for cut in ("everyone", *FILTERS):
        path = f"/what-we-heard/{SLUG}" + ("" if cut == "everyone" else f"?by={cut}")
        if visitor.client.get(path).status_code == 404:
            continue
        people, shares, body = _svg_and_words(visitor, path)
        assert people
        assert all(each >= 10 and each % 5 == 0 for each in people), people
        assert 0 not in shares, "nobody and few look the same"
        assert "too few" in body
        head = body[: body.index("<body")]
        assert not re.search(r"\b(63|66|3)\b", re.sub(r'content="[^"]*width[^"]*"|/static/\S+', "", head))
        places, numbers = places + 1, numbers + len(people) + len(shares)
    lines = list(csv.reader(io.StringIO(visitor.client.get(f"/what-we-heard/{SLUG}/figures.csv").get_data(as_text=True).removeprefix("\ufeff"))))
    assert lines[0][3:5] == ["About how many people", "Out of 100"]
    for _who, _question, _answer, people_there, share, note in lines[1:]:
        assert (people_there == "") == (share == "") == (note != "")
        assert people_there == "" or int(people_there) >= 10
    record_property(
        "budget", f"P1: {places} cuts, {numbers} figures on pages, {len(lines) - 1} lines of CSV: none of fewer than 10, all multiples of 5"
    )


def _main(body: str) -> str:
    """The page without its menus, which keep the address one came by."""
    return body[body.index("<main") : body.index("</main>")]


def test_no_other_cut_can_be_asked_for(out: Flask, visitor: Visitor) -> None:
    """All ways through the filters: the fixed ones, one at a time."""
    for query in ("by=way_in", "by=language", "by=group", "by=age_band,place", "by=question", "by=", "by=theme"):
        assert visitor.client.get(f"/what-we-heard/{SLUG}?{query}").status_code == 404, query
    queries = ("by=age_band", "by=age_band&by=place&place=ross&age=11_13")
    one, two = (_main(visitor.client.get(f"/what-we-heard/{SLUG}?{query}").get_data(as_text=True)) for query in queries)
    assert one == two, "what else is asked for changes nothing"


def test_how_people_were_reached_stands_beside_the_figures(out: Flask, visitor: Visitor) -> None:
    words = visitor.open(f"/what-we-heard/{SLUG}").words
    assert "How people came to us" in words
    assert "QR code" in words


def test_a_publisher_drafts_looks_and_publishes(app: Flask, signed_in: SignIn) -> None:
    send(60)
    desk = signed_in("publisher")
    desk.open("/work/releases")
    page = desk.press("Draft figures")
    assert "Nobody outside sees it." in page.words
    assert "Fewer than 13 people, or nobody" in page.words
    assert desk.client.get("/what-we-heard/my-week").status_code == 404
    page = desk.press("Publish")
    assert "It is published." in page.words
    assert desk.client.get("/what-we-heard/my-week").status_code == 200
    page = desk.press("Draft figures")
    assert "There is nothing new to say yet." in page.words


def test_a_question_tells_how_a_measure_does(app: Flask, signed_in: SignIn) -> None:
    send(40, face="very_good")
    send(20, face="quite_bad", seed=8)
    publish()
    plan = plans.current_plan()
    assert plan
    priority = next(each for each in plans.priorities(plan.id) if plans.measures_of(plan.id, each.id))
    measure = plans.measures_of(plan.id, priority.id)[0]
    counting.link_measure(
        measure.id, an_activity(), "life_here", ["very_good", "quite_good"], "life here is good", a_member("officer", email="tie@demo.example")
    )
    storage.commit()
    found = counting.readings([measure.id])[measure.id]
    assert 60 <= found.percent <= 75
    outside = Visitor(app.test_client())
    assert f"{found.percent} in 100 say" in outside.open(f"/plan/{priority.code}").words
    with pytest.raises(ValueError, match="No such answers"):
        counting.link_measure(measure.id, an_activity(), "life_here", ["nothing"], "x", the("officer"))
    desk = signed_in("officer")
    assert "life here is good" in desk.open("/work/releases/measures").words
    page = desk.open(f"/work/releases/measures/{measure.id}?question={SLUG}:life_here")
    assert "Which answers count?" in page.words
    desk.press("Untie it")
    assert counting.readings([measure.id]) == {}
