"""The rows of the tables, typed. Column names are those of `schema/*.toml`."""

from typing import NamedTuple


class TypeRow(NamedTuple):
    """PLOVER type and mode with quad class and intensity (any/types.csv)."""

    type: str
    mode: str
    quad: str
    intensity: float | None


class JudgeRow(NamedTuple):
    """A feature of an event and how much it speaks for it (any/judge.csv)."""

    feature: str
    weight: float


class EntityRow(NamedTuple):
    """A state, region, organisation, bloc or group (any/entities.csv). One row an entity."""

    id: str
    code: str
    kind: str
    name: str
    sectors: tuple[str, ...]
    wikidata: str
    cow: str
    capital: str
    lat: float | None
    lon: float | None
    start: str
    end: str
    source: str


class PersonRow(NamedTuple):
    """One term of office of one person (any/people.csv).

    `seen` is the last day on which the source has a term running whose end is empty.
    """

    id: str
    name: str
    entity: str
    office: str
    sectors: tuple[str, ...]
    start: str
    end: str
    seen: str
    wikidata: str
    source: str


class OfficeRow(NamedTuple):
    """An office of people.csv, and whether one person holds it at a time (any/offices.csv)."""

    office: str
    holders: str
    source: str


class MemberRow(NamedTuple):
    """A time of membership; empty dates are unknown (any/members.csv)."""

    organisation: str
    member: str
    role: str
    start: str
    end: str
    source: str


class OutletRow(NamedTuple):
    """A news agency, paper, broadcaster or site (any/outlets.csv)."""

    id: str
    name: str
    country: str
    kind: str
    control: str
    owner: str
    domains: tuple[str, ...]
    source: str


class PlaceRow(NamedTuple):
    """A city, region or site with its state (any/places.csv); names in every language."""

    names: tuple[str, ...]
    country: str
    lat: float | None
    lon: float | None
    source: str


class NameRow(NamedTuple):
    """A written name of an entity, person or outlet (any/names.csv, LANG/names.csv)."""

    alias: str
    target: str
    kind: str
    sectors: tuple[str, ...]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    source: str


class TitleRow(NamedTuple):
    """How a language calls offices: the first that the state has is meant (LANG/titles.csv)."""

    id: str
    phrase: tuple[str, ...]
    offices: tuple[str, ...]
    source: str


class AgentRow(NamedTuple):
    """A common noun that gives a sector: title, organ, role or people (LANG/agents.csv)."""

    id: str
    phrase: tuple[str, ...]
    kind: str
    sectors: tuple[str, ...]
    source: str


class EventRow(NamedTuple):
    """A trigger with its frame (LANG/events/TYPE.csv). docs/lexicon.md explains every column."""

    id: str
    form: tuple[str, ...]
    base: tuple[str, ...]
    object: tuple[str, ...]
    voice: str
    type: str
    mode: str
    actor: str
    recipient: str
    preps: tuple[str, ...]
    status: str
    contexts: tuple[str, ...]
    needs: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    source: str


class ReportingRow(NamedTuple):
    """A reporting verb, source phrase or medium noun (LANG/reporting.csv)."""

    id: str
    phrase: tuple[str, ...]
    kind: str
    medium: str
    stance: str
    source: str


class ContextRow(NamedTuple):
    """Words that imply a PLOVER context (LANG/contexts.csv)."""

    id: str
    phrase: tuple[str, ...]
    context: str
    source: str


class NearTypeRow(NamedTuple):
    """Two types that two readers may give to one event, 0..1 (any/near_types.csv)."""

    type: str
    near: str
    closeness: float
    why: str


class CameoRow(NamedTuple):
    """The CAMEO code of a type and mode, with its Goldstein value (any/cameo.csv)."""

    type: str
    mode: str
    cameo: str
    goldstein: float
    source: str


class CameoTypeRow(NamedTuple):
    """The PLOVER type of a CAMEO code (any/cameo_types.csv)."""

    cameo: str
    type: str
    source: str


class AlphaRow(NamedTuple):
    """The ISO 3166-1 alpha-2 code of a state, in small letters (any/alpha2.csv)."""

    entity: str
    alpha2: str
    source: str


class LanguageRow(NamedTuple):
    """ISO 639 codes of a language (any/languages.csv)."""

    code: str
    alpha3: str
    name: str
    source: str
