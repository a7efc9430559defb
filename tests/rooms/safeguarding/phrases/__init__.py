"""The phrase sets of the screen. `disclosures*.tsv`: kind, danger now (yes or no), text. The others: one text a line."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Disclosure:
    kind: str
    immediate: bool
    text: str


def disclosures(name):
    rows = (line.split("\t") for line in lines(name, "tsv"))
    return [Disclosure(kind, immediate == "yes", text) for kind, immediate, text in rows]


def lines(name, ending="txt"):
    return [line for line in (HERE / f"{name}.{ending}").read_text(encoding="utf-8").splitlines() if line]
