"""What is printed: posters, flyers, slips. Read as it is set, before it becomes a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import segno
from bs4 import BeautifulSoup
from flask import Flask

from tests.making import the
from tests.reading import Visitor, tidy
from tests.rooms.inviting.making import a_group, some_slips
from tests.rooms.listening.making import SHORT, an_open_activity
from voice import asking, inviting
from voice.asking import ActivityFacts
from voice.config import settings
from voice.inviting import posters, slips
from voice.web import paper

SignIn = Callable[..., Visitor]
NAME, AUDIENCE = "Thursday circle", "Young carers"


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every sheet that is made: its HTML, and on how many pages it stands."""
    made: list[tuple[str, int]] = []
    as_set = paper.laid_out

    def watched(html: str) -> Any:
        document = as_set(html)
        made.append((html, len(document.pages)))
        return document

    monkeypatch.setattr(paper, "laid_out", watched)
    return made


def squares(html: str) -> list[str]:
    return [str(each["d"]) for each in BeautifulSoup(html, "html5lib").select("svg.qr path")]


def square_of(url: str) -> str:
    found = re.search(r' d="([^"]+)"', segno.make(url, error="m", micro=False).svg_inline(border=0))
    assert found
    return found[1]


def the_activity(**more: Any) -> ActivityFacts:
    an_open_activity(document={**SHORT, **more})
    found = asking.activity("way")
    assert found
    return found


def test_a_slip_holds_its_code_its_receipt_and_nothing_of_its_group(app: Flask, sheets: list[tuple[str, int]]) -> None:
    group = a_group("targeted", name=NAME, audience=AUDIENCE, readers=[the("officer")])
    made = some_slips(group, 9)
    with app.test_request_context("/"):
        reply = slips.as_pdf(made, "en")
    assert reply.data.startswith(b"%PDF-")
    html, pages = sheets[0]
    assert pages == 2
    words = tidy(BeautifulSoup(html, "html5lib").get_text(" "))
    for slip in made:
        assert inviting.written(slip.code) in words
        assert all(word in words for word in slip.words)
    for label in (NAME, AUDIENCE, "targeted", str(group), "way to school"):
        assert label.lower() not in html.lower()
    base = settings().public_url
    assert squares(html) == [square_of(f"{base}/code#{slip.code}") for slip in made]
    assert "Childline: 0800 1111" in words


def test_a_slip_of_a_shared_code_has_room_for_the_receipt(app: Flask, sheets: list[tuple[str, int]]) -> None:
    made = some_slips(a_group(one_use=False), 8)
    with app.test_request_context("/"):
        slips.as_pdf(made, "en")
    html, pages = sheets[0]
    assert pages == 1
    assert len(BeautifulSoup(html, "html5lib").select(".words.blank")) == 8
    assert "Write them here" in html


def test_slips_in_urdu_read_from_the_right_with_english_beside(app: Flask, sheets: list[tuple[str, int]]) -> None:
    made = some_slips(a_group(), 8)
    with app.test_request_context("/"):
        slips.as_pdf(made, "ur")
    html, pages = sheets[0]
    assert pages == 1
    soup = BeautifulSoup(html, "html5lib")
    assert soup.html is not None
    assert (soup.html["lang"], soup.html["dir"]) == ("ur", "rtl")
    assert squares(html)[0] == square_of(f"{settings().public_url}/ur/code#{made[0].code}")
    assert all(each["lang"] == "en" for each in soup.select(".beside"))


@pytest.mark.parametrize("language", ["en", "cy", "pl", "ro", "uk", "ur", "easy"])
@pytest.mark.parametrize("one_use", [True, False])
def test_nothing_on_a_slip_is_cut_off(app: Flask, monkeypatch: pytest.MonkeyPatch, language: str, one_use: bool) -> None:
    """In every language, with English beside it where it must stand there."""
    set_as: list[Any] = []
    laid_out = paper.laid_out
    monkeypatch.setattr(paper, "laid_out", lambda html: set_as.append(laid_out(html)) or set_as[-1])
    made = some_slips(a_group(one_use=one_use), 2)
    with app.test_request_context("/"):
        slips.as_pdf(made, language)
    found = [
        box
        for box in set_as[0].pages[0]._page_box.descendants()
        if "slip" in str(box.element.get("class") if box.element is not None else "").split()
    ]
    assert len(found) == 2
    for box in found:
        edge = box.position_y + box.border_height()
        lowest = max(inner.position_y + inner.height for inner in box.descendants() if isinstance(inner.height, float | int))
        assert lowest <= edge, f"{language}: {lowest - edge:.0f} px too low"


@pytest.mark.parametrize("shape", ["poster", "flyer"])
@pytest.mark.parametrize("language", ["en", "ur", "easy"])
@pytest.mark.parametrize("title", ["Buses", "What would make getting about in your town feel safer and easier for you and your friends?"])
def test_a_poster_says_what_where_and_by_when_on_one_page(app: Flask, sheets: list[tuple[str, int]], shape: str, language: str, title: str) -> None:
    found = the_activity(title={"en": title})
    with app.test_request_context("/"):
        reply = posters.as_pdf(found, shape, language)
    assert reply.headers["Content-Type"] == "application/pdf"
    html, pages = sheets[0]
    assert pages == 1
    words = tidy(BeautifulSoup(html, "html5lib").get_text(" "))
    assert title in words
    assert "999" in words
    assert "0800 1111" in words
    prefix = "" if language == "en" else f"/{language}"
    assert set(squares(html)) == {square_of(f"{settings().public_url}{prefix}/q/way")}
    assert f"{prefix}/q/way" in words.replace("\u200b", "")


def test_a_poster_is_printed_by_an_officer_in_a_language_of_the_activity(signed_in: SignIn, app: Flask) -> None:
    the_activity()
    officer = signed_in("officer")
    for name in ("poster", "flyer"):
        reply = officer.client.get(f"/work/asking/way/{name}.pdf")
        assert (reply.status_code, reply.content_type, reply.headers["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert officer.client.get("/work/asking/way/poster.pdf?language=pl").status_code == 404


def test_nothing_is_fetched_for_a_sheet(app: Flask) -> None:
    with pytest.raises(ValueError, match="disallowed"):
        paper._nothing().fetch("file:///etc/hostname")


def test_a_machine_that_cannot_print_says_what_to_install_and_makes_no_codes(signed_in: SignIn, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    group = a_group()

    def without_pango() -> Any:
        raise paper.NoPrinter

    monkeypatch.setattr(paper, "_typesetter", without_pango)
    officer = signed_in("officer")
    assert "libpango-1.0-0" in officer.open("/work/asking/way").words
    page = officer.open(f"/work/asking/way/groups/{group}")
    assert "libpango-1.0-0" in page.words
    token = page.soup.select("[name=csrf_token]")[0]["value"]
    reply = officer.client.post(f"/work/asking/way/groups/{group}/slips", data={"csrf_token": token, "codes": "3", "language": "en"})
    assert reply.status_code == 400
    assert officer.client.get("/work/asking/way/poster.pdf").status_code == 303
    assert officer.open(f"/work/asking/way/groups/{group}").heading == "Maple 4B"
