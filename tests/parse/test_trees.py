"""Trees: their shape, which sentences get one, and that batches change nothing."""

from typing import Any

import pytest

from kawat.lang import languages, load
from kawat.model import Article, Block, Parse, Tree
from kawat.parse import grow_many, grow_trees, split
from kawat.parse.trees import MAX_TREE_WORDS
from tests.packs import read_cases

PACK = load("id")
ROWS = [
    pytest.param(language, case, id=f"{language} {case['text']}")
    for language, cases in read_cases("parse").items()
    if language in languages()
    for case in cases["trees"]
]
TEXTS = (
    "Rusia menyerang Ukraina pada Senin. Warga mengungsi ke Polandia.",
    "Presiden Prancis mengecam serangan itu. Ia meminta gencatan senjata.",
    "Sanksi dijatuhkan oleh Uni Eropa.",
)


def parse_text(text: str, language: str = "id") -> Parse:
    return split(Article("case", text, blocks=(Block("body", 0, len(text), 0),)), load(language))


def tree_of(text: str, language: str) -> Tree:
    tree = grow_trees(parse_text(text, language), {0}, load(language)).sentences[0].tree
    assert tree is not None
    return tree


def test_only_wanted_sentences_get_a_tree() -> None:
    grown = grow_trees(parse_text(TEXTS[0]), {1}, PACK)
    assert [s.tree is not None for s in grown.sentences] == [False, True]


def test_columns_have_an_entry_a_word_and_one_root() -> None:
    for text in TEXTS:
        for sentence in grow_trees(parse_text(text), range(9), PACK).sentences:
            tree = sentence.tree
            assert tree is not None
            columns = (tree.upos, tree.lemma, tree.head, tree.deprel)
            assert {len(column) for column in columns} == {len(sentence.words)}
            assert tree.head.count(-1) == tree.deprel.count("root") == 1
            assert all(-1 <= head < len(sentence.words) for head in tree.head)


def test_batches_change_nothing() -> None:
    parses = [parse_text(text) for text in TEXTS]
    wanted = [{0, 1}, {1}, {0}]
    alone = [grow_trees(p, w, PACK) for p, w in zip(parses, wanted, strict=True)]
    assert grow_many(parses, wanted, PACK) == alone


def test_nothing_wanted_changes_nothing() -> None:
    parse = parse_text(TEXTS[0])
    assert grow_many([parse], [()], PACK) == [parse]
    assert grow_many([], [], PACK) == []


def test_overlong_sentence_gets_no_tree() -> None:
    parse = parse_text("kata " * (MAX_TREE_WORDS + 1))
    assert grow_trees(parse, {0}, PACK).sentences[0].tree is None


@pytest.mark.parametrize(("language", "case"), ROWS)
def test_heads_and_labels(language: str, case: dict[str, Any]) -> None:
    words = case["text"].split()
    tree = tree_of(case["text"], language)
    for word, label, head in case["edges"]:
        at = words.index(word)
        assert tree.deprel[at] == label
        assert tree.head[at] == (words.index(head) if head else -1)
