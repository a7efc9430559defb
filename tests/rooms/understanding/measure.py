"""How well suggestions and tone do without having learned anything. Run it: python -m tests.rooms.understanding.measure [NHS.csv]

r@3: the share of a comment's priorities that are among the three suggested. Always read it beside “most frequent”, which suggests the
same three to everyone: where few priorities exist, or few are spoken of, that costs nothing and looks good.
NHS.csv holds patients' comments with columns text, themes (split by |) and sentiment (pos, neg, neu); it is no part of the product.
"""

import csv
import dataclasses
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.rooms.understanding.comments import PLANS, SPENT, Comment, comments, held_comments, later_comments, spent_comments, tones
from voice.plans import library_slugs, read_plan
from voice.plans.library import LIBRARY
from voice.understanding import tone as tone_module
from voice.understanding.suggest import PriorityText, Suggester, from_plan

FOLDS = 5
Suggest = Callable[[str], Sequence[str]]

NHS_WORDS = {
    "Access to medical care & support": "appointment, waiting, waited, wait, late, delay, hours, "
    "phone, quicker, queue, booking, list, time, telephone, cancelled",
    "Activities": "activities, bored, games, fresh air, garden, gym, tv, music, walk, art, groups, outside, wifi, sessions",
    "Communication & involvement": "information, explained, listen, listened, told, letter, understand, "
    "informed, answer, questions, communication, call, advice, kept informed",
    "Environment, equipment & catering": "clean, room, food, toilet, noise, hot, cold, "
    "chair, bed, comfortable, meals, water, seats, ward, temperature",
    "General": "nothing, excellent, good, great, thank you, happy, satisfied, perfect, fine, no complaints, brilliant service, everything, n/a, well",
    "Impact of care": "better, helped me, improved, recovered, difference, life, relief, feel, results, progress, changed",
    "Medication & pain": "medication, pain, painful, tablets, drugs, injection, prescription, medicine, dose, pharmacy, side effects",
    "Mental Health specifics": "mental health act, section, sectioned, detained, crisis, leave, psychiatric, tribunal",
    "Patient journey & service coordination": "discharge, discharged, follow up, same person, different doctor, "
    "transferred, aftercare, continuity, home, referral, notes",
    "Service location, travel & transport": "parking, car park, transport, ambulance, driver, travel, distance, "
    "bus, taxi, far, journey, closer, miles, local",
    "Staff": "staff, nurse, nurses, doctor, kind, caring, friendly, helpful, polite, rude, professional, attitude, team, lovely, understaffed",
}


class Reach(NamedTuple):
    """Shares from 0 to 1, and over how many comments."""

    at_three: float
    first: float
    number: int


def plan_texts(slug: str) -> list[PriorityText]:
    return from_plan(read_plan(LIBRARY / f"{slug}.yaml"))


def suggested(suggester: Suggester) -> Suggest:
    return lambda words: [each.priority for each in suggester.suggest(words).best]


def reach(suggest: Suggest, said: Iterable[Comment]) -> Reach:
    at_three = first = 0.0
    tied = [comment for comment in said if comment.priorities]
    for comment in tied:
        best = suggest(comment.words)
        at_three += len(comment.priorities & set(best[:3])) / len(comment.priorities)
        first += best[0] in comment.priorities
    return Reach(at_three / len(tied), first / len(tied), len(tied))


def most_frequent(said: Sequence[Comment]) -> Suggest:
    times = Counter(priority for comment in said for priority in comment.priorities)
    best = [priority for priority, _ in times.most_common(3)]
    return lambda words: best


def held_back(slug: str) -> Reach:
    """Ask for the plan's own phrases with a fifth of them taken away at a time: words that others wrote, none of them seen."""
    reached = [reach(suggested(Suggester(texts)), held) for texts, held in (_without_fold(slug, fold) for fold in range(FOLDS))]
    number = sum(each.number for each in reached)
    return Reach(sum(r.at_three * r.number for r in reached) / number, sum(r.first * r.number for r in reached) / number, number)


def _without_fold(slug: str, fold: int) -> tuple[list[PriorityText], list[Comment]]:
    whole = plan_texts(slug)
    kept = [dataclasses.replace(each, phrases=tuple(p for at, p in enumerate(each.phrases) if at % FOLDS != fold)) for each in whole]
    held = [Comment(phrase, frozenset({each.code})) for each in whole for phrase in each.phrases[fold::FOLDS]]
    return kept, held


def children_agree(name_tone: Callable[[str], str]) -> float:
    told = tones()
    return sum(name_tone(words) == tone for words, tone in told) / len(told)


def plain_textblob(words: str) -> str:
    """TextBlob as it comes, for comparison."""
    polarity = tone_module.textblob().analyze(words).polarity
    return "positive" if polarity > 0.1 else "negative" if polarity < -0.1 else "neutral"


def main(nhs: str | None) -> None:
    print(f"{'suggestions, cold':34}{'r@3':>7}{'first':>7}{'n':>6}   most frequent r@3, first")
    for slug in (slug for slug in PLANS if slug in library_slugs()):
        _show(slug, comments(slug), Suggester(plan_texts(slug)))
    for slug in (slug for slug in PLANS[:2] if slug in library_slugs()):
        _show(f"{slug}, later", later_comments(slug), Suggester(plan_texts(slug)))
    for slug in (slug for slug in ("calderdale", "hertfordshire-2011") if slug in library_slugs()):
        for name in SPENT:
            _show(f"{slug}, {name} (spent)", spent_comments(name, slug), Suggester(plan_texts(slug)))
        _show(f"{slug}, held", held_comments(slug), Suggester(plan_texts(slug)))
    for slug in library_slugs():
        at_three, first, number = held_back(slug)
        print(f"{slug + ', phrases held back':34.34}{at_three:7.3f}{first:7.3f}{number:6}")
    if nhs:
        _show_nhs(Path(nhs))
    ours, plain = children_agree(lambda words: tone_module.tone(words).tone), children_agree(plain_textblob)
    print(f"\ntone on children's sentences: ours {ours:.3f}, TextBlob as it comes {plain:.3f}")
    _show_times()


def _show(name: str, said: Sequence[Comment], suggester: Suggester) -> None:
    at_three, first, number = reach(suggested(suggester), said)
    base = reach(most_frequent(said), said)
    print(f"{name:34}{at_three:7.3f}{first:7.3f}{number:6}   {base.at_three:.3f}, {base.first:.3f}")


def _show_nhs(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = [Comment(row["text"], frozenset(row["themes"].split("|"))) for row in rows]
    texts = [PriorityText(name, name, name, name, tuple(listed.split(", "))) for name, listed in NHS_WORDS.items()]
    _show("NHS themes, listed words", said, Suggester(texts))
    plain = [PriorityText(name, name, name, name) for name in NHS_WORDS]
    _show("NHS themes, their names alone", said, Suggester(plain))
    told = [(row["text"], row["sentiment"]) for row in rows if row["sentiment"] in ("pos", "neg")]
    print("\ntone on NHS comments people called positive or negative, agreement of the sign:")
    for name, score in (
        ("ours", lambda words: tone_module.tone(words).score),
        ("TextBlob as it comes", lambda words: tone_module.textblob().analyze(words).polarity),
        ("VADER as it comes", lambda words: tone_module.vader().polarity_scores(words)["compound"]),
        ("always positive", lambda words: 1.0),
    ):
        print(f"  {name:24}{sum((score(words) > 0) == (sense == 'pos') for words, sense in told) / len(told):.3f}")


def _show_times() -> None:
    slug = library_slugs()[-1]
    texts, started = plan_texts(slug), time.perf_counter()
    suggester = Suggester(texts)
    built = time.perf_counter() - started
    said, started = comments(PLANS[0]), time.perf_counter()
    for comment in said:
        suggester.suggest(comment.words)
    print(f"built for {slug} in {built * 1000:.0f} ms, a suggestion in {(time.perf_counter() - started) / len(said) * 1000:.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
