"""Who stands at the start of a chain, and whose interest that is."""

import re
from functools import lru_cache

from kawat.lang import load_common, load_reporting
from kawat.merge.outlets import name_outlet, resolve_outlet
from kawat.model import Link, Origin, Party, Telling


def read_root(telling: Telling) -> Origin:
    """Return the root of a report by its own words: the first link, else the publisher itself."""
    if not telling.chain:
        return outlet_root(telling.publisher, telling.article)
    first = telling.chain[0]
    if first.role == "carrier":
        return outlet_root(first.entity or first.name, telling.article)
    return _speaker_root(first, telling)


def outlet_root(name: str, article: str) -> Origin:
    """Return an outlet as a root: it tells in its own voice. One without a name is its article."""
    key = resolve_outlet(name)
    if not key:
        return Origin(f"article/{article}", "?", "", f"article/{article}", named=False)
    row = load_common().outlets.get(key)
    owned = row is not None and row.control == "state" and row.country
    return Origin(
        f"outlet/{key}", name_outlet(name), key,
        row.country if row and owned else f"outlet/{key}", named=True,
    )  # fmt: skip


def is_gathering(origin: Origin) -> bool:
    """Tell whether a root is an outlet that gathers news itself (an agency)."""
    common = load_common()
    row = common.outlets.get(origin.entity) if origin.key.startswith("outlet/") else None
    return row is not None and row.kind in common.settings["origins"]["gathering"]


def party_interest(party: Party) -> str:
    """Return whose interest a party of the event stands for, as `Origin.interest` writes it."""
    return _state_of(party.entity, party.sectors, of_state=True) or f"private/{party.entity}"


def fuller_root(one: Origin, two: Origin) -> Origin:
    """Return of two readings of one root the one that knows more of it."""
    return max(one, two, key=lambda r: (len(r.sectors), r.interest != r.key, r.name, r.interest))


def _speaker_root(link: Link, telling: Telling) -> Origin:
    entity = load_common().entities.get(link.entity)
    own_name = entity is not None and link.name == entity.name
    if (own_name or entity is None) and _is_unnamed(link, telling.language):
        return _unnamed_root(link, telling)
    if entity is None:
        key = f"name/{link.name.lower() or link.text.lower()}"
        return Origin(key, link.name or link.text, link.entity, key, named=True)
    # A person is one whatever organ the words give; of a state the organs are told apart.
    key = f"{entity.id}/{'+'.join(sorted(link.sectors)) if own_name else link.name}"
    label = link.text if own_name and link.sectors and link.text else link.name
    interest = _state_of(entity.id, link.sectors, of_state=own_name) or key
    return Origin(key, label, entity.id, interest, named=True, sectors=tuple(sorted(link.sectors)))


def _unnamed_root(link: Link, telling: Telling) -> Origin:
    """An unnamed source is known by who told of it and how it is described."""
    told = next((c for c in telling.chain[1:] if c.role == "carrier"), None)
    teller = (told.entity or told.name) if told else telling.publisher
    outlet = resolve_outlet(teller)
    words = " ".join(re.findall(r"\w+", (link.text or link.name).lower()))
    key = f"unnamed/{outlet or telling.article}/{link.entity}/{words}"
    interest = _state_of(link.entity, link.sectors, of_state=False) or key
    label = f"{link.text or link.name} ({name_outlet(teller) or '?'})"
    return Origin(key, label, link.entity, interest, named=False)


def _is_unnamed(link: Link, language: str) -> bool:
    """A description and no name: a word for unnamed sources, or no capital letter at all."""
    words = link.text or link.name
    if not link.entity and words == words.lower():
        return True
    return bool(_unnamed_words(language).search(words.lower()))


@lru_cache(maxsize=16)
def _unnamed_words(language: str) -> re.Pattern[str]:
    phrases = load_reporting(language, "anonymous")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b" if phrases else r"(?!)")


def _state_of(entity: str, sectors: tuple[str, ...], *, of_state: bool) -> str:
    """Return the state or body that a speaker speaks for, "" where it speaks for itself.

    `of_state`: without a sector it is the state itself that speaks, and no private person.
    """
    common = load_common()
    row, settings = common.entities.get(entity), common.settings["origins"]
    if row is None:
        return ""
    if row.kind in settings["own_interest"]:
        return row.id
    official = set(sectors) & set(settings["state_sectors"]) if sectors else of_state
    return (row.code or row.id) if official else ""
