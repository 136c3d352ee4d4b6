"""Short ways to write tellings, links and articles for the tests of merging."""

from typing import Any

from kawat.merge import Stamp, make_judgement
from kawat.model import Article, Judgement, Link, Party, Published, Telling

STAMP = Stamp("kawat test", "2025-01-01T00:00:00Z")
PERSON = Stamp("Ani", "2025-01-02T00:00:00Z", by_person=True)


def speaker(entity: str, name: str = "", *sectors: str, text: str = "") -> Link:
    return Link(entity, name, "speaker", "", "kata", None, text or name, None, sectors)


def carrier(entity: str, name: str = "") -> Link:
    return Link(entity, name or entity, "carrier", "", "lapor", None, name or entity, None)


def telling(report: str, publisher: str, *chain: Link, **changes: Any) -> Telling:
    """A Russian attack on Ukraine, one report an article unless `article` is given."""
    base = Telling(
        report=report, article=f"a-{report}", publisher=publisher, published="", language="id",
        type="ASSAULT", mode="", status="actual", historical=False,
        actors=(Party("RUS", "RUS", ("MIL",)),), recipients=(Party("UKR", "UKR"),),
        when="2024-03-05", place=None, words=("menyerang",), chain=chain,
    )  # fmt: skip
    return base._replace(**changes)


def copy(left: str, right: str, *, directed: bool = True) -> Judgement:
    return make_judgement(
        "copy", (f"a-{left}", f"a-{right}"), "same", STAMP, score=0.9, directed=directed
    )


def article(name: str, text: str, publisher: str = "", published: str | None = None) -> Article:
    return Article(
        name, text, publisher=publisher, published=Published(published, "given"), language="id"
    )
