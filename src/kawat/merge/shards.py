"""Merging as map, shuffle and reduce: the same judgements as one report after another gives.

Each `map_` function gives rows with a key; an executor brings the rows of one key together, in any
order, and hands them to the `reduce_` function. Nothing here compares all with all.
"""

from collections.abc import Iterable, Iterator

from kawat.lang import load_common
from kawat.merge.copies import judge_copy
from kawat.merge.events import event_keys, judge_sketches, keep_strongest
from kawat.merge.judgements import Stamp
from kawat.merge.shingles import copy_keys
from kawat.merge.sketches import Sketch, sketch_telling
from kawat.model import Article, Judgement, Telling

EventRow = tuple[str, bool, Telling]
"""Key, whether the report is kept under it (else it only looks there), and the report."""
Place = tuple[str, str, str]
"""An article that is somewhere else: its order (`article_order`), and where it is."""
Found = tuple[str, Judgement]
"""The later of the two, and what was judged."""


def map_copies(article: Article) -> Iterator[tuple[int, Article]]:
    """Yield an article under each of its keys."""
    for key in copy_keys(article):
        yield key, article


def reduce_copies(articles: Iterable[Article], stamp: Stamp) -> Iterator[Judgement]:
    """Yield the copies among the articles of one key; the same pair may come from other keys.

    Each is compared with the first `most_held` that appeared before it.
    """
    by_id = {a.id: a for a in articles}
    for earlier, later in pair_copies((*article_order(a), "") for a in by_id.values()):
        if judgement := judge_copy(by_id[earlier[1]], by_id[later[1]], stamp):
            yield judgement


def pair_copies(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield which articles of one key `reduce_copies` compares, as (earlier, later)."""
    held: list[Place] = []
    most: int = load_common().settings["copy"]["most_held"]
    for place in sorted(set(places)):
        yield from ((earlier, place) for earlier in held)
        if len(held) < most:
            held.append(place)


def map_events(telling: Telling) -> Iterator[EventRow]:
    """Yield a report under each key where it is kept, and where it looks for others."""
    keys = event_keys(telling)
    for key in keys.kept:
        yield key, True, telling
    for key in keys.probe:
        yield key, False, telling


def reduce_events(rows: Iterable[EventRow], stamp: Stamp) -> Iterator[Found]:
    """Yield what was judged among the reports of one key, by the later of each pair."""
    kept: dict[str, Sketch] = {}
    looking: dict[str, Sketch] = {}
    for _, is_kept, telling in rows:
        (kept if is_kept else looking)[telling.report] = sketch_telling(telling)
    for report in sorted(looking):
        sketch = looking[report]
        earlier = (k for k in kept.values() if k.order < sketch.order)
        for judgement in judge_sketches(sketch, earlier, stamp):
            yield report, judgement


def reduce_strongest(found: Iterable[Found]) -> tuple[Judgement, ...]:
    """Return the judgements to keep of one report, from what all its keys gave."""
    return keep_strongest(judgement for _, judgement in found)


def article_order(article: Article) -> tuple[str, str]:
    """Return the order in which articles are merged: as published, then by id."""
    return article.published.edtf or "", article.id
