"""Every page that is the same for everyone: made once, then sent without a look at the database, to the letter the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.house.test_replies import FOR_ALL
from tests.matrix.decisions import address, decisions, read
from tests.matrix.world import NOBODY, World
from tests.watching import statements
from voice.storage.changes import ADDED_TO, SLOW
from voice.storage.watching import Reads, watching
from voice.web.kept import kept_of

Tell = Callable[[str, object], None]
PICTURES = {"/pictures/<file>/<size>.webp", "/pledges/<uuid:pledge_id>/card.png", "/share/<kind>/<name>.png"}
"""Known as the same by their mark without being drawn or sent; kept here they would take the room of pages."""
NOT_THERE = {"/places/<place_code>", "/plan/measures/<key>"}
"""The small county has none; with the demo they are in tests/rooms/web/measure_pages.py."""
WRITTEN_BY_SENDING = {"arrival", "day_salt", "screening", "submission", "tone", "view", "in_line"}


def pages(world: World) -> Iterator[tuple[str, str]]:
    """The rule and an address of each page in each state in which everyone may open it."""
    for page, what in read().items():
        if page in FOR_ALL and page not in PICTURES:
            for decision in decisions(page, what, world.objects):
                if decision.method == "GET" and decision.expected[NOBODY] == 200:
                    yield page, address(page, world.objects[decision.kind][decision.state])


def test_every_page_for_all_is_sent_again_without_a_look_at_the_database(world: World, record_property: Tell) -> None:
    client, met, kept = world.app.test_client(), set[str](), kept_of(world.app)
    with statements(world.app) as asked:
        for page, path in pages(world):
            made = client.get(path)
            if made.status_code != 200:  # a paper, where this machine cannot print
                continue
            before = kept.sent
            asked.clear()
            again = client.get(path)
            assert not asked, f"{path}: {asked[0]}"
            assert kept.sent == before + 1, f"{path} is not kept"
            assert (again.data, dict(again.headers)) == (made.data, dict(made.headers)), path
            met.add(page)
    assert len(met) > 40
    assert {page for page in FOR_ALL if "pdf" not in page} - PICTURES - met <= NOT_THERE
    record_property("budget", f"pages kept: {len(met)} kinds, each made once and then sent with 0 statements")


def test_what_a_flood_of_words_writes_no_page_needs_at_once(world: World) -> None:
    """Else whoever sends and sends would have every page made anew for everyone."""
    assert WRITTEN_BY_SENDING <= SLOW | ADDED_TO
    client = world.app.test_client()
    for _page, path in pages(world):
        kept_of(world.app).clear()
        with watching() as reads:
            client.get(path)
        assert_harmless(path, reads)


def assert_harmless(path: str, reads: Reads) -> None:
    records = {"audit_row", "audit_seal", "lease", "sign_in_try", "wrong_guess", "arrival", "sender_mark", "fingerprint", "in_line"}
    assert not reads.tables & records, f"{path} reads a record of the machine’s own"
    assert not reads.clock, f"{path} goes by the hour: it would be made anew each minute, and may be an hour’s truth"
