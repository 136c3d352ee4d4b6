"""Make an article of a web page: trafilatura for the text, JSON-LD and meta tags for the rest."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from kawat.errors import InputError
from kawat.model import Article, Published
from kawat.read.text import read_date, read_text

ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "LiveBlogPosting", "BlogPosting")
MAX_JSON_LD = 500_000
MIN_WORDS = 15
"""A page with fewer words of text holds no article."""


def read_html(
    page: str, *, source: str, language: str = "", published: str | None = None
) -> Article:
    """Return the article of a page.

    Raises:
        InputError: the page cannot be parsed, or holds no article.
    """
    import trafilatura  # noqa: PLC0415  (half a second, and most articles are no web pages)

    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        tree = lxml_html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(source, f"no HTML that can be read: {error}") from None
    text = trafilatura.extract(
        tree, include_comments=False, include_tables=False, favor_precision=False, fast=True
    )
    if not text or len(text.split()) < MIN_WORDS:
        raise InputError(source, "the page holds no article", "is it a list or a login page?")
    data = next(_json_ld(tree), {})
    title = str(data.get("headline") or _meta(tree, "og:title") or "").strip()
    stated = published or _date_of(data, tree)
    article = read_text(
        _without_title(text, title), title=title, published=stated, source=source,
        publisher=_name(data.get("publisher")) or _meta(tree, "og:site_name"),
        author=_name(data.get("author")) or _meta(tree, "author"),
        url=_canonical(tree, data), language=language or _language(tree),
    )  # fmt: skip
    if published is None and article.published.how == "given":
        when = article.published
        article = replace(article, published=Published(when.edtf, "markup", "stated by the page"))
    return article


def _without_title(text: str, title: str) -> str:
    head, _, rest = text.partition("\n")
    return rest if title and head.strip() == title else text


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of an article type, broken ones left out."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            data = json.loads(script[:MAX_JSON_LD], strict=False)
        except (ValueError, RecursionError):
            continue
        queue = [data]
        while queue:
            item = queue.pop(0)
            if isinstance(item, list):
                queue.extend(item[:100])
            elif isinstance(item, dict):
                queue.append(item.get("@graph", []))
                kinds = item.get("@type", "")
                if any(k in ARTICLE_TYPES for k in (kinds if isinstance(kinds, list) else [kinds])):
                    yield item


def _date_of(data: dict[str, Any], tree: Any) -> str | None:
    """The stated date of publication that can be read: JSON-LD, then meta tags, then `<time>`."""
    stated = [
        data.get("datePublished"), _meta(tree, "article:published_time"),
        _meta(tree, "publishdate"), _meta(tree, "date"), _meta(tree, "datePublished"),
        *tree.xpath("//time/@datetime")[:1],
    ]  # fmt: skip
    for value in stated:
        if value and isinstance(value, str) and read_date(value).edtf:
            return value
    return None


def _meta(tree: Any, name: str) -> str:
    found = tree.xpath(
        "//meta[@property=$n or @name=$n or @itemprop=$n]/@content", n=name
    )  # parameters are quoted by lxml: nothing of the page reaches the expression
    return str(found[0]).strip() if found else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(v) for v in value[:5])))
    if isinstance(value, dict):
        return str(value.get("name") or "").strip()
    return str(value or "").strip()


def _canonical(tree: Any, data: dict[str, Any]) -> str:
    links = tree.xpath('//link[@rel="canonical"]/@href')
    stated = str(links[0]) if links else _meta(tree, "og:url") or str(data.get("url") or "")
    return stated if stated.startswith(("http://", "https://")) else ""


def _language(tree: Any) -> str:
    """The page's own word for its language; only a hint that the detector need not be asked."""
    stated = tree.xpath("/html/@lang") or [_meta(tree, "og:locale")]
    code = str(stated[0]).replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 else ""
