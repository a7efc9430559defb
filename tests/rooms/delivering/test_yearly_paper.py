"""Reviews on paper: words that can be found, one sheet where it should be one, made once."""

from __future__ import annotations

import re
import shutil
import uuid
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.rooms.delivering.a_year import a_document
from voice.config import read_settings
from voice.delivering.yearly import pages, papers, views
from voice.delivering.yearly.queries import ReviewFacts
from voice.web import paper
from voice.web.locale import speaking
from voice.wiring import create_app

REVIEW = ReviewFacts(uuid.UUID(int=5), uuid.UUID(int=1), 2025, 1, None, date(2026, 1, 2), date(2026, 3, 1), "a" * 64)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application without a database: paper is made from a document alone."""
    folder = tmp_path_factory.mktemp("paper")
    found = create_app(read_settings({"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county"}, testing=True))
    with found.app_context(), found.test_request_context("/", base_url="http://localhost"):
        if not paper.can_print():
            pytest.skip("this machine sets no type")
        yield found
    shutil.rmtree(folder)


def words_of(document: Any) -> str:
    """What stands on its pages, as letters."""
    boxes = (box for page in document.pages for box in page._page_box.descendants(placeholders=True))
    return " ".join(" ".join(getattr(box, "text", "") for box in boxes).split())


def unpacked(pdf: bytes) -> str:
    """What a file says of itself: its streams as they were before they were packed."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    said = [pdf]
    for each in streams:
        with suppress(zlib.error):
            said.append(zlib.decompress(each))
    return b" ".join(said).decode("latin-1")


def set_in_type(html: str) -> Any:
    return paper.laid_out(papers.for_paper(html), papers.SHEETS)


def test_the_review_holds_its_words_as_words_with_bookmarks_and_a_title(app: Flask) -> None:
    document = set_in_type(views.printed(a_document(), REVIEW))
    words = words_of(document)
    for each in ("We read what you wrote.", "Every stop has a light now.", "Have police walk through the park at night.", "61%", "They say", "66%"):
        assert each in words
    assert document.metadata.title == "Our review of 2025 – Demo county"
    assert document.metadata.lang == "en"
    marks = [label for label, _target, _children, _state in document.make_bookmark_tree()]
    assert "What we did not do, and why" in marks
    assert len(document.pages) > 5


def test_its_figures_are_those_of_the_document(app: Flask) -> None:
    words = words_of(set_in_type(views.printed(a_document(), REVIEW)))
    for each in ("About 500 people", "was 25", "at least 75%", "58%"):
        assert each in words


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_the_poster_is_one_sheet_of_a3(app: Flask, language: str) -> None:
    with speaking(language):
        document = set_in_type(views.poster(a_document(), REVIEW))
    assert len(document.pages) == 1
    assert (round(document.pages[0].width / 96 * 25.4), round(document.pages[0].height / 96 * 25.4)) == (297, 420)
    words = words_of(document)
    assert "There is nowhere warm and free to go after school." in words
    assert "Two libraries" in words


def test_what_is_made_is_tagged_and_made_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    html = views.children(a_document(), REVIEW)
    made = papers.as_pdf(html)
    assert made.startswith(b"%PDF-")
    assert "/StructTreeRoot" in unpacked(made)
    made_again: list[str] = []
    monkeypatch.setattr(paper, "laid_out", lambda *_given, **_named: made_again.append("again"))
    assert papers.as_pdf(html) == made
    assert not made_again


def test_old_paper_makes_room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "KEPT", 3)
    folder = papers._folder()
    for number in range(6):
        papers._keep(folder / f"old-{number}.pdf", b"%PDF-")
    assert len(list(folder.glob("*.pdf"))) == 3


def test_every_colour_is_said_and_every_line_runs_one_way(app: Flask) -> None:
    for html in (views.printed(a_document(), REVIEW), views.poster(a_document(), REVIEW), views.children(a_document(), REVIEW)):
        drawn = papers.for_paper(html)
        assert "var(--" not in drawn
        assert 'dir="auto"' not in drawn
        assert "<use" not in drawn


def test_words_run_as_their_first_letter_says() -> None:
    assert papers.for_paper('<p dir="auto"><span>“ہم نے</span></p>') == '<p dir="rtl"><span>“ہم نے</span></p>'
    assert papers.for_paper('<p data-x dir="auto">“2 buses”</p>') == '<p data-x dir="ltr">“2 buses”</p>'


def test_a_machine_that_cannot_print_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_given: object, **_named: object) -> None:
        raise paper.NoPrinter

    monkeypatch.setattr(paper, "laid_out", none)
    reply = pages._pdf(lambda: "<p>nothing like it</p>", "x")
    assert reply.status_code == 503
    assert "You can read it and print it" in reply.get_data(as_text=True)


def test_no_file_of_a_half_made_paper_stays(app: Flask, tmp_path: Path) -> None:
    papers._keep(tmp_path / "one.pdf", b"%PDF-1")
    assert [each.name for each in tmp_path.iterdir()] == ["one.pdf"]
