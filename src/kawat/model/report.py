"""The record that kawat gives: a report is one mention of one event in one article."""

from dataclasses import dataclass
from typing import Literal

from kawat.model.found import Actor, Place

Status = Literal["actual", "future", "hypothetical", "negated"]
Role = Literal["speaker", "carrier"]
Style = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the article: `article.text[span[0]:span[1]] == text`."""

    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """One step that gave one field, and can be replayed.

    `kind` lexicon: `ref` is `table:row-id`, and the row matches the words at `span`.
    `kind` rule: `ref` is the name of a rule in `kawat.code.rules` (or the find room's rules).
    `kind` score: `ref` is the name of a scoring function and `value` its result.
    """

    field: str
    kind: Literal["lexicon", "rule", "score"]
    ref: str
    value: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The event's own time. `edtf` is an EDTF date or interval."""

    edtf: str
    text: str
    span: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain of sources. Who knows no entity has `entity` "" and a name.

    `medium` is one of: letter, statement, interview, broadcast, speech, post, press-conference,
    report, document, call, article, poll, or "". `cue` are the words that make the link.
    """

    entity: str
    name: str
    role: Role
    medium: str
    cue: str
    cue_span: tuple[int, int] | None
    text: str
    span: tuple[int, int] | None
    sectors: tuple[str, ...] = ()
    """Of a speaker whose sector the words give."""


@dataclass(frozen=True, slots=True)
class Event:
    """What was found to have happened, before it is tied to an article and its sources."""

    type: str
    mode: str
    contexts: tuple[str, ...]
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: When | None
    where: Place | None
    status: Status
    historical: bool
    sentence: int
    trigger: Quote
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One event of one article with its chain of sources; the public record."""

    id: str
    article_id: str
    event: Event
    quad: str
    intensity: float | None
    attribution: tuple[Link, ...]
    sentence: Quote


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed statement: who said what, with which cue, in which medium, to or through whom.

    `content` is the exact span without its quotation marks. `sentences` are the first and last
    sentence index that the content and its cue touch. `speaker` and `carriers` are links of the
    chain, from the origin to the nearest carrier.
    """

    id: str
    article_id: str
    speaker: Link | None
    cue: Quote
    content: Quote
    style: Style
    medium: str
    carriers: tuple[Link, ...]
    sentences: tuple[int, int]
