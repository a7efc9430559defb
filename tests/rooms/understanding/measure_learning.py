"""How well suggestions and tone do once people have confirmed some. Run it: python -m tests.rooms.understanding.measure_learning NHS.csv

NHS.csv holds patients' comments with columns text, themes (split by |) and sentiment; it is no part of the product. Cut 70 to 30 by unique text,
with several seeds; what was confirmed is the first so many of the 70. “Most frequent” suggests the same three to every text, those that were
confirmed most: with skewed themes that costs nothing and looks good.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import statistics
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.rooms.understanding.comments import comments, later_comments
from tests.rooms.understanding.measure import NHS_WORDS, plan_texts
from voice.understanding import learned, refitting, together
from voice.understanding.refitting import Said, learn_priorities, learn_tone
from voice.understanding.suggest import PriorityText, Suggester

SEEDS = 5
CONFIRMED = (0, 50, 200, 1000)
ONE_BY_ONE = (0, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300)
SHARE = 0.7
KEY = b"for measuring"
SENTIMENTS = {"pos": "positive", "neg": "negative", "neu": "neutral"}
Rank = Callable[[str], Sequence[str]]


def main(nhs: str | None) -> None:
    os.environ.update(refitting.ONE_CORE)  # before anything loads numpy
    if not nhs or not Path(nhs).is_file():
        print(f"The comments of patients are not here ({nhs or 'no file was named'}), so nothing learned from them is measured.")
    else:
        with Path(nhs).open(encoding="utf-8", newline="") as file:
            rows = list({row["text"]: row for row in csv.DictReader(file)}.values())
        _by_confirmed(rows)
        _one_by_one(rows)
        _tone(rows)
    _children()


def themes_plan() -> list[PriorityText]:
    return [PriorityText(name, name, name, name, tuple(listed.split(", "))) for name, listed in NHS_WORDS.items()]


def cut(rows: Sequence[dict[str, str]], seed: int) -> tuple[list[Said], list[Said]]:
    order = [Said(row["text"], tuple(row["themes"].split("|"))) for row in rows]
    order = shuffled(order, seed)
    edge = round(SHARE * len(order))
    return order[:edge], order[edge:]


def shuffled(said: Sequence[Said], seed: int) -> list[Said]:
    return random.Random(seed).sample(said, len(said))


def ranked(suggester: Suggester, table: learned.Learned | None) -> Rank:
    return lambda words: [each.priority for each in together.suggest(suggester, table, words).best]


def reached(rank: Rank, said: Iterable[Said]) -> float:
    """r@3 over the texts that have a tag."""
    tagged = [each for each in said if each.confirmed]
    return sum(len(set(each.confirmed) & set(rank(each.words)[:3])) / len(each.confirmed) for each in tagged) / len(tagged)


def micro_f1(likely: Callable[[str], Iterable[str]], said: Sequence[Said]) -> float:
    pairs = [(set(likely(each.words)), set(each.confirmed)) for each in said]
    hits = sum(len(guessed & meant) for guessed, meant in pairs)
    return 2 * hits / sum(len(guessed) + len(meant) for guessed, meant in pairs)


def frequent(said: Sequence[Said]) -> list[str]:
    times = Counter(code for each in said for code in each.confirmed)
    return [code for code, _ in times.most_common(3)]


def _by_confirmed(rows: Sequence[dict[str, str]]) -> None:
    plan = themes_plan()
    suggester = Suggester(plan)
    print(f"suggestions on {len(rows)} NHS comments, {SEEDS} seeds (mean, lowest)")
    print(f"{'confirmed':>10}{'r@3':>8}{'lowest':>8}{'micro-F1':>10}{'most frequent':>15}{'ms a text':>11}{'refit s':>9}{'kB kept':>9}{'MB held':>9}")
    for number in CONFIRMED:
        runs = [_one(plan, suggester, *cut(rows, seed), number) for seed in range(SEEDS)]
        at_three, f1, same, each_ms, refit, kept, held = (statistics.mean(column) for column in zip(*runs, strict=True))
        lowest = min(run[0] for run in runs)
        print(f"{number:>10}{at_three:>8.3f}{lowest:>8.3f}{f1:>10.3f}{same:>15.3f}{each_ms:>11.1f}{refit:>9.1f}{kept:>9.0f}{held:>9.1f}", flush=True)
    print(f"most memory the process that learns had: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _one(plan: list[PriorityText], suggester: Suggester, taught: list[Said], tried: list[Said], number: int) -> tuple[float, ...]:
    """r@3, micro-F1, the same for the most frequent, ms a suggestion, seconds to learn, kB in the database, MB in a web process."""
    same = frequent(taught[:number] or taught)
    alike = reached(lambda words: same, tried)
    if not number:
        at_three = reached(ranked(suggester, None), tried)
        return at_three, micro_f1(lambda words: [suggester.suggest(words).best[0].priority], tried), alike, _ms(suggester, None, tried), 0, 0, 0
    begun = time.process_time()
    blob, _ = learn_priorities(plan, taught[:number], KEY)
    refit = time.process_time() - begun
    tracemalloc.start()
    table = learned.read(blob, KEY)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    begun = time.process_time()
    found = {each.words: together.suggest(suggester, table, each.words, len(plan)).best for each in tried}
    each_ms = 1000 * (time.process_time() - begun) / len(tried)
    at_three = reached(lambda words: [each.priority for each in found[words]], tried)
    f1 = micro_f1(lambda words: together.likely(table, found[words]), tried)
    return at_three, f1, alike, each_ms, refit, len(blob) / 1000, held


def _ms(suggester: Suggester, table: learned.Learned | None, said: Sequence[Said]) -> float:
    begun = time.process_time()
    for each in said[:300]:
        together.suggest(suggester, table, each.words)
    return 1000 * (time.process_time() - begun) / len(said[:300])


def _one_by_one(rows: Sequence[dict[str, str]]) -> None:
    """As an officer meets it: views come one by one, and it learns again where it would."""
    plan = themes_plan()
    suggester = Suggester(plan)
    taught, tried = cut(rows, 0)
    tried = tried[:500]
    print("\nlearning curve, comments confirmed one by one (seed 0, 500 tried): confirmed r@3")
    told = []
    for number in ONE_BY_ONE:
        table = learned.read(learn_priorities(plan, taught[:number], KEY)[0], KEY) if number else None
        told.append(f"{number} {reached(ranked(suggester, table), tried):.3f}")
    print("  " + " · ".join(told))


def _tone(rows: Sequence[dict[str, str]]) -> None:
    print("\ntone on NHS comments people called positive, negative or neutral: agreement, learned from so many (2 seeds)")
    for number in (0, 200, 1000):
        shares, always = [], []
        for seed in range(2):
            order = shuffled([Said(row["text"], (SENTIMENTS[row["sentiment"]],)) for row in rows if row["sentiment"] in SENTIMENTS], seed)
            tried = order[-400:]
            table = learned.read(learn_tone(order[:number], KEY)[0], KEY) if number else None
            shares.append(statistics.mean(together.tone(table, each.words) == each.confirmed[0] for each in tried))
            always.append(Counter(each.confirmed[0] for each in tried).most_common(1)[0][1] / len(tried))
        print(f"  {number:>5}  {statistics.mean(shares):.3f}   always the most frequent {statistics.mean(always):.3f}", flush=True)


def _children() -> None:
    """That learning from few does no harm where the plan’s own phrases are good already."""
    print("\nsuggestions on children’s comments, some of them confirmed (3 seeds, the other half is tried): r@3 after 0, 10, 100")
    for slug in ("herefordshire-pledges", "hertfordshire-2011"):
        plan, told = plan_texts(slug), []
        suggester = Suggester(plan)
        said = [Said(each.words, tuple(sorted(each.priorities))) for each in (*comments(slug), *later_comments(slug))]
        for number in (0, 10, 100):
            shares = []
            for seed in range(3):
                order = shuffled(said, seed)
                table = learned.read(learn_priorities(plan, order[:number], KEY)[0], KEY) if number else None
                shares.append(reached(ranked(suggester, table), order[len(order) // 2 :]))
            told.append(f"{statistics.mean(shares):.3f}")
        print(f"  {slug:<24}{'  '.join(told)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
