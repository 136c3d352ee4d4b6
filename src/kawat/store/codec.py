"""Records as JSON text and back, and what identifies an article."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from kawat.errors import KawatError
from kawat.model import Actor, Article, Link, Origins, Place, Report, Statement, When
from kawat.model.article import Block

_REPORT = msgspec.json.Decoder(Report)
_STATEMENT = msgspec.json.Decoder(Statement)
_ORIGINS = msgspec.json.Decoder(Origins)
_LIST = msgspec.json.Decoder(list[str])
_BLOCKS = msgspec.json.Decoder(tuple[Block, ...])
_ENCODER = msgspec.json.Encoder()
Scores = Mapping[tuple[str, str], tuple[str, float | None]]
"""Quad class and intensity of each event type and mode."""
CORRECTABLE = (
    "type",
    "mode",
    "actors",
    "recipients",
    "when",
    "status",
    "historical",
    "attribution",
)


def encode(record: Any) -> str:
    """Return a record (or a tuple of records) as one line of JSON."""
    return _ENCODER.encode(record).decode()


def decode_report(text: str) -> Report:
    """Return the report of a line that `encode` wrote."""
    return _REPORT.decode(text)


def decode_statement(text: str) -> Statement:
    """Return the statement of a line that `encode` wrote."""
    return _STATEMENT.decode(text)


def decode_origins(text: str) -> Origins:
    """Return the origins of a line that `encode` wrote."""
    return _ORIGINS.decode(text)


def decode_list(text: str) -> list[str]:
    """Return a list of texts that `encode` wrote."""
    return _LIST.decode(text)


def decode_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a line that `encode` wrote."""
    return _BLOCKS.decode(text)


def pack(raw: bytes) -> bytes:
    """Return raw input compressed (zlib)."""
    return zlib.compress(raw, 6)


def unpack(data: bytes) -> bytes:
    """Return raw input as it came."""
    return zlib.decompress(data)


def identify(article: Article) -> str:
    """Return what makes two readings the same article: its address, else its id.

    An address is compared without its fragment, with scheme and host in lower case.
    """
    return _identify_url(article.url) if article.url else f"id:{article.id}"


@lru_cache(maxsize=4096)
def _identify_url(url: str) -> str:
    parts = urlsplit(url)
    return "url:" + urlunsplit(
        (parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, "")
    )


def content_hash(article: Article) -> str:
    """Return a hash of what an article says; what kawat inferred about it does not count."""
    stated = article.published.edtf if article.published.how in {"given", "markup"} else ""
    said = json.dumps([article.title, article.text, stated or ""], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def correct(report: Report, correction: Mapping[str, Any], scores: Scores) -> Report:
    """Return `report` with the fields that a person corrected.

    `correction` may hold type, mode, status, historical; actors and recipients as lists of entity
    ids; when as EDTF or null; attribution as a list of entity ids or names, origin first. What
    stays keeps its words; what is new has none (an empty span). `scores` gives quad class and
    intensity of a type and mode; a corrected type has no mode unless one is given.

    Raises:
        KawatError: a field is unknown or has the wrong form.
    """
    unknown = sorted(set(correction) - set(CORRECTABLE))
    if unknown:
        raise KawatError(f"{unknown[0]!r} cannot be corrected, only {', '.join(CORRECTABLE)}")
    event = report.event
    known = {a.entity: a for a in (*event.actors, *event.recipients)}
    changes: dict[str, Any] = {
        name: correction[name] for name in ("type", "mode", "status", "historical")
        if name in correction
    }  # fmt: skip
    for side in ("actors", "recipients"):
        if side in correction:
            names = _names(side, correction[side])
            changes[side] = tuple(known.get(n) or _bare_actor(n) for n in names)
    if "when" in correction:
        changes["when"] = _when(correction["when"], event.when)
    quad, intensity = report.quad, report.intensity
    if changes.get("type", event.type) != event.type:
        changes.setdefault("mode", "")
    kind = changes.get("type", event.type), changes.get("mode", event.mode)
    if kind != (event.type, event.mode):
        if kind not in scores:
            raise KawatError(f"{'-'.join(filter(None, kind))!r} is no PLOVER type and mode")
        quad, intensity = scores[kind]
    chain = report.attribution
    if "attribution" in correction:
        links = {link.entity or link.name: link for link in chain}
        names = _names("attribution", correction["attribution"])
        chain = tuple(links.get(n) or _bare_link(n, i) for i, n in enumerate(names))
    corrected = replace(
        report, event=replace(event, **changes), quad=quad, intensity=intensity, attribution=chain
    )
    return _checked(corrected)


def _checked(report: Report) -> Report:
    """The report, its fields held against their types."""
    try:
        return decode_report(encode(report))
    except msgspec.ValidationError as error:
        raise KawatError(f"the correction does not fit the record: {error}") from None


def _names(field: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise KawatError(f"{field} must be a list of entity ids")
    return value


def _bare_actor(entity: str) -> Actor:
    return Actor(entity, entity, entity, (), "", (0, 0))


def _bare_link(name: str, position: int) -> Link:
    entity = name if name.isupper() else ""
    return Link(entity, name, "carrier" if position else "speaker", "", "", None, "", None)


def _when(edtf: Any, old: When | None) -> When | None:
    if edtf is None:
        return None
    if not isinstance(edtf, str):
        raise KawatError("when must be EDTF or null")
    return old if old and old.edtf == edtf else When(edtf, "", (0, 0), "corrected by a person")


def placed(place: Place | None) -> tuple[str, str]:
    """Return name and country of a place, empty where there is none."""
    return (place.name, place.country) if place else ("", "")
