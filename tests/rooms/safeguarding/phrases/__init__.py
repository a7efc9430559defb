"""The phrase sets of the screen.

By language: `<language>/train_<author>*.tsv` (kind, `now` or `-`, text), `ordinary_train_*.txt` and `hard_train_*.txt` (one text a line) teach;
`test_*` and `*_test_*` are only ever measured. The files beside this one are the older English sets: kind, danger now (yes or no), text.
"""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ur")
# The kinds as the older sets name them.
KINDS = {"domestic": "domestic_abuse", "forced": "fgm_forced_marriage", "bullying": "bullying_threat", "staff": "staff_allegation",
         "carer": "young_carer_crisis", "online": "online_harm"}  # fmt: skip
OLDER = ("disclosures", "disclosures_heldout", "disclosures_unseen")
OLDER_OTHERS = {"ordinary": "ordinary", "ordinary_unseen": "ordinary", "service_comments": "ordinary", "hard_negatives": "hard"}


@dataclass(frozen=True)
class Disclosure:
    kind: str
    immediate: bool
    text: str


@dataclass(frozen=True)
class Phrase:
    """One written-out text: `kind` is a kind of disclosure, `ordinary` or `hard` (play and idiom)."""

    language: str
    author: str
    kind: str
    immediate: bool
    text: str

    @property
    def discloses(self):
        return self.kind not in ("ordinary", "hard")


def disclosures(name):
    rows = (line.split("\t") for line in lines(name, "tsv"))
    return [Disclosure(kind, immediate == "yes", text) for kind, immediate, text in rows]


def lines(name, ending="txt"):
    return [line for line in (HERE / f"{name}.{ending}").read_text(encoding="utf-8").splitlines() if line]


def phrases(language, split="train"):
    """Every phrase of a language: `split` is train or test. A line that starts with # is a remark."""
    return [phrase for path in sorted((HERE / language).glob("*")) if split in path.stem.split("_") for phrase in _of_file(path, language)]


def older():
    """The older English sets that teach, as phrases."""
    said = [Phrase("en", "older", row.kind, row.immediate, row.text) for name in OLDER for row in disclosures(name)]
    return said + [Phrase("en", "older", kind, False, line) for name, kind in OLDER_OTHERS.items() for line in lines(name)]


def _of_file(path, language):
    author = path.stem.split("_")[2 if path.suffix == ".txt" else 1] if path.stem.count("_") else "unknown"
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip() and not line.startswith("#"):
            if path.suffix == ".tsv":
                kind, now, text = line.split("\t")
                yield Phrase(language, author, KINDS.get(kind, kind), now == "now", text)
            else:
                yield Phrase(language, author, path.stem.split("_")[0], False, line)
