"""How well the screen does on the phrase sets: `python -m tests.rooms.safeguarding.measure`. Never claim more than “on these sets”.

Prints totals by language and kind with 95 % Wilson intervals, never a text; with `--write` it writes what `voice facts` shows.
The test sets are measured and never learned from.
"""

import json
import statistics
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache

from tests.rooms.safeguarding.phrases import LANGUAGES, Phrase, disclosures, lines, phrases
from voice.facts.around import FIGURES
from voice.safeguarding.screen import screen, version

Z = 1.959964
# Older English sets, each measured once before anything was changed because of it, on the day it was met. `last` never taught.
FIRST_MET = {
    "disclosures_heldout": (222, 297),
    "disclosures_unseen": (137, 146),
    "disclosures_last": (62, 65),
    "ordinary_unseen": (10, 125),
    "ordinary_last": (9, 60),
}
# The test split as first met, 22 November 2026, by screen 2026-11 24714473568a: (found, all), (danger now missed, all), (ordinary marked, all).
FIRST_MET_TEST = {
    "en": ((298, 323), (4, 84), (118, 943)),
    "cy": ((162, 182), (4, 41), (75, 628)),
    "pl": ((163, 182), (4, 41), (81, 627)),
    "ro": ((155, 182), (5, 41), (73, 621)),
    "uk": ((173, 183), (0, 41), (55, 629)),
    "ur": ((163, 183), (3, 41), (68, 630)),
}
# The same sets again, after four more writers taught. Nothing was changed because of a text in them; what is enough once was, by their totals.
NOW_TEST = {
    "en": ((309, 323), (3, 84), (107, 943)),
    "cy": ((166, 182), (2, 41), (66, 628)),
    "pl": ((172, 182), (1, 41), (68, 627)),
    "ro": ((166, 182), (2, 41), (73, 621)),
    "uk": ((182, 183), (0, 41), (65, 629)),
    "ur": ((175, 183), (1, 41), (68, 630)),
}
# In how many of the kinds fewer than nine in ten of those sets are found.
KINDS_SHORT = {"en": 1, "cy": 3, "pl": 2, "ro": 4, "uk": 0, "ur": 2}


def interval(hits, total):
    """The 95 % Wilson interval of a share, as two shares."""
    share, spread = hits / total, Z * Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * ((share * (1 - share) + spread / 4) / total) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


@cache
def judged(language, split):
    """Every phrase of a split with the verdict on it."""
    return [(phrase, screen(phrase.text, language)) for phrase in phrases(language, split)]


def recall(judgements):
    """(found, all) overall, and by kind."""
    by_kind = defaultdict(lambda: [0, 0])
    for phrase, verdict in judgements:
        if phrase.discloses:
            by_kind[phrase.kind][0] += verdict.concern
            by_kind[phrase.kind][1] += 1
    return sum(found for found, _ in by_kind.values()), sum(total for _, total in by_kind.values()), dict(by_kind)


def missed_danger(judgements):
    """(missed, all) of the texts that speak of danger now."""
    urgent = [verdict for phrase, verdict in judgements if phrase.immediate]
    return sum(not verdict.concern for verdict in urgent), len(urgent)


def called_danger(judgements):
    """(marked as danger now, all) of the texts that speak of danger now."""
    urgent = [verdict for phrase, verdict in judgements if phrase.immediate]
    return sum(verdict.immediate for verdict in urgent), len(urgent)


def flagged(judgements, kind="ordinary"):
    """(flagged, all) of the texts of this kind, which disclose nothing."""
    others = [verdict for phrase, verdict in judgements if phrase.kind == kind]
    return sum(verdict.concern for verdict in others), len(others)


def older(name, ending="tsv"):
    """An older English set, judged."""
    if ending == "tsv":
        return [(Phrase("en", "older", row.kind, row.immediate, row.text), screen(row.text)) for row in disclosures(name)]
    return [(Phrase("en", "older", "ordinary", False, line), screen(line)) for line in lines(name)]


def median_ms(texts, language="en"):
    """The median time for one text, in milliseconds."""
    taken = []
    for text in texts:
        begun = time.perf_counter()
        screen(text, language)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def row(label, hits, total):
    if not total:
        return f"{label:<44}    none"
    low, high = interval(hits, total)
    return f"{label:<44}{hits:>5} of {total:<5}{hits / total:>8.1%}   {low:.1%} to {high:.1%}"


def of_a_split(language, split):
    judgements = judged(language, split)
    if not judgements:
        print(f"{language} {split}: no phrases")
        return
    found, total, by_kind = recall(judgements)
    print(row(f"{language} {split}: found", found, total))
    for kind, (hits, all_of_kind) in sorted(by_kind.items()):
        print(row(f"    {kind}", hits, all_of_kind))
    print(row("    danger now, missed", *missed_danger(judgements)))
    print(row("    danger now, said to be", *called_danger(judgements)))
    print(row("    ordinary, flagged", *flagged(judgements)))
    print(row("    play and idiom, flagged", *flagged(judgements, "hard")))


def for_facts():
    """The figures of the sets never learned from, as facts print them: language, set, what, hits, of, share, interval."""
    rows = []
    for language in LANGUAGES:
        judgements = judged(language, "test")
        found, total, by_kind = recall(judgements)
        counts = {"found": (found, total), **{f"found: {kind}": tuple(each) for kind, each in sorted(by_kind.items())}}
        counts["danger now, missed"] = missed_danger(judgements)
        counts["ordinary, flagged"] = flagged(judgements)
        counts["play and idiom, flagged"] = flagged(judgements, "hard")
        rows += [figure(language, "test", what, *each) for what, each in counts.items() if each[1]]
        met = dict(zip(("found", "danger now, missed", "ordinary, flagged"), FIRST_MET_TEST.get(language, ()), strict=False))
        rows += [figure(language, "test, when first met", what, *each) for what, each in met.items()]
    return {
        "version": version(),
        "date": datetime.now(UTC).date().isoformat(),
        "command": "python -m tests.rooms.safeguarding.measure --write",
        "rows": rows,
    }


def figure(language, split, what, hits, total):
    low, high = interval(hits, total)
    share = {"share": f"{hits / total:.1%}", "interval": f"{low:.1%} to {high:.1%}"}
    return {"language": language, "set": split, "what": what, "hits": hits, "of": total, **share}


def main():
    if "--write" in sys.argv:
        FIGURES.write_text(json.dumps(for_facts(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    print(f"screen {version()}")
    for split in ("test", "train"):
        print(f"\n## {split}" + (" (learned from: says nothing about new words)" if split == "train" else " (never learned from)"))
        for language in LANGUAGES:
            of_a_split(language, split)
    print("\n## older English sets")
    print(row("found: disclosures_last", *recall(older("disclosures_last"))[:2]))
    print(row("flagged: ordinary_last", *flagged(older("ordinary_last", "txt"))))
    for name, figures in FIRST_MET.items():
        print(row(f"when first met: {name}", *figures))
    for language in LANGUAGES:
        texts = [phrase.text for phrase in phrases(language)][::5]
        print(f"median time for a text, {language}: {median_ms(texts, language):.2f} ms")


if __name__ == "__main__":
    main()
