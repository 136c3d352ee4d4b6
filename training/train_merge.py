"""Fit the weights of the same-event scores to the labelled pairs of the dev split.

    python -m training.train_merge

Prints the `[event.weights]` of src/kawat/lang/any/merge.toml: a logistic model that stays near the
weights set by hand (`PRIOR`), since the pairs are few. Held-out pairs are not read.
"""

import numpy as np

from kawat.merge import compare_reports, event_keys
from tests.merge.pairs import read_report_pairs

PRIOR = {
    "parties": (1.0, 2.5), "type": (1.2, 2.5), "status": (1.0, 4.0), "time": (2.0, 4.5),
    "place": (1.5, 4.0), "published": (0.8, 1.0), "words": (2.8, 2.2), "sectors": (0.3, 0.5),
    "persons": (0.8, 0.8), "mode": (0.6, 0.8), "numbers": (0.9, 0.9), "article": (0.0, 0.6),
}  # fmt: skip
"""For and against: one day in common says little, two days apart say much."""
BIAS = -2.0
WORDY = frozenset({"words", "numbers"})
PULL, STEPS, RATE = 0.02, 4000, 0.3


def main() -> None:
    """Print the fitted weights."""
    rows, labels = [], []
    for pair in read_report_pairs("dev"):
        if not set(event_keys(pair.left).probe) & set(event_keys(pair.right).kept):
            continue
        scores = compare_reports(pair.left, pair.right).scores
        # Each pair a second time as if in two languages: else words would decide alone.
        for hidden in (frozenset[str](), WORDY):
            values = [0.0 if name in hidden else scores[name].value for name in PRIOR]
            rows.append([1.0, *(max(0.0, v) for v in values), *(min(0.0, v) for v in values)])
            labels.append(float(pair.same))
    x, y = np.array(rows), np.array(labels)
    prior = np.array([BIAS, *(w[0] for w in PRIOR.values()), *(w[1] for w in PRIOR.values())])
    weights = prior.copy()
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(-x @ weights)) - y
        weights -= RATE * (x.T @ wrong / len(y) + PULL * (weights - prior))
        weights[1:] = np.maximum(weights[1:], 0.0)
    print(f"[event.weights]\nbias = {weights[0]:.2f}")
    for at, name in enumerate(PRIOR, start=1):
        print(f"{name} = [{weights[at]:.2f}, {weights[at + len(PRIOR)]:.2f}]")


if __name__ == "__main__":
    main()
