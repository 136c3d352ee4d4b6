"""Questions to the knowledge itself: who is meant by words, when, and when an article appeared."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kawat import find, parse
from kawat.edtf import read_bounds
from kawat.errors import InputError, LanguageError
from kawat.find.who import find_who
from kawat.lang.pack import Pack, load_tables, own_folder
from kawat.model import Article, Published, TimeMention
from kawat.model.known import Known
from kawat.read import Skipped, read_paths, read_text


def who(text: str, on: str | None = None, language: str = "id") -> tuple[Known, ...]:
    """Return everything that a name, id, or title with a state may mean on a day (EDTF).

    Raises:
        LanguageError: there are no tables for the language.
        InputError: `on` is no date.
    """
    if on and read_bounds(on) is None:
        raise InputError(on, "no date", "such as 2019-05-01, 2019-05 or 2019")
    return find_who(text, load_tables(language, own_folder()), on)


def when(text: str, published: str | None = None, language: str = "id") -> tuple[TimeMention, ...]:
    """Return the time expressions of a text with their values, counted from `published` (EDTF).

    Raises:
        LanguageError: there are no tables for the language.
    """
    article = read_text(text, language=language, published=published)
    pack = load_tables(language, own_folder())
    return find.find_times(article, parse.split(article, pack), pack)


def infer_published(article: Article) -> Published:
    """Return the day on which an article appeared as its text alone tells it, with the reason.

    Raises:
        LanguageError: the article is in no language that has tables.
    """
    article, pack = _open(replace(article, published=Published()))
    return _infer(article, pack)


def find_times_of(
    paths: Iterable[str], language: str | None = None, published: str | None = None
) -> Iterator[tuple[Article, tuple[TimeMention, ...]] | InputError | Skipped]:
    """Yield the time expressions of each article; errors and skipped files in their place."""
    for item in read_paths(paths, language=language, published=published):
        if not isinstance(item, Article):
            yield item
            continue
        try:
            article, pack = _open(item)
        except LanguageError as error:
            yield error
            continue
        if article.published.edtf is None:
            article = replace(article, published=_infer(article, pack))
        yield article, find.find_times(article, parse.split(article, pack), pack)


def _open(article: Article) -> tuple[Article, Pack]:
    language = article.language or parse.detect_language(article)
    pack = load_tables(language, own_folder())
    return replace(article, language=language), pack


def _infer(article: Article, pack: Pack) -> Published:
    split = parse.split(article, pack)
    mentions = find.find_actors(article, split, pack)
    people = {a.person for m in mentions for a in m.actors} - {""}
    return find.infer_published(article, split, pack, people)
