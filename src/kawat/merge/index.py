"""Merging one after another, in memory. A store does the same with two tables of keys."""

from collections import defaultdict

from kawat.lang import load_common
from kawat.merge.copies import judge_copy
from kawat.merge.events import event_keys, judge_sketches
from kawat.merge.judgements import Stamp
from kawat.merge.shingles import copy_keys
from kawat.merge.sketches import Sketch, sketch_telling
from kawat.model import Article, Judgement, Telling


class MergeIndex:
    """What has been merged, by its keys. Give articles and reports in the order of publication."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp = stamp
        self._articles: dict[int, list[Article]] = defaultdict(list)
        self._sketches: dict[str, list[Sketch]] = defaultdict(list)

    def add_article(self, article: Article) -> tuple[Judgement, ...]:
        """Return the copies between this article and those before it, and keep it."""
        most: int = load_common().settings["copy"]["most_held"]
        near: dict[str, Article] = {}
        for key in copy_keys(article):
            held = self._articles[key]
            near |= {a.id: a for a in held}
            if len(held) < most:
                held.append(article)
        found = (judge_copy(near[name], article, self.stamp) for name in sorted(near))
        return tuple(j for j in found if j is not None)

    def add_telling(self, telling: Telling) -> tuple[Judgement, ...]:
        """Return the judgements of this report with those before it, and keep it."""
        keys, sketch = event_keys(telling), sketch_telling(telling)
        near = [s for key in keys.probe for s in self._sketches.get(key, ())]
        self._keep(sketch, keys.kept)
        return judge_sketches(sketch, near, self.stamp)

    def keep_telling(self, telling: Telling) -> None:
        """Keep a report that was judged before."""
        self._keep(sketch_telling(telling), event_keys(telling).kept)

    def _keep(self, sketch: Sketch, keys: tuple[str, ...]) -> None:
        for key in keys:
            self._sketches[key].append(sketch)
