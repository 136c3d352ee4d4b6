"""How sure an event is: points for what was found, put through a logistic curve."""

import math

from kawat.code.arguments import Roles
from kawat.code.triggers import Trigger

BASE = 0.2


def find_confidence(trigger: Trigger, roles: Roles, status: str) -> float:
    """Return 0..1."""
    points = BASE
    sides = {side: score for side, _, score, _ in roles.chosen}
    points += 0.8 * min(1.2, sides.get("actors", -0.5))
    points += 0.5 * min(1.2, sides.get("recipients", -0.2))
    points += 0.4 if trigger.noun >= 0 or len(trigger.form.words) > 1 else 0.0
    points -= 0.3 if trigger.form.voice == "noun" else 0.0
    points -= 0.3 if any(m.kind == "coreference" for *_, m in roles.chosen) else 0.0
    points -= 0.2 if status != "actual" else 0.0
    return round(1 / (1 + math.exp(-points)), 3)
