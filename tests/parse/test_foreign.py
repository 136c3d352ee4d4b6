"""A spaCy pipeline of the user's own in the place of the packaged one."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kawat
from kawat.errors import PipelineError
from kawat.lang import load
from kawat.model import Tree
from kawat.parse import grow_many, open_pipeline, split
from kawat.read import read_text
from tests.parse.cases import one_block

# word, head, label as spaCy's English pipelines have it, tag
PASSIVE = (
    ("Sanctions", 2, "nsubjpass", "NOUN"), ("were", 2, "auxpass", "AUX"),
    ("imposed", 2, "ROOT", "VERB"), ("by", 2, "agent", "ADP"), ("Germany", 3, "pobj", "PROPN"),
    ("on", 2, "prep", "ADP"), ("banks", 5, "pobj", "NOUN"), ("of", 6, "prep", "ADP"),
    ("Iran", 7, "pobj", "PROPN"), (".", 2, "punct", "PUNCT"),
)  # fmt: skip


@Language.component("kawat_test_trees")
def set_trees(doc: Doc) -> Doc:
    """Give the sentence of `PASSIVE` its tree, any other one in which each word is a root."""
    known = [token.text for token in doc] == [word for word, *_ in PASSIVE]
    for token in doc:
        _, head, label, tag = PASSIVE[token.i] if known else ("", token.i, "ROOT", "NOUN")
        token.head, token.dep_, token.pos_ = doc[head], label, tag
    return doc


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """The folder of a pipeline that gives trees."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("kawat_test_trees")
    nlp.to_disk(tmp_path / "own")
    return str(tmp_path / "own")


def tree_of(text: str, pipeline: str) -> Tree:
    pack = load("id")
    parse = split(one_block(text), pack)
    tree = grow_many([parse], [{0}], pack, pipeline)[0].sentences[0].tree
    assert tree is not None
    return tree


def test_labels_and_heads_become_universal(folder: str) -> None:
    tree = tree_of(" ".join(word for word, *_ in PASSIVE), folder)
    assert tree.upos == tuple(tag for *_, tag in PASSIVE)
    assert list(zip(tree.head, tree.deprel, strict=True)) == [
        (2, "nsubj:pass"), (2, "aux:pass"), (-1, "root"), (4, "case"), (2, "obl:agent"),
        (6, "case"), (2, "obl"), (8, "case"), (6, "nmod"), (2, "punct"),
    ]  # fmt: skip


def test_words_are_those_of_kawat_and_a_tree_has_one_root(folder: str) -> None:
    tree = tree_of("Suratnya ke AS-China.", folder)
    assert tree.lemma == ("surat", "nya", "ke", "as", "-", "china", ".")
    assert tree.head == (-1, 0, 0, 0, 0, 0, 0)
    assert tree.deprel == ("root", *["parataxis"] * 6)


def test_an_article_is_coded_with_it(folder: str) -> None:
    article = read_text("Rusia menyerang Ukraina.", language="id")
    tree = kawat.explain(article, {"id": folder}).parse.sentences[0].tree
    assert tree is not None
    assert tree.deprel[1:] == ("parataxis",) * 3
    (report,) = kawat.code_article(article, {"id": folder})
    assert report.event.type == "ASSAULT"


def test_a_name_that_cannot_be_loaded_is_told() -> None:
    with pytest.raises(PipelineError, match="pipeline no_such_pipeline: cannot be loaded"):
        open_pipeline("no_such_pipeline")


def test_a_pipeline_without_trees_is_told(tmp_path: Path) -> None:
    spacy.blank("xx").to_disk(tmp_path / "bare")
    with pytest.raises(PipelineError, match="gives no trees"):
        tree_of("Rusia menyerang Ukraina.", str(tmp_path / "bare"))


def test_a_language_without_a_pack_is_told() -> None:
    with pytest.raises(PipelineError, match="no language pack for 'xx'"):
        kawat.code_text("Rusia menyerang Ukraina.", pipelines={"xx": "any"})
