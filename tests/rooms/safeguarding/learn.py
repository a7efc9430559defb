"""Learn the weights of the screen again from the phrase sets: `python -m tests.rooms.safeguarding.learn`.

Writes `voice/safeguarding/screening/weights.txt` and prints what ten-fold cross-validation finds the learned part to do alone.
"""

from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tests.rooms.safeguarding.phrases import disclosures, lines
from voice.safeguarding import screen as opinion
from voice.safeguarding.screening import learned
from voice.safeguarding.screening.reading import read

WEIGHTS = Path(learned.__file__).with_name("weights.txt")
LEAST = 0.05
LINE = 150
HEAD = "# What each word and concept speaks for a disclosure, in log-odds. Made by tests/rooms/safeguarding/learn.py, not by hand.\n"


def features(text):
    """Each stretch of the text as the set of its tags."""
    tags = opinion._serious(read(text, opinion._speller()))
    return [dict.fromkeys(frozenset().union(*tags[start:end]), 1) for start, end in learned.windows(tags)]


def fitted(samples, labels):
    flat = [(window, label) for windows, label in zip(samples, labels, strict=True) for window in windows]
    table = DictVectorizer()
    model = LogisticRegression(C=1, max_iter=1000, class_weight="balanced")
    return table, model.fit(table.fit_transform([window for window, _ in flat]), [label for _, label in flat])


def cross_validated(samples, labels):
    """Each text's score by a model that has not met it."""
    fold = np.random.RandomState(0).randint(0, 10, len(labels))
    scores = np.zeros(len(labels))
    for left_out in range(10):
        kept = [at for at in range(len(labels)) if fold[at] != left_out]
        table, model = fitted([samples[at] for at in kept], [labels[at] for at in kept])
        for at in np.where(fold == left_out)[0]:
            scores[at] = model.decision_function(table.transform(samples[at])).max()
    return scores


def written(table, model):
    named = sorted(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    pairs = [f"={model.intercept_[0]:.2f}", *(f"{name}={weight:.2f}" for name, weight in named if abs(weight) >= LEAST)]
    rows = [""]
    for pair in pairs:
        if len(rows[-1]) + len(pair) > LINE:
            rows.append("")
        rows[-1] = f"{rows[-1]} {pair}".strip()
    return HEAD + "\n".join(rows) + "\n"


def main():
    said = [row.text for name in ("disclosures", "disclosures_heldout", "disclosures_unseen") for row in disclosures(name)]
    others = [line for name in ("ordinary", "service_comments", "hard_negatives", "ordinary_unseen") for line in lines(name)]
    samples = [features(text) for text in (*said, *others)]
    labels = [1] * len(said) + [0] * len(others)
    scores = cross_validated(samples, labels)
    found = scores > learned.ENOUGH
    print(f"alone, by cross-validation: {found[: len(said)].mean():.3f} of disclosures, {found[len(said) :].mean():.3f} of the others")
    WEIGHTS.write_text(written(*fitted(samples, labels)), encoding="utf-8")


if __name__ == "__main__":
    main()
