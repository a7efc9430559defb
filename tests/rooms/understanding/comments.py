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
    return [Comment(row["words"], frozenset(row[slug].split(",")) - {"-"}) for row in _rows("children.tsv")]


def tones() -> list[tuple[str, str]]:
    """Sentences with the tone a person hears in them."""
    return [(row["words"], row["tone"]) for row in _rows("tone.tsv")]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
