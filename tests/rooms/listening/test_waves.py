"""The same questions each term, on both databases."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from tests.reading import Visitor
from tests.rooms.listening.making import WORDS, an_open_activity, to_check
from voice import asking, storage
from voice.asking.models import Activity
from voice.asking.terms import term_of
from voice.config import settings
from voice.keeping.models import Submission
from voice.plans.models import Plan
from voice.storage import today
from voice.workers import jobs_of


def a_series(*, ended: bool = True) -> None:
    """An activity of last term that repeats, thirty days long; or the one of this term, still open."""
    term = term_of(today(), settings().terms)
    if not ended:
        an_open_activity(repeats="termly", opens_in=0)
        return
    opens = (term - timedelta(days=60) - today()).days
    an_open_activity(repeats="termly", opens_in=opens, closes_in=opens + 30)


def slugs() -> list[tuple[str, int]]:
    storage.session().rollback()
    return [(row.slug, row.wave) for row in storage.session().scalars(select(Activity).order_by(Activity.wave))]


def make_due() -> int:
    made = asking.ask_again()
    storage.commit()
    return made


def stay_open() -> None:
    """This term's wave may be over by now; the tests below want it open."""
    storage.session().execute(update(Activity).where(Activity.slug == "way-2").values(closes_on=None))
    storage.commit()


def test_a_new_term_asks_the_same_questions_again_once(app: Flask) -> None:
    term = term_of(today(), settings().terms)
    a_series()
    first = asking.activity("way")
    storage.session().execute(update(Activity).values(closes_on=None))  # as long as the term, whichever day this runs
    storage.commit()
    assert [make_due(), make_due()] == [1, 0]
    assert slugs() == [("way", 1), ("way-2", 2)]
    again = asking.activity("way-2")
    assert first
    assert again
    assert again.digest == first.digest
    assert again.opens_on == term
    assert again.reply_by - again.opens_on == first.reply_by - first.opens_on
    assert again.title.startswith("Your way to school (")
    assert again.address == first.address == "way"
    before = asking.activity("way")
    assert before
    assert before.closes_on == term - timedelta(days=1)


def test_a_term_that_has_its_wave_gets_no_second(app: Flask) -> None:
    a_series(ended=False)
    assert make_due() == 0


def test_what_does_not_repeat_is_asked_once(app: Flask) -> None:
    an_open_activity(opens_in=-400, closes_in=-370)
    assert make_due() == 0


def test_a_plan_that_is_no_longer_current_asks_nothing_again(app: Flask) -> None:
    a_series()
    storage.session().execute(update(Plan).values(is_current=False))
    storage.commit()
    assert make_due() == 0


def test_a_wave_another_worker_made_is_not_made_again(app: Flask) -> None:
    a_series()
    storage.session().execute(update(Activity).values(closes_on=None))
    first = storage.session().scalars(select(Activity)).one()
    theirs = Activity(
        slug="way-2", kind=first.kind, title=first.title, plan_id=first.plan_id, instrument_version_id=first.instrument_version_id,
        opens_on=today(), closes_on=None, reply_by=first.reply_by + timedelta(days=400), decision_maker="x", series="way", wave=2,
    )  # fmt: skip
    storage.session().add(theirs)
    storage.commit()
    assert make_due() == 0
    assert slugs() == [("way", 1), ("way-2", 2)]


def test_where_its_address_is_taken_the_wave_gets_another(app: Flask) -> None:
    a_series()
    storage.session().execute(update(Activity).values(closes_on=None))
    storage.commit()
    an_open_activity("way-2", readers=False)
    assert make_due() == 1
    assert ("way-wave-2", 2) in slugs()


def test_the_worker_makes_what_is_due(app: Flask) -> None:
    a_series()
    storage.session().execute(update(Activity).values(closes_on=None))
    storage.commit()
    assert {job.name: job for job in jobs_of(app).all()}["ask again each term"].run() == 1


def test_a_poster_leads_to_the_wave_that_is_open_now(visitor: Visitor, app: Flask) -> None:
    a_series()
    storage.session().execute(update(Activity).values(closes_on=None))
    storage.commit()
    make_due()
    stay_open()
    page = visitor.open("/take-part")
    assert [str(link["href"]) for link in page.soup.select("main a.btn")] == ["/take-part/way-2"]
    to_check(visitor, "way", change=WORDS)
    page = visitor.press("Send it")
    assert page.heading == "Thank you. We have it."
    storage.session().rollback()
    kept = storage.session().scalars(select(Submission)).one()
    wave = asking.activity("way-2")
    assert wave
    assert kept.activity_id == wave.id


def test_a_poster_of_a_series_that_rests_says_so(visitor: Visitor, app: Flask) -> None:
    a_series()
    assert visitor.open("/take-part/way").heading == "This one is over"


def test_the_wave_of_a_term_is_closed_while_nobody_can_read_it(visitor: Visitor, app: Flask) -> None:
    term = term_of(today(), settings().terms)
    an_open_activity(repeats="termly", opens_in=(term - today()).days - 60, closes_in=(term - today()).days - 30, readers=False)
    storage.session().execute(update(Activity).values(closes_on=None))
    storage.commit()
    make_due()
    stay_open()
    assert visitor.open("/take-part/way").heading == "Closed for now"
