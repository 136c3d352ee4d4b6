"""What was found in a parse: actors, times and places, each with its words and its reason."""

from dataclasses import dataclass
from typing import Literal

MentionKind = Literal[
    "state",
    "organ",
    "leader",
    "igo",
    "bloc",
    "group",
    "party",
    "region",
    "outlet",
    "people",
    "craft",
    "role",
    "coreference",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party to an event, as in the record (DESIGN §3).

    `entity` is an ISO 3166 alpha-3 code or an id of the organisations table; `code` is what the
    PLOVER country field holds (the same for a state, the claimant for a breakaway region).
    `person` is an id of the people table where a named person is meant.
    """

    entity: str
    code: str
    name: str
    sectors: tuple[str, ...]
    text: str
    span: tuple[int, int]
    person: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of one sentence that name one or more actors (`kedua negara` names two).

    `first` and `last` are word indexes in the sentence, both inside the mention. `head` is the
    word that a tree would attach. `rule` names the rule or table row that resolved it.
    `person_name` is the name of a person as printed (also one that no table knows).
    """

    sentence: int
    first: int
    last: int
    head: int
    kind: MentionKind
    actors: tuple[Actor, ...]
    text: str
    span: tuple[int, int]
    rule: str
    person_name: str = ""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression with its value. `edtf` is None where the words fix no date.

    kind: date, interval, duration, set, event-time (holidays, wars). `relation` is how a
    preposition bends it: "" | since | until | before | after. `reason` says how the value came.
    """

    sentence: int
    first: int
    last: int
    text: str
    span: tuple[int, int]
    edtf: str | None
    kind: str
    relation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its state (ISO 3166 alpha-3) and WGS 84 degrees, where known."""

    name: str
    country: str
    lat: float | None
    lon: float | None
    span: tuple[int, int]
