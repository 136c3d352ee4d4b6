"""Fit the judge: from examples that a person marked as right or wrong to weights of features.

A logistic model with an L2 penalty, fitted by Newton's method: the same input gives the same
weights, no seed is needed. The penalty is the one with the least log loss when whole articles are
left out in turn.

    model = JudgeModel().fit(features, right, articles)    # as in scikit-learn
    model.predict_proba(features)
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kawat.errors import KawatError
from kawat.model import Report

Array = NDArray[np.float64]
Features = Mapping[str, float]
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
FOLDS = 10
FEWEST = 3
"""A feature that fewer examples have gets no weight."""
FEWEST_EXAMPLES = 30


def read_features(report: Report) -> dict[str, float]:
    """Return the features that the report's reasons record.

    Raises:
        KawatError: it has no such reason.
    """
    value = next((r.value for r in report.event.reasons if r.ref == "judge"), None)
    if value is None:
        raise KawatError(f"report {report.id} was not judged by kawat")
    return parse_features(value)


def parse_features(value: str) -> dict[str, float]:
    """Return the features of the value of a `judge` reason (`name=value name=value`)."""
    return {n: float(v) for n, v in (pair.rsplit("=", 1) for pair in value.split(" "))}


@dataclass
class JudgeModel:
    """How sure a report is, from its features. `weights` are those of `lang/any/judge.csv`."""

    weights: dict[str, float] = field(default_factory=dict)
    penalty: float = 0.0
    left_out_loss: float = 0.0
    """Mean log loss on articles that were left out of the fit."""

    def fit(
        self, features: Sequence[Features], right: Sequence[bool], articles: Sequence[int]
    ) -> "JudgeModel":
        """Fit the weights; `articles` tells which examples are of one article.

        Raises:
            KawatError: there are too few examples, or all are right, or all wrong.
        """
        if len(features) < FEWEST_EXAMPLES or len(set(right)) < 2 or len(set(articles)) < 2:
            raise KawatError(
                f"{len(features)} examples of {len(set(articles))} articles: at least "
                f"{FEWEST_EXAMPLES} of two are needed, some right and some wrong"
            )
        names = ["bias", *sorted({n for f in features for n in f} - {"bias"})]
        names = [n for n in names if sum(n in f for f in features) >= FEWEST]
        x, y = _matrix(features, names), np.array(right, dtype=float)
        groups = np.array(articles)
        losses = {p: _left_out_loss(x, y, groups, p) for p in PENALTIES}
        self.penalty = min(losses, key=lambda p: losses[p])
        self.left_out_loss = losses[self.penalty]
        self.weights = dict(zip(names, map(float, _fit(x, y, self.penalty)), strict=True))
        return self

    def predict_proba(self, features: Sequence[Features]) -> Array:
        """Return the probability of each that type and parties are right."""
        x = _matrix(features, list(self.weights))
        proba: Array = 1 / (1 + np.exp(-x @ np.array(list(self.weights.values()))))
        return proba

    def write(self, path: Path) -> None:
        """Write the weights as a table, as `lang/any/judge.csv` is one."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["feature", "weight"])
            writer.writerows([name, f"{weight:.3f}"] for name, weight in self.weights.items())


def log_loss(probabilities: Sequence[float] | Array, right: Sequence[bool]) -> float:
    """Return the mean log loss of probabilities."""
    kept = np.clip(np.asarray(probabilities), 1e-6, 1 - 1e-6)
    return float(np.mean(-np.log(np.where(np.array(right), kept, 1 - kept))))


def _matrix(features: Sequence[Features], names: Sequence[str]) -> Array:
    return np.array([[f.get(n, 0.0) for n in names] for f in features], dtype=float)


def _fit(x: Array, y: Array, penalty: float) -> Array:
    """The weights of a logistic model; the first column, the bias, is not penalised."""
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


def _left_out_loss(x: Array, y: Array, articles: Array, penalty: float) -> float:
    losses: list[float] = []
    for fold in range(FOLDS):
        out = articles % FOLDS == fold
        if out.any() and not out.all():
            p = 1 / (1 + np.exp(-x[out] @ _fit(x[~out], y[~out], penalty)))
            losses.extend(-np.log(np.where(y[out] == 1, p, 1 - p)))
    return float(np.mean(losses))
