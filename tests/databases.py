"""Which tests need both databases. A test with `app` runs on SQLite and on PostgreSQL, unless its module stands here with the reason why it cannot
depend on the database. Storage, constraints, transactions, triggers, queries, locks and workers never stand here; and every page in every state is
opened on PostgreSQL in tests/house/test_both_databases.py, so that what these modules do with a page meets that database too. See docs/tests.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ON_SQLITE_ALONE: Final[Mapping[str, str]] = {
    "tests/rooms/answering/test_pages.py": "what the desk asks for and says of an answer; the board's silence and order are in its rules and owners",
    "tests/rooms/answering/test_beside.py": "forms and words of pages; what they show is held by test_wordings, on both",
    "tests/rooms/answering/test_requests.py": "letters, days and words of a desk",
    "tests/rooms/answering/test_owners.py": "words and ways of a desk",
    "tests/rooms/delivering/test_doing_pages.py": "words and ways of pages, and what stands on paper; what is kept is in test_doing_kept.py, on both",
    "tests/rooms/answering/test_late_pages.py": "words and ways of a desk and of a receipt; the days they stand on are in test_clock.py, on both",
    "tests/rooms/contacting/test_doors.py": "which boxes a form shows and what it says of them",
    "tests/rooms/delivering/test_yearly.py": "pages and words of a review; what the database holds is in test_yearly_frozen",
    "tests/rooms/facts/test_entries.py": "shape and words of files",
    "tests/rooms/identity/test_asking_again.py": "a clock in a cookie",
    "tests/rooms/identity/test_directory.py": "what a directory says about people and what we make of it",
    "tests/rooms/identity/test_door.py": "pages at the door, codes and passkeys",
    "tests/rooms/inviting/test_pages.py": "words and forms of a desk",
    "tests/rooms/inviting/test_paper.py": "what stands on a printed sheet",
    "tests/rooms/listening/test_api_contract.py": "the shape of requests and replies, tried at random",
    "tests/rooms/listening/test_api_guide.py": "examples of the guide",
    "tests/rooms/listening/test_assisting.py": "the walk with a grown-up beside: pages and what they carry on",
    "tests/rooms/listening/test_handing.py": "the walk of one phone after another: pages and what they leave behind",
    "tests/rooms/listening/test_kinds.py": "kinds of questions: markup and what is said of a wrong answer",
    "tests/rooms/listening/test_languages.py": "which words are shown in which language",
    "tests/rooms/listening/test_offline.py": "what a phone keeps: headers and files",
    "tests/rooms/pledging/test_pages.py": "words and forms",
    "tests/rooms/publishing/test_pages.py": "words and links of public pages; what may be public is held by the rooms it comes from, on both",
    "tests/rooms/publishing/test_privacy.py": "words of a page, and how the one for grown-ups follows the data map",
    "tests/rooms/publishing/test_places.py": "which of the public themes stand on which page",
    "tests/rooms/reviewing/meeting/test_pages.py": "words and ways of a meeting; rounds, and what is never in a pack, are on both",
    "tests/rooms/reviewing/test_pages.py": "words and ways of the board's room; what it meets is in test_what_the_board_meets.py, on both",
    "tests/rooms/safeguarding/test_opening.py": "rules that say when a page opens, as pages say it",
    "tests/rooms/spreading/test_pages.py": "files and pictures made of public pages",
    "tests/rooms/understanding/test_language_that_cares.py": "words of a desk",
    "tests/rooms/understanding/test_pages.py": "words and ways of a desk; what is read, taken out and put back is in tests/rooms/reading, on both",
}
