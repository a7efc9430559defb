"""Readings from the desk to the page that everyone sees. On SQLite: what the database holds to is tested beside the acts."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.making import a_theme, an_answer, the
from tests.reading import Visitor
from tests.rooms.counting.results.test_pages import GOOD, SLUG, facts_of, send
from tests.rooms.delivering.test_measure_acts import a_measure
from voice import counting, identity, storage
from voice.delivering.measuring.actions import Given, Said, enter, say_numbers
from voice.delivering.measuring.commands import measures
from voice.extensions import db

SignIn = Callable[..., Visitor]
pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def test_everyone_reads_how_it_goes_in_words_first(app: Flask, visitor: Visitor) -> None:
    measure = a_measure("breastfeeding-6-8-weeks")
    for when, value in (("2023", 50), ("2024", 48.5), ("2025", 55)):
        enter(measure, Given(when, value, out_of=1800, origin="NHS England", story=f"What moved it in {when}."), the("officer"))
    storage.commit()
    page = visitor.open(f"/plan/1/measures/{measure.key}")
    assert "Up from 46% to 55%. We want: 60%, by 2012. We are nearer." in page.words
    assert "What moved it in 2025." in page.words
    assert [each.get_text() for each in page.soup.select("svg.over .value")] == ["50%", "48.5%", "55%"]


def test_it_is_said_how_old_a_figure_is(app: Flask, visitor: Visitor) -> None:
    measure = a_measure("breastfeeding-6-8-weeks")
    address = f"/plan/1/measures/{measure.key}"
    assert "No one has counted it yet." in visitor.open(address).words
    enter(measure, Given("2024-01", 50, out_of=1800), the("officer"))
    storage.commit()
    page = visitor.open(address)
    assert "Last counted" in page.words
    assert "It is time to count again." in page.words
    assert not page.soup.select("svg.over .way"), "one reading has no line"
    say_numbers(measure, Said(months=60), the("officer"))
    storage.commit()
    assert "It is time to count again." not in visitor.open(address).words


def test_it_leads_back_to_the_voices_and_the_release_agrees(app: Flask, visitor: Visitor) -> None:
    measure = a_measure("feeling-safer-and-helped", "herefordshire-pledges")
    an_answer(a_theme("The lane is dark after school.", heard=True))
    send(60, good=0.7)
    counting.link_measure(measure.id, facts_of(SLUG).id, "life_here", [GOOD[0]], "life here is very good", the("officer"))
    counting.publish_release(counting.begin_release(facts_of(SLUG).id, the("publisher")), the("publisher"))
    storage.commit()
    page = visitor.open(f"/plan/1/measures/{measure.key}")
    assert "The lane is dark after school." in page.words
    said = page.soup.select_one("#asked + ul b")
    assert said
    release = visitor.open(f"/what-we-heard/{SLUG}")
    bar = next(row for row in release.soup.select("table.bars tr") if "Very good" in row.get_text())
    shown = bar.select_one(".n")
    assert shown
    percent = shown.find(string=True)
    assert said.get_text().startswith(f"{percent} in 100 say")
    assert f"{percent}%" in visitor.open("/plan/1").words


def test_whole_plan_measures_have_an_address_and_others_are_not_there(app: Flask, visitor: Visitor) -> None:
    a_measure("plan-health-top-quarter", "herefordshire-2015")
    assert "in the best 25% of England" in visitor.open("/plan/measures/plan-health-top-quarter").words
    for path in ("/plan/measures/start-gap", "/plan/2/measures/start-gap", "/plan/99/measures/start-gap"):
        assert visitor.client.get(path).status_code == 404
    reply = visitor.client.get("/plan/3/measures/start-gap")
    assert reply.headers["ETag"]
    assert "public" in reply.headers["Cache-Control"]
    assert visitor.client.get("/plan/3/measures/start-gap", headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


def test_an_officer_enters_a_reading_and_is_told_what_stays_inside(app: Flask, signed_in: SignIn) -> None:
    measure = a_measure("early-years-gap")
    officer = signed_in("officer")
    officer.open("/work/measures")
    officer.open(f"/work/measures/{measure.id}")
    page = officer.press("Keep it", value="31.5%", when="2023/24")
    assert "stays inside until you say how many it is out of" in page.words
    page = officer.press("Keep it", value="31.5%", when="2023/24", out_of="1,800", story="More nurseries opened.")
    assert "It took the place of the one there was." in page.words
    page = officer.press("Keep it", value="lots", when="2024/25", status=400)
    assert "“lots” is no number we can read." in page.words
    page = officer.press("Keep it", value="30", when="2024/25", out_of="1800", story="Those NEETs again.", status=400)
    assert "may label a child" in page.words
    page = officer.press("Keep it", value="30", when="2024/25", out_of="1800", story="Fewer fell behind.")
    assert "The reading is kept." in page.words
    assert "More nurseries opened." in page.words
    assert officer.open(f"/work/measures/{measure.id}").soup.select_one("#when")["value"] == "2025/26"  # type: ignore[index]  # it is there


def test_a_text_without_a_number_gets_one_by_hand(app: Flask, signed_in: SignIn) -> None:
    measure = a_measure("coming-into-care")
    officer = signed_in("officer")
    officer.open(f"/work/measures/{measure.id}/numbers")
    page = officer.press("Keep them", unit="rate", per="10,000", baseline="61", target="54.5", months="12")
    assert "The numbers are kept." in page.words
    assert "the average of similar areas" in page.words, "what is printed stays"
    officer.open(f"/work/measures/{measure.id}")
    page = officer.press("Keep it", value="58", when="2024/25", out_of="35000")
    assert "Down from 61 in every 10,000 to 58 in every 10,000." in page.words
    officer.open(f"/work/measures/{measure.id}/numbers")
    assert "Say per how many it is" in officer.press("Keep them", unit="rate", per="", status=400).words


def test_an_owner_sees_their_own_measure_alone(app: Flask, signed_in: SignIn) -> None:
    measure, other = a_measure("early-years-gap"), a_measure("child-poverty")
    owner = signed_in("answer_owner", email="owns@demo.example")
    assert "There is no measure here for you." in owner.open("/work/measures").words
    own = next(each.id for each in identity.members_with("answer_owner"))
    say_numbers(measure, Said(owner_id=own), the("officer"))
    storage.commit()
    page = owner.open("/work/measures")
    assert [each.get_text(strip=True) for each in page.soup.select(".measured a")] == [measure.words]
    assert owner.client.get(f"/work/measures/{other.id}").status_code == 404
    owner.open(f"/work/measures/{measure.id}")
    assert "The reading is kept." in owner.press("Keep it", value="30", when="2024", out_of="900").words
    assert owner.client.get(f"/work/measures/{measure.id}/numbers").status_code == 403


def test_a_reading_is_put_right_told_of_and_taken_out(app: Flask, signed_in: SignIn, visitor: Visitor) -> None:
    measure = a_measure("early-years-gap")
    taken = enter(measure, Given("2024", 31, out_of=900), the("officer"))
    storage.commit()
    officer, own = signed_in("officer", email="other@demo.example"), f"/work/measures/{measure.id}"
    officer.open(f"{own}/readings/{taken.reading_id}")
    officer.press("Keep the story", story="A new nursery opened.")
    assert "A new nursery opened." in visitor.open(f"/plan/1/measures/{measure.key}").words
    assert officer.client.get(f"{own}/readings/{taken.reading_id}").status_code == 409
    now = next(link["href"] for link in officer.open(own).soup.select("td a.text"))
    officer.open(str(now))
    assert "Say in a few words why." in officer.press("Take it out", why="", status=400).words
    officer.press("Take it out", why="It was of another county.")
    page = officer.open(own)
    assert "No reading yet." in page.words
    assert "taken out" in page.words
    assert "A new nursery opened." not in visitor.open(f"/plan/1/measures/{measure.key}").words


def test_readings_come_in_from_a_file(app: Flask, signed_in: SignIn, tmp_path: Path) -> None:
    a_measure("early-years-gap")
    officer = signed_in("officer")
    template = officer.client.get("/work/measures/template").get_data(as_text=True)
    assert '"early-years-gap"' in template
    officer.open("/work/measures/import")
    page = officer.press("Put them in", pasted="measure,when,value,out_of\nearly-years-gap,2023,31%,900\nnot-ours,2023,31%,900", status=400)
    assert "One reading is new." in page.words
    assert "Line 3: The plan has no measure “not-ours”." in page.words
    data = {"file": (io.BytesIO(b"measure;value\n"), "x.csv"), "csrf_token": page.soup.select_one("[name=csrf_token]")["value"]}  # type: ignore[index]  # it is there
    assert "names no column “when”" in officer.client.post("/work/measures/import", data=data).get_data(as_text=True)
    file = tmp_path / "readings.csv"
    file.write_text("measure,when,value,out_of\nearly-years-gap,2023,31%,900\nearly-years-gap,2024,30%,900\nnone,2024,30%,9\n", encoding="utf-8")
    db.session.remove()
    ran = CliRunner().invoke(measures, ["import", str(file)], obj=lambda: app)
    assert "1 readings new, 0 put right, 1 there already, 1 lines left out" in ran.output
