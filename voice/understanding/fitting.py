"""Learning from what people confirmed: makes the table that `learned` reads. Run by the worker in a process of its own.

For each class a logistic regression, balanced, on hashed words and letters (`hashing`), with the plan's own phrases as weak examples beside the
confirmed views. To its answer the opinion of the unlearned machine is added. How much that counts, and how much a class gains by being common,
is chosen by three-fold cross-validation on r@3 and on the first suggestion; so is the score from which a class is likely meant, and the one below
which none is. scikit-learn is imported when something is learned, and never by a web process.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from voice.understanding import learned
from voice.understanding.hashing import PLACES, Hasher, Piece, split, unit

SEED = 6
FOLDS = 3
PHRASES_WEIGH = 0.3
LOOSENESS = 8.0
"""scikit-learn's C: how far the weights may go for the sake of an example."""
UNLEARNED_COUNTS = (4.0, 2.0, 8.0, 1.0, 0.5)
COMMON_COUNTS = (0.0, 0.15, 0.3)
FEWEST_TO_CHOOSE = 20
"""Below so many confirmed views nothing is chosen by measurement, and what was not learned counts much, so that a few cannot spoil it."""
FEW = (4.0, 0.0)
FIRST_COUNTS = 0.25
"""How much the first suggestion counts beside r@3."""
FEWEST_NONE = 10
ALL_FOLDS_UP_TO = 2000  # examples; beyond, one fold is held back instead of each in turn


@dataclass(frozen=True)
class Lesson:
    """A text and the classes a person confirmed for it. `beside`: the unlearned machine's opinion on each class;
    `heard`: its numbers that are for learning from, the same for every class."""

    words: str
    classes: frozenset[str]
    beside: tuple[float, ...]
    heard: tuple[float, ...] = ()


@dataclass(frozen=True)
class Figures:
    """What cross-validation found: shares from 0 to 1 over the lessons that have a class; None where there were too few to tell."""

    lessons: int
    none_of_these: int
    at_three: float | None = None
    first: float | None = None
    unlearned_at_three: float | None = None
    unlearned_first: float | None = None
    frequent_at_three: float | None = None
    micro_f1: float | None = None

    @property
    def is_better(self) -> bool:
        """Whether what was learned did at least as well as the unlearned machine; not known is taken for yes."""
        if self.at_three is None or self.first is None or self.unlearned_at_three is None or self.unlearned_first is None:
            return True
        return self.at_three + FIRST_COUNTS * self.first >= self.unlearned_at_three + FIRST_COUNTS * self.unlearned_first


def fit(classes: Sequence[str], lessons: Sequence[Lesson], phrases: Sequence[tuple[str, str]], key: bytes) -> tuple[bytes, Figures]:
    """The table as bytes, and how well it does. `phrases`: weak examples, each with its class.

    Raises:
        ValueError: there is no class, or no example.
    """
    if not classes or not (lessons or phrases):
        raise ValueError("Nothing to learn from.")
    return _Fit(tuple(classes), list(lessons), list(phrases), key).made()


class _Fit:
    def __init__(self, classes: tuple[str, ...], lessons: list[Lesson], phrases: list[tuple[str, str]], key: bytes) -> None:
        import numpy as np  # here and not above: this module is imported where nothing is fitted

        self.np, self.classes, self.lessons = np, classes, lessons
        hasher = Hasher(key)
        self.said = [hasher.pieces(split(each.words)) for each in lessons]
        self.weak = [hasher.pieces(split(text)) for text, _ in phrases]
        self.truth = np.array([[name in each.classes for name in classes] for each in lessons], dtype=bool).reshape(len(lessons), len(classes))
        self.weak_truth = np.array([[name == of for name in classes] for _, of in phrases], dtype=bool).reshape(len(phrases), len(classes))
        self.beside = np.array([each.beside for each in lessons], dtype=float).reshape(len(lessons), len(classes))
        self.heard = np.array([each.heard for each in lessons], dtype=float).reshape(len(lessons), -1) if lessons else np.zeros((0, 0))

    def made(self) -> tuple[bytes, Figures]:
        everyone = list(range(len(self.lessons)))
        tried, scores = self._held_back()
        unlearned, common = self._chosen(tried, scores)
        at_least, none_below, figures = self._measured(tried, scores, unlearned, common)
        rarity = self._rarity(everyone)
        weights, starts = self._weights(everyone, rarity)
        starts = starts + common * self._commonness(everyone)
        beside = tuple((*row[PLACES:], unlearned) for row in weights)
        head = learned.Head(self.classes, (), tuple(starts.tolist()), beside, at_least, none_below)
        return learned.write(head, rarity, [row[:PLACES].tolist() for row in weights]), figures

    def _held_back(self) -> tuple[list[int], Any]:
        """Lessons in an order by chance, cut in three; each is scored by what the others taught. Which were scored, and their scores."""
        number = len(self.lessons)
        scores = self.np.zeros((number, len(self.classes)))
        if number < FEWEST_TO_CHOOSE:
            return [], scores
        order = list(range(number))
        random.Random(SEED).shuffle(order)  # noqa: S311  # a shuffle that comes out the same each time needs no secrets
        tried: list[int] = []
        for fold in range(FOLDS if number <= ALL_FOLDS_UP_TO else 1):
            held = order[fold::FOLDS]
            taught = sorted(set(order) - set(held))
            rarity = self._rarity(taught)
            weights, starts = self._weights(taught, rarity)
            scores[held] = self._matrix([self.said[each] for each in held], rarity, self.heard[held]) @ weights.T + starts
            tried += held
        return tried, scores

    def _chosen(self, tried: list[int], scores: Any) -> tuple[float, float]:
        if not any(self.truth[each].any() for each in tried):
            return FEW
        common = self._commonness(tried)

        def good(pair: tuple[float, float]) -> float:
            at_three, first = _reached(scores[tried] + pair[0] * self.beside[tried] + pair[1] * common, self.truth[tried])
            return round(at_three + FIRST_COUNTS * first, 3)

        return max(product(UNLEARNED_COUNTS, COMMON_COUNTS), key=good)

    def _measured(self, tried: list[int], scores: Any, unlearned: float, common: float) -> tuple[float, float | None, Figures]:
        nones = int((~self.truth.any(axis=1)).sum())
        if not any(self.truth[each].any() for each in tried):
            return 0.0, None, Figures(len(self.lessons), nones)
        truth = self.truth[tried]
        whole = scores[tried] + unlearned * self.beside[tried] + common * self._commonness(tried)
        at_least, micro = _best_line(whole, truth)
        reached = (*_reached(whole, truth), *_reached(self.beside[tried], truth))
        frequent = _reached(self.np.tile(truth.sum(axis=0), (len(truth), 1)), truth)[0]
        return at_least, _none_line(whole.max(axis=1), truth.any(axis=1)), Figures(len(self.lessons), nones, *reached, frequent, micro)

    def _commonness(self, which: Sequence[int]) -> Any:
        share = (self.truth[list(which)].sum(axis=0) + 0.5) / (len(which) + 1)
        return self.np.log(share / (1 - share))

    def _rarity(self, which: Sequence[int]) -> list[float]:
        texts = [self.said[each] for each in which] + self.weak
        found = self.np.zeros(PLACES)
        for pieces in texts:
            found[list(pieces)] += 1
        rarity: list[float] = (self.np.log((1 + len(texts)) / (1 + found)) + 1).tolist()
        return rarity

    def _weights(self, which: Sequence[int], rarity: Sequence[float]) -> tuple[Any, Any]:
        """A row of weights for each class (places, then what was heard), and where each class starts."""
        import scipy.sparse as sparse
        from sklearn.linear_model import LogisticRegression

        heard = self.heard[list(which)]
        rows = self._matrix([self.said[each] for each in which], rarity, heard)
        weak = self._matrix(self.weak, rarity, self.np.zeros((len(self.weak), heard.shape[1])))
        examples = sparse.vstack([rows, weak]).tocsr()
        importance = self.np.r_[self.np.ones(len(which)), self.np.full(len(self.weak), PHRASES_WEIGH)]
        truth = self.np.vstack([self.truth[list(which)], self.weak_truth])
        weights, starts = self.np.zeros((len(self.classes), examples.shape[1])), self.np.zeros(len(self.classes))
        for number, is_it in enumerate(truth.T):
            if is_it.all() or not is_it.any():  # nothing to tell apart: it is as likely as it is common
                starts[number] = self._commonness(which)[number] if len(which) else 0.0
                continue
            model = LogisticRegression(C=LOOSENESS, class_weight="balanced", solver="liblinear", random_state=SEED)
            model.fit(examples, is_it, sample_weight=importance)
            weights[number], starts[number] = model.coef_[0], model.intercept_[0]
        return weights, starts

    def _matrix(self, texts: Sequence[Mapping[int, Piece]], rarity: Sequence[float], heard: Any) -> Any:
        import scipy.sparse as sparse

        places, values, ends = [], [], [0]
        for pieces in texts:
            for place, value in unit(pieces, rarity).items():
                places.append(place)
                values.append(value)
            ends.append(len(places))
        said = sparse.csr_matrix((values, places, ends), shape=(len(texts), PLACES), dtype=float)
        return sparse.hstack([said, sparse.csr_matrix(heard)]).tocsr()


def _reached(scores: Any, truth: Any) -> tuple[float, float]:
    """r@3, and how often the first is right; over what has a class."""
    has = truth.any(axis=1)
    order = (-scores[has]).argsort(axis=1, kind="stable")[:, :3]
    right = truth[has][range(len(order)), order.T].T
    return float((right.sum(axis=1) / truth[has].sum(axis=1)).mean()), float(right[:, 0].mean())


def _best_line(scores: Any, truth: Any) -> tuple[float, float]:
    """The score from which a class is taken for meant that gives the best micro-F1, and that F1."""
    pairs = sorted(zip(scores.ravel().tolist(), truth.ravel().tolist(), strict=True), reverse=True)
    meant, hits, best = int(truth.sum()), 0, (0.0, 0.0)
    for taken, (score, is_it) in enumerate(pairs, start=1):
        hits += is_it
        f1 = 2 * hits / (taken + meant)
        if f1 > best[1]:
            best = (score, f1)
    return best


def _none_line(best: Any, has: Any) -> float | None:
    """The best score below which a text more likely fits no class: where both kinds are told apart best."""
    nones: list[float] = best[~has].tolist()
    somes: list[float] = best[has].tolist()
    if len(nones) < FEWEST_NONE or len(somes) < FEWEST_NONE:
        return None

    def told_apart(line: float) -> float:
        below, above = sum(each < line for each in nones), sum(each >= line for each in somes)
        return below / len(nones) + above / len(somes)

    both = sorted({*nones, *somes})
    return max(((low + high) / 2 for low, high in pairwise(both)), key=told_apart, default=None)
