"""Train the judge: from the dev gold to `src/kawat/lang/any/judge.csv`.

    python -m training.train_judge

Every report of the coder on the dev articles is an example: right or wrong by the gate, repeats
left out. A logistic model with an L2 penalty, fitted by Newton's method: the same input gives the
same weights, no seed is needed. The penalty is the one with the least log loss when whole articles
are left out in turn. Held-out articles are never read.
"""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kawat.code.judge import judge
from kawat.lang import load
from kawat.lang.pack import load_tables
from kawat.model import Report
from kawat.run import code_one
from tests.gate.gold import GOLD, read_gold
from tests.gate.score import match

Array = NDArray[np.float64]
TABLE = Path(__file__).parents[1] / "src" / "kawat" / "lang" / "any" / "judge.csv"
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
FOLDS = 10
FEWEST = 3
"""A feature that fewer examples have gets no weight."""


def read_features(report: Report) -> dict[str, float]:
    """Return the features that the report's reasons record."""
    value = next(r.value for r in report.event.reasons if r.ref == "judge")
    return {n: float(v) for n, v in (pair.rsplit("=", 1) for pair in value.split(" "))}


def collect() -> tuple[list[dict[str, float]], list[bool], list[int]]:
    """Return features, whether right, and the article's number, of every report on dev gold."""
    features, labels, articles = [], [], []
    golds = [g for p in sorted(GOLD.iterdir()) if (p / "dev").is_dir()
             for g in read_gold(p.name, "dev")]  # fmt: skip
    for number, gold in enumerate(golds):
        reports = code_one(gold.article).reports
        found, repeats, _ = match(gold, reports, typed=True)
        right = {report.id for report in found.values()}
        for report in reports:
            if report.id not in repeats:
                features.append(read_features(report))
                labels.append(report.id in right)
                articles.append(number)
    return features, labels, articles


def fit(x: Array, y: Array, penalty: float) -> Array:
    """Return the weights of a logistic model; the first column, the bias, is not penalised."""
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def left_out_loss(x: Array, y: Array, articles: Array, penalty: float) -> float:
    """Return the mean log loss on articles that were left out of the fit."""
    losses = []
    for fold in range(FOLDS):
        out = articles % FOLDS == fold
        p = 1 / (1 + np.exp(-x[out] @ fit(x[~out], y[~out], penalty)))
        losses.extend(-np.log(np.where(y[out] == 1, p, 1 - p)))
    return float(np.mean(losses))


def main() -> None:
    """Collect, choose the penalty, fit, and write the table."""
    features, labels, numbers = collect()
    names = ["bias", *sorted({n for f in features for n in f} - {"bias"})]
    names = [n for n in names if sum(n in f for f in features) >= FEWEST]
    x = np.array([[f.get(n, 0.0) for n in names] for f in features])
    y, articles = np.array(labels, dtype=float), np.array(numbers)
    losses = {p: left_out_loss(x, y, articles, p) for p in PENALTIES}
    penalty = min(losses, key=lambda p: losses[p])
    weights = fit(x, y, penalty)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows(
            [name, f"{weight:.3f}"] for name, weight in zip(names, weights, strict=True)
        )
    load_tables.cache_clear()
    guesses = [judge(f, load("id")) for f in features]
    print(f"{len(y)} reports, {y.mean():.3f} right; penalty {penalty}; left-out loss "
          f"{losses[penalty]:.3f}; mean confidence {np.mean(guesses):.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
