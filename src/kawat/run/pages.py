"""Make an article of a fetched page."""

import codecs
from dataclasses import replace

from kawat.errors import InputError
from kawat.model import Article
from kawat.read import read_date
from kawat.read.fetch import Fetched, FetchError, Limits
from kawat.read.html import read_html
from kawat.read.streams import decode
from kawat.read.text import read_text
from kawat.run.visit import Hosts, Memory, Visitor

PAGES = frozenset({"text/html", "application/xhtml+xml"})
GONE = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 414, 451})
"""Statuses after which asking again is of no use."""


def fetch_article(
    url: str, *, limits: Limits | None = None, hosts: Hosts | None = None,
    language: str | None = None, published: str | None = None,
) -> Article:  # fmt: skip
    """Fetch the article of an address by the rules of `watch` (docs/watch.md).

    Raises:
        InputError: it cannot be fetched, may not be, or holds no article.
    """
    visitor = Visitor(hosts or Memory(), limits or Limits())
    return read_page(visitor.get(url), url, language=language or "", published=published)


def read_page(
    answer: Fetched, url: str, *, language: str = "", published: str | None = None,
    publisher: str = "",
) -> Article:  # fmt: skip
    """Return the article of an answer. `published` and `publisher` help where the page is silent.

    The address of the article is the one that the page states as its own on the same host, else
    the one that it was found at.

    Raises:
        FetchError: the answer is no page.
        InputError: the page holds no article.
    """
    if answer.status != 200:
        lasting = answer.status in GONE
        raise FetchError(url, f"status {answer.status}", lasting=lasting)
    if answer.kind not in PAGES and answer.kind != "text/plain":
        raise FetchError(url, f"no page but {answer.kind[:60] or 'of no type'}", lasting=True)
    text = _decode(answer, url)
    if answer.kind == "text/plain":
        article = read_text(text, source=url, language=language, title_line=True)
    else:
        article = read_html(text, source=url, language=language)
    if published and article.published.edtf is None:
        article = replace(article, published=read_date(published))
    return replace(
        article, url=_address(article, answer), publisher=article.publisher or publisher,
        raw=answer.body,
    )  # fmt: skip


def _address(article: Article, answer: Fetched) -> str:
    """A page may name its own address, but not speak for another host."""
    stated, found = _host(article.url), _host(answer.url)
    same = stated and (stated == found or stated.removeprefix("www.") == found.removeprefix("www."))
    return article.url if same else answer.url


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()


def _decode(answer: Fetched, url: str) -> str:
    """By the charset of the header where it is known and not UTF-8, else by looking."""
    try:
        name = codecs.lookup(answer.charset).name if answer.charset else "utf-8"
        if name != "utf-8":
            return answer.body.decode(name, "replace")
    except (LookupError, UnicodeError):
        pass
    try:
        return decode(answer.body, url)
    except InputError as error:
        raise FetchError(url, error.reason, lasting=True) from None
