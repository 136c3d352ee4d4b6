"""Grow trees for the sentences that need one, in batches over several articles."""

from collections.abc import Container, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_path
from thinc.api import use_ops

from kawat.lang import Pack
from kawat.model import Parse, Sentence, Tree

MAX_TREE_WORDS = 150
"""A longer sentence gets no tree: it is a list or no sentence at all, and its time is bounded."""
BATCH = 128
"""Sentences whose trees are grown side by side."""
MAX_KNOWN_WORDS = 200_000
"""Different words that the pipeline keeps in memory; from there on it forgets new ones."""


@cache
def _pipeline(pack: Pack) -> Language:
    # numpy's matrix products take a fifth of the time of spaCy's own on a processor of today
    with use_ops("numpy", use_blis=False):
        return load_model_from_path(pack.folder / "pipeline")


def grow_trees(parse: Parse, wanted: Container[int], pack: Pack) -> Parse:
    """Return `parse` with trees for the sentences whose index is in `wanted`."""
    return grow_many([parse], [wanted], pack)[0]


def grow_many(parses: Sequence[Parse], wanted: Sequence[Container[int]], pack: Pack) -> list[Parse]:
    """Return all `parses` with trees for their wanted sentences; the same as one by one."""
    places = [
        (i, sentence)
        for i, parse in enumerate(parses)
        for sentence in parse.sentences
        if sentence.index in wanted[i] and len(sentence.words) <= MAX_TREE_WORDS
    ]
    if not places:
        return list(parses)
    nlp = _pipeline(pack)
    grown: list[dict[int, Sentence]] = [{} for _ in parses]
    # sentences of like length end together: the last steps of a batch are not for one of them
    places.sort(key=lambda place: len(place[1].words))
    with nlp.memory_zone() if len(nlp.vocab) > MAX_KNOWN_WORDS else nullcontext():
        for at in range(0, len(places), BATCH):
            batch = places[at : at + BATCH]
            docs = [Doc(nlp.vocab, words=[w.text for w in s.words]) for _, s in batch]
            _annotate(docs, nlp)
            for (i, sentence), doc in zip(batch, docs, strict=True):
                grown[i][sentence.index] = replace(sentence, tree=_tree(doc, sentence))
    return [
        replace(parse, sentences=tuple(new.get(s.index, s) for s in parse.sentences))
        for parse, new in zip(parses, grown, strict=True)
    ]


def _annotate(docs: list[Doc], nlp: Language) -> None:
    """Run the pipeline; what `nlp.pipe` does, but the parser's steps in half the time.

    spaCy's own loop gives up and takes back Python's lock at every addition of two vectors.
    """
    for name in ("tok2vec", "tagger"):
        part: Any = nlp.get_pipe(name)
        part.set_annotations(docs, part.predict(docs))
    parser: Any = nlp.get_pipe("parser")
    model = parser.model.predict(docs)
    states = done = parser.moves.init_batch(docs)
    while states:
        states = parser.transition_states(states, model.predict(states))
    model.clear_memory()
    parser.set_annotations(docs, done)


def _tree(doc: Doc, sentence: Sentence) -> Tree:
    """The columns of a parsed Doc; heads as indexes in the sentence, -1 for the root."""
    strings = doc.vocab.strings
    columns = doc.to_array([TAG, HEAD, DEP])
    offsets = columns[:, 1].astype(np.int64).tolist()
    return Tree(
        upos=tuple(strings[tag] for tag in columns[:, 0].tolist()),
        lemma=tuple(w.lower for w in sentence.words),
        head=tuple(i + offset if offset else -1 for i, offset in enumerate(offsets)),
        # spaCy writes the root's label in capitals, Universal Dependencies does not
        deprel=tuple(
            strings[dep] if offset else "root"
            for dep, offset in zip(columns[:, 2].tolist(), offsets, strict=True)
        ),
    )
