"""An event of another data set, as far as it can be compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForeignEvent:
    """One row of another data set. Parties are ISO 3166-1 alpha-3, "" where it has none."""

    dataset: str
    """Its name, such as `polecat`."""
    id: str
    day: str
    """ISO date."""
    actor: str
    recipient: str
    type: str
    """PLOVER type, "" if its code has none."""
    code: str
    """As printed there: PLOVER type and mode, or a CAMEO code."""
    intensity: float | None
    """On its own scale from -10 to 10 (PLOVER, or Goldstein)."""
