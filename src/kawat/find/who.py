"""Look up what words mean: `Menlu Rusia`, `KCNA`, `an ASEAN member`'s body, on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from kawat.edtf import read_bounds
from kawat.find.index import build_index
from kawat.lang.offices import Holder, exists_on, find_holders, read_day, read_title, stand
from kawat.lang.pack import Pack
from kawat.lang.rows import NameRow, PersonRow
from kawat.model.known import Known, Term

MEMBER_ROLES = ("permanent", "elected", "member")


@cache
def _names(pack: Pack) -> tuple[dict[str, list[NameRow]], dict[str, list[NameRow]]]:
    exact: dict[str, list[NameRow]] = {}
    folded: dict[str, list[NameRow]] = {}
    for row in pack.names:
        exact.setdefault(row.alias, []).append(row)
        folded.setdefault(row.alias.casefold(), []).append(row)
    return exact, folded


@cache
def _people(pack: Pack) -> dict[str, tuple[PersonRow, ...]]:
    found: dict[str, list[PersonRow]] = {}
    for term in pack.people:
        found.setdefault(term.id, []).append(term)
    return {key: tuple(sorted(terms, key=lambda t: t.start)) for key, terms in found.items()}


@cache
def _aliases(pack: Pack) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in pack.names:
        found.setdefault(row.target, []).append(row.alias)
    return {target: tuple(dict.fromkeys(names)) for target, names in found.items()}


def find_who(text: str, pack: Pack, on: str | None = None) -> tuple[Known, ...]:
    """Return everything that `text` may mean, first what it means without more words.

    A name or id is looked up as written, else in any case; a title with a state or body gives who
    held that office on `on` (EDTF), with how sure that is.
    """
    text = " ".join(text.split())
    rows = _rows_of(text, pack)
    if rows:
        return tuple(_know(row, pack, on) for row in rows)
    ways = (_titled, _state_media, _by_id, _inside)
    return next((found for way in ways if (found := tuple(way(text, pack, on)))), ())


def _rows_of(text: str, pack: Pack) -> list[NameRow]:
    exact, folded = _names(pack)
    found = exact.get(text) or folded.get(text.casefold(), [])
    return list({row.target: row for row in reversed(found)}.values())[::-1]


def _by_id(text: str, pack: Pack, on: str | None) -> Iterator[Known]:
    for target in (text, text.upper(), f"person:{text.lower()}", f"outlet:{text.upper()}"):
        if target in _aliases(pack):
            row = NameRow(text, target, "name", (), (), (), "")
            yield replace(_know(row, pack, on), reason="id")
            return


def _titled(text: str, pack: Pack, on: str | None) -> Iterator[Known]:
    for title, name in _splits(text, pack):
        offices, length = read_title(title, pack)
        entities = [pack.entities.get(row.target) for row in _rows_of(name, pack)]
        if length != len(title) or not any(entities):
            continue
        rule = f"titles: {' '.join(title)} + names:{name}"
        for entity in filter(None, entities):
            terms = tuple(_term(h) for h in find_holders(pack, entity.id, offices, on))
            if terms:
                yield Known(entity.id, entity.kind, entity.name, entity.code, rule, terms=terms)
        return


def _state_media(text: str, pack: Pack, on: str | None) -> Iterator[Known]:
    """`media pemerintah Pyongyang`: the first outlet of the table that the state controls."""
    phrases = set(pack.grammar["actors"]["state_media"])
    for words, name in _splits(text, pack):
        phrase = " ".join(words).lower()
        for row in _rows_of(name, pack) if phrase in phrases else ():
            outlet = build_index(pack).state_media.get(row.target)
            if outlet is not None:
                meant = NameRow(text, f"outlet:{outlet.id}", "outlet", (), (), (), "")
                yield replace(_know(meant, pack, on), reason="state-media-of-state")
                return


def _inside(text: str, pack: Pack, on: str | None) -> Iterator[Known]:
    """`kantor berita Rusia TASS`: the names inside the words, outlets and persons if there are."""
    words, found, first = text.split(), list[NameRow](), 0
    while first < len(words):
        for stop in range(len(words), first, -1):
            rows = _names(pack)[0].get(" ".join(words[first:stop]))
            if rows:
                found.append(rows[-1])
                first = stop - 1
                break
        first += 1
    sharp = [row for row in found if ":" in row.target]
    for row in sharp or found:
        yield replace(_know(row, pack, on), reason=f"names:{row.alias} inside the words")


def _splits(text: str, pack: Pack) -> Iterator[tuple[list[str], str]]:
    """Every way to part a title from a name, before or behind it, over a linking word."""
    words = text.split()
    linkers = set(pack.grammar["actors"]["linkers"]) | set(pack.grammar["actors"]["articles"])
    for cut in range(len(words) - 1, 0, -1):
        head, tail = words[:cut], words[cut:]
        while tail and tail[0].lower() in linkers:
            tail = tail[1:]
        if tail:
            yield head, " ".join(tail)
            yield [*words[cut:]], _without_owner(" ".join(head), pack)


def _without_owner(name: str, pack: Pack) -> str:
    for mark in pack.grammar["actors"].get("possessives", ()):
        name = name.removesuffix(mark)
    return name


def _know(row: NameRow, pack: Pack, on: str | None) -> Known:
    kind, _, key = row.target.rpartition(":")
    known = {"person": _know_person, "outlet": _know_outlet}.get(kind, _know_entity)(key, pack, on)
    guards = (
        *(f"not after {g}" for g in row.not_before),
        *(f"not before {g}" for g in row.not_after),
    )
    return replace(
        known, reason=f"names:{row.alias}", guards=guards, aliases=_aliases(pack)[row.target]
    )


def _know_person(key: str, pack: Pack, on: str | None) -> Known:
    terms, days = _people(pack)[key], read_day(on)
    shown = tuple(_term(Holder(t, stand(t, days))) for t in terms)
    wikidata = next((t.wikidata for t in terms if t.wikidata), "")
    facts = (("wikidata", wikidata),) if wikidata else ()
    return Known(key, "person", terms[0].name, "", "", facts, terms=shown)


def _know_outlet(key: str, pack: Pack, _on: str | None) -> Known:
    outlet = pack.outlets[key]
    facts = (
        ("country", outlet.country), ("type", outlet.kind), ("control", outlet.control),
        ("owner", outlet.owner), ("domains", ", ".join(outlet.domains)),
    )  # fmt: skip
    return Known(
        outlet.id, "outlet", outlet.name, outlet.country, "", tuple(f for f in facts if f[1])
    )


def _know_entity(key: str, pack: Pack, on: str | None) -> Known:
    entity = pack.entities[key]
    facts = (
        ("sectors", ", ".join(entity.sectors)), ("capital", entity.capital), ("cow", entity.cow),
        ("wikidata", entity.wikidata), ("from", entity.start), ("to", entity.end),
    )  # fmt: skip
    return Known(
        entity.id, entity.kind, entity.name, entity.code, "", tuple(f for f in facts if f[1]),
        members=tuple(members_on(key, pack, on)), member_of=tuple(bodies_on(key, pack, on)),
    )  # fmt: skip


def members_on(organisation: str, pack: Pack, on: str | None) -> list[str]:
    """Return the members of a body on a day, or those whose membership has no known end."""
    return sorted(
        m.member
        for m in pack.members
        if m.organisation == organisation
        and m.role in MEMBER_ROLES
        and _is_member(m.start, m.end, on)
    )


def bodies_on(member: str, pack: Pack, on: str | None) -> list[str]:
    """Return the bodies of which an entity is a member on a day."""
    return sorted(
        m.organisation
        for m in pack.members
        if m.member == member and m.role in MEMBER_ROLES and _is_member(m.start, m.end, on)
    )


def _is_member(start: str, end: str, on: str | None) -> bool:
    bounds = read_bounds(on) if on else None
    if bounds is None:
        return not end
    days: Iterable[date] = bounds
    return all(exists_on(start, end, day) for day in days)


def _term(holder: Holder) -> Term:
    t = holder.term
    return Term(t.id, t.name, t.entity, t.office, t.start, t.end, t.seen, holder.standing)
