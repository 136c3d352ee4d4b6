"""Read the gold (tests/gold/README.md) into records; find where its words stand."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kawat.model import Article, Published
from kawat.read import read_path

GOLD = Path(__file__).parents[1] / "gold"
SECOND = GOLD / "second"
Chain = tuple[str, ...]


@dataclass(frozen=True)
class GoldEvent:
    """One annotated event; parties are entity ids, chains ids from the origin on.

    `types` holds `type` and the others that a fair reader accepts.
    """

    type: str
    types: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    when: str
    status: str
    historical: bool
    core: bool
    span: tuple[int, int]
    chains: tuple[Chain, ...]
    at: str


@dataclass(frozen=True)
class GoldStatement:
    """One annotated statement."""

    entity: str
    speaker: str
    content: tuple[int, int]
    style: str


@dataclass(frozen=True)
class GoldArticle:
    """An article with its annotation; `statements` is None where none were annotated."""

    name: str
    article: Article
    events: tuple[GoldEvent, ...]
    times: tuple[tuple[tuple[int, int], str], ...]
    statements: tuple[GoldStatement, ...] | None
    inferred: str


def read_gold(language: str, split: str) -> list[GoldArticle]:
    """Return the gold articles of a split, in order of their names."""
    folder = GOLD / language / split
    return [_read_one(path, path) for path in sorted(folder.glob("*.toml"))]


def read_twice(language: str) -> list[tuple[GoldArticle, GoldArticle]]:
    """Return the articles that were annotated twice: the first annotation and the second."""
    pairs = []
    for second in sorted((SECOND / language).glob("*.toml")):
        (first,) = (GOLD / language).glob(f"*/{second.name}")
        pairs.append((_read_one(first, first), _read_one(second, first)))
    return pairs


def _read_one(path: Path, beside: Path) -> GoldArticle:
    """Read the annotation at `path` of the article whose text lies beside the file `beside`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    about = data["article"]
    (article,) = read_path(str(beside.with_suffix(".txt")))
    assert isinstance(article, Article), article
    article = replace(article, id=about["id"], publisher=about.get("publisher", ""))
    if about.get("given", True) and about.get("published"):
        article = replace(article, published=Published(about["published"], "given"))
    else:
        article = replace(article, published=Published())
    text = article.text
    statements = None
    if about.get("statements", "statement" in data):
        statements = tuple(_statement(text, s) for s in data.get("statement", []))
    return GoldArticle(
        name=path.stem,
        article=article,
        events=tuple(_event(text, e) for e in data.get("event", [])),
        times=tuple(
            (_inside(text, t["at"], t["text"]), t.get("edtf", "")) for t in data.get("time", [])
        ),
        statements=statements,
        inferred=about.get("inferred", "") if not about.get("given", True) else "",
    )


def _inside(text: str, at: str, part: str) -> tuple[int, int]:
    """Where `part` stands within `at`, which stands in `text`."""
    start = text.index(at)
    begin = start + at.index(part) if part in at else start
    return begin, begin + len(part if part in at else at)


def _event(text: str, event: dict[str, Any]) -> GoldEvent:
    chains = [event.get("attribution", []), *event.get("alt_attribution", [])]
    return GoldEvent(
        type=event["type"],
        types=frozenset([event["type"], *event.get("alt_types", [])]),
        actors=frozenset(_entity(a) for a in event["actors"]),
        recipients=frozenset(_entity(r) for r in event["recipients"]),
        when=event.get("when", ""),
        status=event.get("status", "actual"),
        historical=event.get("historical", False),
        core=event.get("core", True),
        span=_inside(text, event["at"], event["trigger"]),
        chains=tuple(tuple(_source(link) for link in chain) for chain in chains),
        at=event["at"],
    )


def _entity(text: str) -> str:
    return text.split(":", maxsplit=1)[0].split("/", maxsplit=1)[0]


def _source(link: dict[str, str]) -> str:
    return _entity(link.get("source", "")) or link.get("name", "").lower()


def _statement(text: str, statement: dict[str, Any]) -> GoldStatement:
    content = statement["content"]
    at = statement.get("at", content)
    start = text.index(at) if at in text else 0
    begin = text.find(content, max(0, start - len(content)))
    return GoldStatement(
        entity=_entity(statement.get("entity", "")),
        speaker=statement.get("speaker", ""),
        content=(begin, begin + len(content)),
        style=statement.get("style", ""),
    )
