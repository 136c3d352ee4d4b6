"""From a table row to an `Actor`: entity, PLOVER code and sectors."""

from kawat.find.index import Index
from kawat.lang.rows import EntityRow, NameRow, PersonRow
from kawat.model import Actor, Article

GOVERNMENT_KINDS = frozenset({"capital", "palace"})
PARTISAN_KINDS = frozenset({"party", "group"})


def resolve_name(
    row: NameRow, index: Index, text: str, span: tuple[int, int], article: Article
) -> Actor | None:
    """Return the actor that a name row means, or None if its target is in no table."""
    kind, _, key = row.target.rpartition(":")
    if kind == "person":
        return resolve_person(key, index, text, span, article)
    if kind == "outlet":
        outlet = index.outlets.get(key)
        if outlet is None:
            return None
        return Actor(outlet.id, outlet.country, outlet.name, ("JRN",), text, span)
    entity = index.entities.get(key)
    if entity is None:
        return None
    sectors = row.sectors or entity.sectors
    if not sectors and row.kind in GOVERNMENT_KINDS:
        sectors = ("GOV",)
    key, code = identify(entity)
    return Actor(key, code, entity.name, sectors, text, span)


def identify(entity: EntityRow) -> tuple[str, str]:
    """Return the id and PLOVER code under which an entity enters the record.

    An organ of the United Nations or the European Union is that body. A breakaway region keeps an
    id of its own below its claimant's code; other regions and former states are their state
    (Crimea: UKR; the Soviet Union: RUS).
    """
    code = entity.code or entity.id
    if entity.kind == "igo" and code in {"UNO", "EUR"}:
        return code, code
    if entity.kind == "former" or (entity.kind == "region" and "PRE" not in entity.sectors):
        return code, code
    return entity.id, code


def resolve_person(
    key: str, index: Index, text: str, span: tuple[int, int], article: Article
) -> Actor | None:
    """Return the person as an actor of the state or body served at the time of the article."""
    terms = index.people.get(key)
    if not terms:
        return None
    term = _term_on(terms, article.published.edtf, index)
    entity = index.entities.get(term.entity)
    if entity is None:
        return None
    over = _is_over(terms, article.published.edtf)
    sectors = ("ELI",) if over and "GOV" in term.sectors else term.sectors
    own, code = identify(entity)
    return Actor(own, code, entity.name, sectors, text, span, key)


def _term_on(terms: tuple[PersonRow, ...], published: str | None, index: Index) -> PersonRow:
    """The term that covers the day, else the last; an open end counts as not yet over.

    Of two at a time, an office of state comes before one of a party or group.
    """
    day = (published or "9999")[:10]
    covering = [t for t in terms if (t.start or "0000") <= day and (not t.end or day <= t.end)]

    def rank(term: PersonRow) -> tuple[bool, str]:
        entity = index.entities.get(term.entity)
        return entity is not None and entity.kind not in PARTISAN_KINDS, term.start or "0000"

    return max(covering or terms, key=rank)


def _is_over(terms: tuple[PersonRow, ...], published: str | None) -> bool:
    """Whether every known term ended before the article appeared. An unknown day is no proof."""
    return published is not None and all(t.end and t.end < published[:10] for t in terms)
