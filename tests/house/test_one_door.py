"""Figures of children reach a page through `counting` alone: whoever counts rows of what children sent, anywhere else, is on a list with a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
OF_CHILDREN = {
    "Submission",
    "View",
    "Pledge",
    "Reading",
    "Tag",
    "ThemeView",
    "Sorting",
    "Tone",
    "SetAside",
    "Fingerprint",
    "Tally",
    "TallyPeople",
    "Counted",
}
# File (or folder) -> why its counts of children’s rows are no figure on a page for others.
REVIEWED = {
    "voice/counting/": "the door itself",
    "voice/storage/migrations/": "moves rows",
    "voice/keeping/ending.py": "retention: how many rows are past their day, for whoever runs the server",
    "voice/keeping/queries.py": "`senders`, for the rules of counting; `risen`, which is none, ever",
    "voice/keeping/taken_back.py": "for the rules of counting, as steps",
    "voice/reading/": "the queue: how much work waits for a person, inside; groups that came very often, for a person to judge",
    "voice/understanding/": "how many views a theme or a list has, for officers who read those views; words to others are counting’s",
    "voice/safeguarding/": "how many wait for a lead, inside",
    "voice/facts/": "through counting’s steps",
    "voice/demonstrating/": "invented people",
    "voice/pledging/": "how many pledges stand on a page of the wall, each of them public itself",
    "voice/telling/": "whether there is a row at all",
    "voice/listening/": "whether there is a row at all",
    "voice/inviting/": "codes that were handed out, not who came",
    "voice/audit/": "acts of staff",
    "voice/answering/": "acts of staff",
}
PUBLIC = ("templates/publishing", "templates/components")
# What a public template may take the length of, or count: never rows of what children sent.
COUNTED_THERE = re.compile(r"\|\s*(?:length|count)\b")
LENGTHS = {
    "templates/components/bar.html": "languages",
    "templates/publishing/home.html": "parts of the plan",
    "templates/publishing/heard.html": "ways to cut a table",
}


def _counts(file: Path) -> Iterator[int]:
    """Lines where a query counts rows of a table of what children sent."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            calls = [each for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute)]
            counting = [
                each.lineno for each in calls if isinstance(each.func, ast.Attribute) and each.func.attr == "count" and _is_func(each.func.value)
            ]
            if names & OF_CHILDREN:
                yield from counting


def _is_func(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "func"


def _reviewed(path: str) -> bool:
    return any(path == each or (each.endswith("/") and path.startswith(each)) for each in REVIEWED)


def test_whoever_counts_children_is_known() -> None:
    found = [f"{file.relative_to(ROOT)}:{line}" for file in sorted((ROOT / "voice").rglob("*.py")) for line in _counts(file)]
    assert len(found) > 10, "the search finds what is known to be there"
    unknown = [each for each in found if not _reviewed(each.partition(":")[0])]
    assert not unknown, f"figures of children leave by counting alone: {unknown}"


def test_no_public_room_reads_what_could_be_counted() -> None:
    """What everyone sees is made where neither a submission nor a tally can be imported."""
    for file in (ROOT / "voice/publishing").rglob("*.py"):
        words = file.read_text(encoding="utf-8")
        assert "func.count" not in words, file
        assert not re.search(r"counting\.(?:tally|tallies|sources|folding|composing)", words), file


def test_what_is_published_reads_no_tally() -> None:
    words = (ROOT / "voice/counting/published.py").read_text(encoding="utf-8")
    assert not re.search(r"\b(?:Tally|TallyPeople|TallySlice|Submission|View)\b", words)


def test_no_page_for_all_takes_the_length_of_what_was_said() -> None:
    for folder in PUBLIC:
        for file in sorted((ROOT / folder).glob("*.html")):
            path = str(file.relative_to(ROOT))
            if COUNTED_THERE.search(file.read_text(encoding="utf-8")):
                assert path in LENGTHS, f"{path} counts something: say what"
