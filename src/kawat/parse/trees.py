"""Grow trees for the sentences that need one, in batches over several articles."""

import sys
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kawat.lang import Pack
from kawat.model import Parse, Sentence

if TYPE_CHECKING:
    from kawat.parse.foreign import ForeignPipeline
    from kawat.parse.pipeline import Pipeline

MAX_TREE_WORDS = 150
"""A longer sentence gets no tree: it is a list or no sentence at all, and its time is bounded."""
BATCH = 128
"""Sentences whose trees are grown side by side."""


@cache
def load_pipeline(pack: Pack) -> "Pipeline":
    """Return the pipeline of a language, which takes a second to load."""
    with _without_command_line():
        from kawat.parse.pipeline import Pipeline  # noqa: PLC0415  (spaCy takes a second to load)
    return Pipeline(pack.folder / "pipeline")


@cache
def open_pipeline(name: str) -> "ForeignPipeline":
    """Return a spaCy pipeline of the user's own, an installed package or a folder, loaded once.

    Raises:
        PipelineError: it cannot be loaded.
    """
    from kawat.parse.foreign import ForeignPipeline  # noqa: PLC0415  (spaCy as above)

    return ForeignPipeline(name)


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Import spaCy without its command line, a third of its loading time.

    spaCy imports that for one function, `spacy.info`, which here loads it when it is called.
    """
    name = "spacy.cli.info"
    if "spacy" in sys.modules:
        yield
        return
    stand_in = ModuleType(name)
    stand_in.info = _info  # type: ignore[attr-defined]
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]


def _info(*args: Any, **options: Any) -> Any:
    return import_module("spacy.cli.info").info(*args, **options)


def grow_trees(parse: Parse, wanted: Container[int], pack: Pack) -> Parse:
    """Return `parse` with trees for the sentences whose index is in `wanted`."""
    return grow_many([parse], [wanted], pack)[0]


def grow_many(
    parses: Sequence[Parse], wanted: Sequence[Container[int]], pack: Pack, pipeline: str = ""
) -> list[Parse]:
    """Return all `parses` with trees for their wanted sentences; the same as one by one.

    A `pipeline` of the user's own (`open_pipeline`) takes the place of the packaged one.

    Raises:
        PipelineError: the user's own pipeline gives no trees.
    """
    places = [
        (i, sentence)
        for i, parse in enumerate(parses)
        for sentence in parse.sentences
        if sentence.index in wanted[i] and len(sentence.words) <= MAX_TREE_WORDS
    ]
    if not places:
        return list(parses)
    # sentences of like length end together: the last steps of a batch are not for one of them
    places.sort(key=lambda place: len(place[1].words))
    grown: list[dict[int, Sentence]] = [{} for _ in parses]
    grower = open_pipeline(pipeline) if pipeline else load_pipeline(pack)
    for at in range(0, len(places), BATCH):
        batch = places[at : at + BATCH]
        trees = grower.grow([s for _, s in batch])
        for (i, sentence), tree in zip(batch, trees, strict=True):
            grown[i][sentence.index] = replace(sentence, tree=tree)
    return [
        replace(parse, sentences=tuple(new.get(s.index, s) for s in parse.sentences))
        for parse, new in zip(parses, grown, strict=True)
    ]
