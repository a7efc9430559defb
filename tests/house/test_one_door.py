"""Figures of children reach a page through `counting` alone: whoever counts rows of what children sent, anywhere else, is on a list with a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
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
# What a template may take the length or the sum of, and why it is no figure of children for others.
COUNTED_THERE = re.compile(r"\|\s*(?:length|count|sum)\b|\bloop\.(?:length|revindex0?)\b")
LENGTHS = {
    "templates/answering/desk.html": "answers, which are acts of staff",
    "templates/components/bar.html": "languages",
    "templates/identity/": "members and what they hold",
    "templates/listening/_kinds.html": "choices of a question",
    "templates/listening/start.html": "languages and wordings",
    "templates/publishing/home.html": "parts of the plan",
    "templates/publishing/heard.html": "ways to cut a table",
    "templates/reading/picture_open.html": "faces in one picture, for who looks at it",
    "templates/reading/pictures_alike.html": "pictures in a pile, for who looks at them",
    "templates/safeguarding/queue.html": "what waits for a lead, inside",
    "templates/telling/receipt.html": "what the sender has, for the sender",
    "templates/understanding/alike.html": "views on a screen, for the officer who reads them",
    "templates/understanding/deciding.html": "guesses of the machine about one view",
    "templates/understanding/theme.html": "views of a theme, for the officer who reads them",
    "templates/understanding/theme_parts.html": "views and themes on a screen, for the officer who reads them",
    "templates/counting/": "the door itself",
    "templates/delivering/measures_import.html": "lines of a file",
    "templates/publishing/measure.html": "sentences about a measure",
    "templates/answering/themes.html": "themes an answer is about",
    "templates/answering/to_judge.html": "themes an answer is about",
    "templates/delivering/_pledges_on_the_board.html": "what partners pledged, for the member who marks it",
    "templates/delivering/_quarter.html": "actions and answers of a quarter, each of them on the page",
    "templates/delivering/pledges_desk.html": "what partners pledged, each of it on the page",
    "templates/delivering/public/_doing.html": "actions of the plan",
    "templates/delivering/public/review_poster.html": "letters of a sentence",
    "templates/delivering/quarter.html": "actions and answers of a quarter, each of them on the page",
    "templates/delivering/review_desk_year.html": "actions of the plan",
    "templates/reviewing/councils/": "decisions councils sent, each of them on the page",
    "templates/reviewing/drafts/": "parts of a draft",
    "templates/reviewing/meeting_form.html": "themes that can be put on",
    "templates/reviewing/meeting_pack.html": "seats at a meeting; what else lies before the board",
    "templates/reviewing/meeting_round.html": "themes in the same place",
}
# Page module -> what it counts and hands on. Any other that counts something in what it gives a page is found.
HANDED_ON = {
    "voice/counting/": "the door itself",
    "voice/listening/pages.py": "wordings of an instrument",
    "voice/publishing/pages.py": "answers that are public, each of them on the page",
    "voice/answering/after_pages.py": "steps of an answer",
    "voice/delivering/doing/": "actions of the plan",
    "voice/reviewing/drafts/pages.py": "parts of a draft",
    "voice/reviewing/meeting/theme_pages.py": "themes of a meeting; whether there are more cards than the first",
    "voice/identity/record_pages.py": "rows of the record, which are acts of staff",
    "voice/reading/pictures_pages.py": "whether there is another page",
    "voice/reading/reply_pages.py": "replies that wait for the officer who writes them, inside",
    "voice/understanding/alike_pages.py": "views an officer marked to clear, inside",
    "voice/understanding/learning_pages.py": "how often the machine was right, for those who sort",
    "voice/understanding/pages.py": "views on the officer’s screen, inside",
    "voice/understanding/theme_pages.py": "views of a theme, for the officer who reads them",
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


def test_whoever_counts_children_is_known() -> None:
    found = [f"{file.relative_to(ROOT)}:{line}" for file in sorted((ROOT / "voice").rglob("*.py")) for line in _counts(file)]
    assert len(found) > 10, "the search finds what is known to be there"
    unknown = [each for each in found if not _listed(each.partition(":")[0], REVIEWED)]
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


def test_no_template_counts_what_was_said() -> None:
    found = [str(file.relative_to(ROOT)) for file in sorted((ROOT / "templates").rglob("*.html")) if COUNTED_THERE.search(file.read_text("utf-8"))]
    assert len(found) > 8, "the search finds what is known to be there"
    unknown = [each for each in found if not _listed(each, LENGTHS)]
    assert not unknown, f"these count something: say what, or take the figure from counting: {unknown}"


def test_no_page_hands_on_what_it_counted_itself() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sorted((ROOT / "voice").rglob("*.py"))
        if "pages" in file.stem or file.stem in ("contributions", "wording")
        for line in _handed_on(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert len(found) > 5, "the search finds what is known to be there"
    unknown = [each for each in found if not _listed(each.partition(":")[0], HANDED_ON)]
    assert not unknown, f"these count something and hand it to a page: say what, or take the figure from counting: {unknown}"


def _handed_on(tree: ast.AST) -> Iterator[int]:
    """Lines where a length, a sum or a count is given to something by name, as a template and a dataclass are."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for given in (*(each.value for each in node.keywords), *(node.args if _hands_on(node.func) else ())):
                yield from (each.lineno for each in ast.walk(given) if isinstance(each, ast.Call) and _is_count(each.func))


def _hands_on(func: ast.expr) -> bool:
    """What takes figures without a name: `DeskLink`, sentences with a number in them."""
    return isinstance(func, ast.Name) and func.id in ("DeskLink", "ngettext", "render_template")


def _is_count(func: ast.expr) -> bool:
    return (isinstance(func, ast.Name) and func.id in ("len", "sum", "Counter")) or (isinstance(func, ast.Attribute) and func.attr == "count")


def _listed(path: str, known: Iterable[str]) -> bool:
    return any(path == each or (each.endswith("/") and path.startswith(each)) for each in known)


PLANTED = """
def page() -> str:
    answers = all_answers()
    return render_template("x.html", figures=figures, how_many=len(answers))

def nav() -> DeskLink:
    return DeskLink("x", "Said", sum(1 for each in views))
"""


def test_a_count_that_is_planted_is_seen() -> None:
    """The searches above can fail."""
    assert list(_handed_on(ast.parse(PLANTED))) == [4, 7]
    assert not list(_handed_on(ast.parse("shown = found[: len(found) - 1]")))
    assert COUNTED_THERE.search("{{ views|length }}")
    assert COUNTED_THERE.search("{% if loop.length > 3 %}")
    assert not COUNTED_THERE.search("{{ amount }}")
