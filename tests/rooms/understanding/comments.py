"""Comments in children's and parents' own words, tied to priorities by a person before any plan's phrases were read."""

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "comments"
PLANS = ("herefordshire-pledges", "hertfordshire-2011", "herefordshire-2015")


@dataclass(frozen=True)
class Comment:
    words: str
    priorities: frozenset[str]


def comments(slug: str) -> list[Comment]:
    """Every comment with its priorities in this plan; none where nothing in the plan fits."""
    return _tied("children.tsv", slug)


def later_comments(slug: str) -> list[Comment]:
    """Comments that say things in a roundabout way, written after the concepts and first tried unseen; for the first two plans."""
    return _tied("later.tsv", slug)


SPENT = ("fresh", "last", "unseen")
"""Written one after the other, each before the words that were added to the concepts after it: they have had their say."""


def spent_comments(name: str, slug: str) -> list[Comment]:
    """One of SPENT, for Calderdale’s plan and Hertfordshire’s."""
    return _tied(f"{name}.tsv", slug)


def held_comments(slug: str) -> list[Comment]:
    """Written last, tried once, and nothing was changed for it; for Calderdale’s plan and Hertfordshire’s."""
    return _tied("held.tsv", slug)


def tones() -> list[tuple[str, str]]:
    """Sentences with the tone a person hears in them."""
    return [(row["words"], row["tone"]) for row in _rows("tone.tsv")]


def _tied(name: str, slug: str) -> list[Comment]:
    return [Comment(row["words"], frozenset(row[slug].split(",")) - {"-"}) for row in _rows(name)]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
