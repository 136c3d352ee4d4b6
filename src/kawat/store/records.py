"""What goes into a store and what comes out: frozen records on top of those of the model room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, TypeVar

from kawat.model import Article, Judgement, Origins, Report, Statement

Item = TypeVar("Item")
RunKind = Literal["add", "import", "watch", "recode", "merge"]
Direction = Literal[">", "<", "="]
"""Who acts, in a pair written in order of the alphabet: the first, the second, or both alike."""
Review = Literal["", "accept", "correct", "reject"]
Known = Literal["new", "changed", "same"]
FACETS = ("type", "status", "actor", "outlet", "language", "country", "origin", "flag")


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes. `key` is an id of the outlets table, or the folded name of one it lacks."""

    key: str
    name: str
    country: str = ""
    """ISO 3166 alpha-3, where known."""
    control: str = ""
    """`state` for state media, else empty or as the outlets table says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with all that was found in it, on its way into the store."""

    article: Article
    reports: tuple[Report, ...]
    statements: tuple[Statement, ...] = ()
    outlet: Outlet | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    """How often a trigger gave no event, by reason; and sentences that were not read further."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run that wrote: `counts` by what was counted. `ended` is None while it runs or broke."""

    id: int
    kind: RunKind
    version: str
    settings: str
    """JSON object."""
    started: str
    ended: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that a run could not read, and why. Times are ISO 8601, UTC."""

    run: int
    kind: RunKind
    source: str
    reason: str
    time: str


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One version of an article. `number` counts the versions of the article from 1."""

    key: int
    article: Article
    number: int
    versions: int
    outlet: Outlet | None
    added: str
    coder: str
    """Version of kawat that coded it last."""
    dropped: Mapping[str, int]
    copy_of: str = ""
    """Id of the article that this one copies, by a judgement that holds."""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report in the store. `report` has a person's corrections, `machine` is as it was coded."""

    key: int
    report: Report
    machine: Report
    event: str
    version: int
    article_id: str
    title: str
    url: str
    published: str | None
    language: str
    outlet: Outlet | None
    review: Review
    path: tuple[str, ...] = ()
    """The way from the origin to this article, once the report was merged."""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event: reports that are held to tell the same. Fields are those of its fullest report."""

    id: str
    type: str
    mode: str
    quad: str
    intensity: float | None
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str
    historical: bool
    when: str | None
    """EDTF, or None where no report says when."""
    day: str
    """ISO date for order and charts: the first day of `when`, else of the first publication."""
    end: str
    """Last day that `when` allows; 9999-12-31 where it is open."""
    place: str
    country: str
    sentence: str
    trigger: tuple[int, int]
    """Offsets into `sentence`."""
    confidence: float
    reports: int
    documents: int
    outlets: int
    origins: tuple[int, int] | None
    """(lower, upper); None until the event was merged."""
    interests: tuple[int, int] | None
    flags: tuple[str, ...]
    review: Review
    title: str
    """Title of the article of the fullest report."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with everything behind it, rejected reports too."""

    event: EventRow
    reports: tuple[StoredReport, ...]
    origins: Origins | None
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events. Empty fields do not filter; all that are given must hold.

    `since` and `until` are ISO dates or their beginnings (`2022`, `2022-07`), both inclusive.
    `search` takes words that must all stand in one report or its title, "phrases", prefix* and
    -excluded; the 20,000 reports that match and came in last are looked at.
    """

    actor: str = ""
    """A party on whichever side."""
    partner: str = ""
    """Another party beside `actor`."""
    side: Literal["", "actor", "recipient"] = ""
    """The side that `actor` must be on."""
    type: str = ""
    quad: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    min_origins: int = 0
    """Least count of origins, by the lower bound."""
    origin: str = ""
    """Key of an origin, or the id of the entity or outlet behind it."""
    outlet: str = ""
    language: str = ""
    country: str = ""
    """Where it happened, ISO 3166 alpha-3."""
    flag: str = ""
    review: Literal["", "reviewed", "unreviewed", "rejected"] = ""
    """Events of which every report was rejected are shown only with `rejected`."""
    search: str = ""
    min_confidence: float = 0.0
    dated: bool = False
    """Only events whose own time is known."""
    order: Literal["newest", "oldest", "added"] = "newest"


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items; `cursor` gets the next ones, and is empty at the end."""

    items: tuple[Item, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the events that a query finds have `value`."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many events: `exact` is false where counting stopped at a limit."""

    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Events of a pair in one month (`YYYY-MM`) with one type, status and direction."""

    month: str
    type: str
    quad: str
    status: str
    direction: Direction
    events: int
    dated: int
    """Those whose own time is known; the others stand under their month of publication."""
    corroborated: int
    """Those with two origins or more, by the lower bound."""
    intensity: float | None
    """Mean PLOVER intensity, -10..10."""


@dataclass(frozen=True, slots=True)
class ForeignMonth:
    """What another data set has of a pair in one month; intensity is the mean on its scale."""

    month: str
    events: int
    intensity: float | None


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries what an origin started. Days are those of publication."""

    outlet: Outlet | None
    events: int
    reports: int
    credited: int
    """Reports whose own words name the origin; the others are traced to it by copying."""
    first: str
    last: str


class PairDay(NamedTuple):
    """How many events of a quad class a pair (in order of the alphabet) had on a day."""

    a: str
    b: str
    day: str
    quad: str
    events: int


@dataclass(frozen=True, slots=True)
class TellerMonth:
    """Events of a pair in one month with one type that outlets of one country tell."""

    month: str
    type: str
    country: str
    """ISO 3166 alpha-3 of the outlets, "" where it is unknown."""
    events: int


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed that is watched. Times are ISO 8601 in UTC, "" for never."""

    url: str
    title: str = ""
    etag: str = ""
    modified: str = ""
    checked: str = ""
    next: str = ""
    """When it may be asked again."""
    tries: int = 0
    """Times in a row that it could not be read."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PageState:
    """A page that a feed named. It is fetched once: `queued`, then `done` or `failed`."""

    url: str
    feed: str | None = None
    state: Literal["queued", "done", "failed"] = "queued"
    published: str = ""
    """As the feed says."""
    found: str = ""
    next: str = ""
    """When it may be fetched, again if it could not be."""
    tries: int = 0
    problem: str = ""
    article: str = ""
    """Id of the article that it gave."""


@dataclass(frozen=True, slots=True)
class HostState:
    """What is known of a host, so that it is asked no more than it likes."""

    host: str
    robots: str = ""
    """Its robots.txt; "" allows all."""
    robots_until: str = ""
    """Until when that holds."""
    next: str = ""
    """When it may be asked again."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a write did to the store."""

    articles: int = 0
    versions: int = 0
    same: int = 0
    reports: int = 0
    retired: int = 0
    held: int = 0
    """Reports that were left out since a person has judged the record of the same words."""
    statements: int = 0
