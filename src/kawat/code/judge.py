"""How sure an event is: what was found for it, weighed by a small learned model.

A logistic model of a few features that a person can read; its weights are `lang/any/judge.csv`,
made by `training/train_judge.py` from the dev gold.
"""

import math

from kawat.code.arguments import Roles
from kawat.code.triggers import Trigger
from kawat.lang import Pack

BEST_SCORE = 2.5
"""Slot scores above this one tell no more."""


def find_features(
    trigger: Trigger, others: tuple[Trigger, ...], roles: Roles, status: str, language: str
) -> dict[str, float]:
    """Return what speaks for or against the event that `roles` make of a trigger."""
    best: dict[str, float] = {}
    for side, _, score, _ in roles.chosen:
        best[side] = max(best.get(side, 0.0), min(score, BEST_SCORE))
    both = trigger.row.recipient == "both"
    features = {
        "bias": 1.0,
        "actor-score": best.get("actors", 0.0),
        "recipient-score": best.get("recipients", 0.0),
        "no-actor": float(not roles.actors),
        "no-recipient": float(not roles.recipients and not both),
        "one-party-of-two": float(both and len(roles.actors) + len(roles.recipients) < 2),
        "side-from-before": float(bool(roles.inferred)),
        "same-state-on-both-sides": float(
            bool({a.entity for a in roles.actors} & {r.entity for r in roles.recipients})
        ),
        "several-words": float(trigger.noun >= 0 or len(trigger.form.words) > 1),
        "other-acts": min(len(others), 5) / 5,
        f"voice-{trigger.form.voice}": 1.0,
        f"type-{trigger.row.type}": 1.0,
        f"status-{status}": 1.0,
        f"language-{language}": 1.0,
    }
    for side, _, _, mention in roles.chosen:
        features[f"{side}-{mention.kind}"] = 1.0
    return {name: round(value, 3) for name, value in features.items() if value}


def judge(features: dict[str, float], pack: Pack) -> float:
    """Return the probability that type and parties are right, 0 to 1."""
    points = sum(value * pack.judge.get(name, 0.0) for name, value in features.items())
    return round(1 / (1 + math.exp(-points)), 3)
