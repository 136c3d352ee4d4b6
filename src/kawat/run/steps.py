"""THE list of steps that an article goes through. Any executor runs these, in this order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from kawat import code, find, parse
from kawat.errors import InputError, LanguageError, PipelineError
from kawat.lang import Pack, languages, load
from kawat.model import Article, Parse, Report, Statement
from kawat.read import Skipped, read_paths
from kawat.run.reports import make_report

Pipelines = Mapping[str, str]
"""Pipelines of the user's own by language: an installed spaCy package, or a folder."""
PACKAGED: Pipelines = {}
BATCH = 24
"""Articles whose trees are grown together: more is hardly faster and takes memory."""


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with all that was found in it. `sentences` counts those that were read."""

    article: Article
    parse: Parse
    found: code.Found
    candidates: code.Candidates
    reports: tuple[Report, ...]
    dropped: Mapping[str, int]
    """How often a trigger gave no event, by reason."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every attributed statement, in text order."""
        return self.found.statements

    @property
    def without_candidate(self) -> int:
        """Sentences that held no trigger beside a party, and so were not parsed further."""
        return sum(1 for s in self.parse.sentences if s.tree is None)


def keep_sure(item: Coded, least: float) -> Coded:
    """Return a coded article without the reports that are less sure than `least`, counted."""
    kept = tuple(r for r in item.reports if r.event.confidence >= least)
    if len(kept) == len(item.reports):
        return item
    dropped = {**item.dropped, "reports below --min-confidence": len(item.reports) - len(kept)}
    return replace(item, reports=kept, dropped=dropped)


def count_item(item: Coded | InputError | Skipped) -> Counter[str]:
    """Return what an article counts for: what was found in it, and what was left out and why."""
    if isinstance(item, Skipped):
        return Counter({"skipped": 1})
    if isinstance(item, InputError):
        return Counter({"not read": 1})
    counts = Counter({
        "articles": 1, "events": len(item.reports), "statements": len(item.statements),
        "sentences": len(item.parse.sentences),
        "sentences without act and party": item.without_candidate,
    })  # fmt: skip
    counts.update(item.dropped)
    return counts


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article between the steps before and after the trees."""

    article: Article
    parse: Parse
    found: code.Found
    candidates: code.Candidates
    pack: Pack


def load_all() -> None:
    """Load every pack and pipeline, so that the first article takes no longer than others."""
    for language in languages():
        parse.load_pipeline(load(language))


def code_one(article: Article, pipelines: Pipelines = PACKAGED) -> Coded:
    """Run every step on one article.

    Raises:
        LanguageError: the article is in no language that has a pack.
        PipelineError: a pipeline of `pipelines` cannot be used.
    """
    _open_pipelines(pipelines)
    (coded,) = _finish([_prepare(article)], pipelines)
    return coded


def code_paths(
    paths: Iterable[str], language: str | None = None, published: str | None = None,
    is_done: Callable[[Article], bool] | None = None, pipelines: Pipelines = PACKAGED,
) -> Iterator[Coded | InputError | Skipped]:  # fmt: skip
    """Read files, folders or `-` and run every step; errors and skipped files in their place.

    Articles that an earlier run has coded (`is_done`) are read and left out.
    """
    items = read_paths(paths, language=language, published=published)
    if is_done:
        items = (i for i in items if not (isinstance(i, Article) and is_done(i)))
    return code_batches(items, pipelines=pipelines)


def code_batches(
    articles: Iterable[Article | InputError | Skipped], batch: int = BATCH,
    pipelines: Pipelines = PACKAGED,
) -> Iterator[Coded | InputError | Skipped]:  # fmt: skip
    """Run every step on a stream of articles, in order; errors pass through in their place.

    Raises:
        PipelineError: a pipeline of `pipelines` cannot be used.
    """
    _open_pipelines(pipelines)
    stream = iter(articles)
    while chunk := list(islice(stream, batch)):
        drafts = [_try_prepare(item) for item in chunk]
        done = _finish([d for d in drafts if isinstance(d, _Draft)], pipelines)
        for draft in drafts:
            yield next(done) if isinstance(draft, _Draft) else draft


def _open_pipelines(pipelines: Pipelines) -> None:
    """Load them before any article, so that a wrong name is told at once."""
    for language, name in pipelines.items():
        if language not in languages():
            raise PipelineError(name, f"no language pack for {language!r}")
        parse.open_pipeline(name)


def _try_prepare(item: Article | InputError | Skipped) -> _Draft | InputError | Skipped:
    if not isinstance(item, Article):
        return item
    try:
        return _prepare(item)
    except LanguageError as error:
        return error


def _prepare(article: Article) -> _Draft:
    """The steps before the trees: language, sentences, actors, times, statements, triggers."""
    language = article.language or parse.detect_language(article)
    if language not in languages():
        reason = f"no language pack for {language!r}" if language else "language not recognised"
        raise LanguageError(
            article.source or article.id, reason, f"packs: {', '.join(languages())}; see --language"
        )
    pack = load(language)
    article = replace(article, language=language)
    split = parse.split(article, pack)
    mentions = find.find_actors(article, split, pack)
    if article.published.edtf is None:
        people = {a.person for m in mentions for a in m.actors} - {""}
        article = replace(article, published=find.infer_published(article, split, pack, people))
        if people:  # which office somebody held depends on the date
            mentions = find.find_actors(article, split, pack)
    times = find.find_times(article, split, pack)
    places = find.find_places(article, split, pack)
    statements = code.find_statements(article, split, mentions, pack)
    found = code.Found(mentions, times, places, statements)
    return _Draft(article, split, found, code.find_candidates(split, mentions, pack), pack)


def _finish(drafts: list[_Draft], pipelines: Pipelines) -> Iterator[Coded]:
    """The steps from the trees on: trees for all articles together, then events and sources."""
    grown: dict[int, Parse] = {}
    for pack in {id(d.pack): d.pack for d in drafts}.values():
        own = [i for i, d in enumerate(drafts) if d.pack is pack]
        wanted = [drafts[i].candidates for i in own]
        parses = [drafts[i].parse for i in own]
        pipeline = pipelines.get(pack.language, "")
        grown.update(zip(own, parse.grow_many(parses, wanted, pack, pipeline), strict=True))
    for i, draft in enumerate(drafts):
        yield _code(replace(draft, parse=grown[i]))


def _code(draft: _Draft) -> Coded:
    article, found, pack = draft.article, draft.found, draft.pack
    dropped: Counter[str] = Counter()
    events = code.code_events(article, draft.parse, found, draft.candidates, pack, dropped)
    sources = code.prepare_sources(article, draft.parse, found.mentions, found.statements, pack)
    reports = tuple(
        make_report(
            article, draft.parse, event,
            code.attribute(sources, event.sentence, event.trigger.span, event.actors), pack,
        )
        for event in events
    )  # fmt: skip
    return Coded(article, draft.parse, found, draft.candidates, reports, dict(dropped))
