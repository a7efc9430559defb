"""What was learned from written-out examples: how much each word and concept speaks for a disclosure.

The patterns name what is known; this hears what is like it. The weights are those of a logistic regression, kept as a text file
(`weights.txt`, made by `python -m tests.rooms.safeguarding.learn`), so nothing but a sum happens here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from . import data

WINDOW = 14  # words weighed together: the length of what it learned from
ENOUGH = 2.0  # high: on ordinary answers nobody had seen, a lower one marked half as many again and found hardly more
EACH_MORE = 0.4  # a long text has more stretches, so more chances to be taken wrongly: each asks for a little more
AT_MOST = 2.4
MOST_TELLING = 3

KIND_OF = {
    "SEX": "sexual", "GENITAL": "sexual", "TOUCHY": "sexual", "PRIVATE": "sexual", "SECRET": "sexual", "TOUCH": "sexual",
    "MARRY": "fgm_forced_marriage", "FGM": "fgm_forced_marriage", "ABROAD": "fgm_forced_marriage",
    "NUDE": "online_harm", "PIC": "online_harm", "ONLINE": "online_harm", "WEBTALK": "online_harm",
    "BLADE": "bullying_threat", "BULLY": "bullying_threat", "THREAT": "bullying_threat",
    "DEBT": "exploitation", "COUNTY": "exploitation", "SELL": "exploitation", "GOODS": "exploitation", "CARRY": "exploitation",
    "DIE": "self_harm", "SUICIDE": "self_harm", "SELFHARM": "self_harm", "SELF": "self_harm", "CUTTER": "self_harm", "PILLS": "self_harm",
    "HUNGRY": "neglect", "FOOD": "neglect", "ALONE": "neglect", "NEED": "neglect", "STAFF": "staff_allegation",
    "ILL": "young_carer_crisis", "CAREFOR": "young_carer_crisis", "DRUNK": "domestic_abuse", "SMASH": "domestic_abuse",
    "HIT": "physical", "PAIN": "physical", "BODY": "physical", "INSULT": "emotional", "SHOUT": "emotional", "HATE": "emotional",
}  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """How much the words speak for a disclosure (log-odds; 0 is as likely as not), the nearest kind, and the words that say most."""

    score: float
    kind: str
    positions: tuple[int, ...]


@cache
def weights() -> dict[str, float]:
    """Weight of each word and concept in log-odds; the empty name is where an empty text begins."""
    return {name: float(weight) for name, weight in (pair.rsplit("=", 1) for pair in data.pairs("weights"))}


def windows(tags: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Stretches of WINDOW words, each half over the one before."""
    for start in range(0, max(1, len(tags) - WINDOW // 2), WINDOW // 2):
        yield start, min(len(tags), start + WINDOW)


def hear(tags: Sequence[frozenset[str]]) -> Heard:
    """Weigh each stretch of a text and answer for the one that says most."""
    return max((_heard(tags, start, end) for start, end in windows(tags)), key=lambda heard: heard.score)


def enough(heard: Heard, tags: Sequence[frozenset[str]]) -> bool:
    """Whether what was heard is enough for a text of this length."""
    return heard.score > min(AT_MOST, ENOUGH + EACH_MORE * (len(list(windows(tags))) - 1))


def _heard(tags: Sequence[frozenset[str]], start: int, end: int) -> Heard:
    known = weights()
    present = frozenset().union(*tags[start:end])
    score = known.get("", 0.0) + sum(known.get(tag, 0.0) for tag in present)
    said = {at: sum(known.get(tag, 0.0) for tag in tags[at]) for at in range(start, end)}
    telling = sorted(said, key=lambda at: -said[at])[:MOST_TELLING]
    return Heard(score, _nearest_kind(present), tuple(sorted(at for at in telling if said[at] > 0)))


def _nearest_kind(present: frozenset[str]) -> str:
    known = weights()
    speaking = [(known.get(concept, 0.0), kind) for concept, kind in KIND_OF.items() if concept in present]
    best = max(speaking, default=(0.0, ""))
    return best[1] if best[0] > 0 else "asking_for_help"
