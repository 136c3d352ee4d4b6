"""Read CoNLL-U, and bring the labels of several treebanks to one scheme."""

from pathlib import Path
from typing import NamedTuple

KEPT_SUBTYPES = frozenset({"nsubj:pass", "acl:relcl", "aux:pass", "csubj:pass"})
"""Subtypes that the coder uses; all others are cut down to their universal label."""


class Row(NamedTuple):
    """One syntactic word; `head` counts from 1, 0 is the root."""

    form: str
    upos: str
    head: int
    deprel: str


def read_conllu(path: Path) -> list[list[Row]]:
    """Return the sentences of a file; multi-word tokens are left out, their words stay."""
    sentences: list[list[Row]] = []
    rows: list[Row] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            if rows:
                sentences.append(rows)
            rows = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(Row(cells[1], cells[3], int(cells[6]), cells[7]))
    return sentences


def harmonise(sentence: list[Row]) -> list[Row]:
    """Return the sentence in one scheme: `compound` is `nmod`, chains of `flat` are stars.

    The three Indonesian treebanks disagree in these; the difference is of no use to the coder.
    """
    rows = [row._replace(deprel=_label(row.deprel)) for row in sentence]
    for i, row in enumerate(rows):
        head = row.head
        steps = 0
        while row.deprel == "flat" and head and rows[head - 1].deprel == "flat" and steps < 10:
            head = rows[head - 1].head
            steps += 1
        rows[i] = row._replace(head=head)
    return rows


def _label(deprel: str) -> str:
    if deprel == "compound:plur":
        return "compound"
    if deprel.startswith("compound"):
        return "nmod"
    return deprel if deprel in KEPT_SUBTYPES else deprel.split(":")[0]
