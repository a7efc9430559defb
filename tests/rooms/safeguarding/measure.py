"""How well the screen does on the phrase sets: `python -m tests.rooms.safeguarding.measure`. Never claim more than “on these sets”."""

import statistics
import time
from collections import defaultdict

from tests.rooms.safeguarding.phrases import disclosures, lines
from voice.safeguarding.screen import screen

DISCLOSURES = ("disclosures", "disclosures_heldout", "disclosures_unseen", "disclosures_last")
OTHERS = ("ordinary", "ordinary_unseen", "ordinary_last", "service_comments", "hard_negatives")
Z = 1.959964
# Each set was measured once before anything was changed because of it. Afterwards it teaches, and says less about words not met yet.
FIRST_MET = {
    "disclosures_heldout": (222, 297),
    "disclosures_unseen": (137, 146),
    "disclosures_last": (62, 65),
    "ordinary_unseen": (10, 125),
    "ordinary_last": (9, 60),
}


def interval(hits, total):
    """The 95 % Wilson interval of a share, as two shares."""
    share, spread = hits / total, Z * Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * ((share * (1 - share) + spread / 4) / total) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def recall(rows):
    """(found, all) overall, and by kind."""
    by_kind = defaultdict(lambda: [0, 0])
    for row in rows:
        by_kind[row.kind][0] += screen(row.text).concern
        by_kind[row.kind][1] += 1
    return sum(found for found, _ in by_kind.values()), len(rows), dict(by_kind)


def missed_danger(rows):
    """(missed, all) of the texts that speak of danger now."""
    urgent = [row for row in rows if row.immediate]
    return sum(not screen(row.text).concern for row in urgent), len(urgent)


def flagged(texts):
    """(flagged, all) of texts that disclose nothing."""
    return sum(screen(text).concern for text in texts), len(texts)


def median_ms(texts):
    """The median time for one text, in milliseconds."""
    taken = []
    for text in texts:
        begun = time.perf_counter()
        screen(text)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def row(label, hits, total):
    low, high = interval(hits, total)
    return f"{label:<44}{hits:>5} of {total:<5}{hits / total:>8.1%}   {low:.1%} to {high:.1%}"


def main():
    for name in DISCLOSURES:
        found, total, by_kind = recall(disclosures(name))
        print(row(f"found: {name}", found, total))
        for kind, (hits, all_of_kind) in sorted(by_kind.items()):
            print(row(f"    {kind}", hits, all_of_kind))
        print(row("    danger now, missed", *missed_danger(disclosures(name))))
    for name, figures in FIRST_MET.items():
        print(row(f"when first met: {name}", *figures))
    for name in OTHERS:
        print(row(f"flagged: {name}", *flagged(lines(name))))
    print(f"median time for a text: {median_ms(lines('ordinary')):.2f} ms")


if __name__ == "__main__":
    main()
