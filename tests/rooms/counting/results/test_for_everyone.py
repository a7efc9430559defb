"""What everyone sees of it: a measure follows the waves of its question, and a release says what words were about. Of releases alone."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.making import a_priority, an_answer, the
from tests.reading import Visitor
from tests.rooms.counting.results.test_pages import GOOD, SLUG, a_wave, facts_of, send
from voice import counting, plans, reading, storage, understanding

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def publish(slug: str) -> None:
    counting.publish_release(counting.begin_release(facts_of(slug).id, the("publisher")), the("publisher"))
    storage.commit()


def test_a_measure_follows_the_waves_of_its_question(app: Flask) -> None:
    first = a_wave(1, 60, 0.2)
    priority = next(each for each in plans.priorities(facts_of("term-1").plan_id) if plans.measures_of(each.plan_id, each.id))
    measure = plans.measures_of(priority.plan_id, priority.id)[0]
    counting.link_measure(measure.id, first, "life_here", list(GOOD), "life here is good", the("officer"))
    publish("term-1")
    then = counting.readings([measure.id])[measure.id]
    assert (then.slug, then.earlier) == ("term-1", [])
    a_wave(2, 60, 0.9)
    assert counting.readings([measure.id])[measure.id] == then, "a wave without a release says nothing yet"
    publish("term-2")
    now = counting.readings([measure.id])[measure.id]
    assert now.slug == "term-2"
    assert now.percent > then.percent
    assert [(each.slug, each.percent) for each in now.earlier] == [("term-1", then.percent)]
    page = Visitor(app.test_client()).open(f"/plan/{priority.code}")
    assert f"{now.percent} in 100 say" in page.words
    assert f"{then.percent} in 100 on" in page.words
    counting.link_measure(measure.id, facts_of("term-2").id, "life_here", list(GOOD), "life here is good", the("officer"))
    assert counting.readings([measure.id])[measure.id].slug == "term-2"


def test_a_release_says_what_words_were_about(app: Flask) -> None:
    sent = send(60, words="The bus comes once a day.")
    views = [view for each in sent for view in each.view_ids]
    reading.clear(views, the("officer"))
    for view in views[:33]:
        understanding.confirm(view, [a_priority().id], the("officer"))
    open_one = understanding.make_theme(a_priority().id, "Buses stop too early for us.", views[:22], the("officer"), None)
    understanding.make_theme(a_priority().id, "Nobody outside reads this one.", views[:22], the("officer"), None)
    understanding.make_theme(a_priority().id, "Too few say this.", views[:3], the("officer"), None)
    counting.catch_up()
    an_answer(open_one)
    publish(SLUG)
    release = counting.current_release(facts_of(SLUG).id)
    assert release
    shown = {each.value: each.people for each in counting.tied(release, "theme")}
    assert sorted(shown.values()) == [20, 20], "to the nearest 5; of three people nothing"
    visitor = Visitor(app.test_client())
    page = visitor.open(f"/what-we-heard/{SLUG}")
    about = next(each for each in page.soup.select("section") if "What it was about" in each.get_text())
    assert [each.get_text() for each in about.select("th a")] == [a_priority().child_title, "Buses stop too early for us."]
    assert "about 35" in about.get_text()
    assert "What it was about" not in visitor.open(f"/what-we-heard/{SLUG}?by=age_band").words
    table = visitor.client.get(f"/what-we-heard/{SLUG}/figures.csv").get_data(as_text=True)
    assert '"Buses stop too early for us.","20"' in table
    assert "Nobody outside" not in table
