"""Near-copies: does one text hold the other, and who had it from whom."""

import re
from functools import lru_cache

from kawat.lang import load_common, load_outlet_aliases, load_reporting
from kawat.merge.days import Side, find_later
from kawat.merge.judgements import Stamp, make_judgement
from kawat.merge.outlets import name_outlet, resolve_outlet
from kawat.merge.shingles import share_contained, shingle_article
from kawat.model import Article, Judgement

_NAME_PART = re.compile(r"\w+(?:\.\w+)*")
_CREDITING = frozenset({"credit", "byline", "dateline"})


def judge_copy(a: Article, b: Article, stamp: Stamp) -> Judgement | None:
    """Return the judgement that one article copies the other, None where it does not.

    Directed (`left` has it from `right`) where a credit, the time of publication or the kind of
    outlet tells; else the direction is not known. The score is the share of the shorter body's
    shingles that stand in the other.
    """
    settings = load_common().settings["copy"]
    one, two = shingle_article(a), shingle_article(b)
    if min(one.words, two.words) < settings["shortest"]:
        return None
    share = share_contained(one, two)
    if share < settings["containment"]:
        return None
    copier, why = find_copier(a, b)
    pair = (b.id, a.id) if copier == "right" else (a.id, b.id)
    run = settings["shingle"]
    reason = f"{share:.0%} of the shorter text's runs of {run} words stand in the other; {why}"
    return make_judgement(
        "copy", pair, "same", stamp, score=share, reason=reason, directed=bool(copier)
    )


def find_copier(a: Article, b: Article) -> tuple[Side, str]:
    """Return which of two near-copies has it from the other ("" if nothing tells), and why.

    In this order: a credit, the time of publication, an agency beside another outlet. Two that
    credit the same third outlet have it from there, and neither from the other.
    """
    credits_a, credits_b = read_credited(a), read_credited(b)
    own_a, own_b = resolve_outlet(a.publisher), resolve_outlet(b.publisher)
    if (own_b in credits_a) != (own_a in credits_b):
        left = own_b in credits_a
        credited = name_outlet(own_b if left else own_a)
        return ("left" if left else "right"), f"{_label(a if left else b)} credits {credited}"
    if third := sorted((credits_a & credits_b) - {own_a, own_b}):
        return "", f"both credit {name_outlet(third[0])}"
    if later := find_later(a.published.edtf or "", b.published.edtf or ""):
        first, second = (b, a) if later == "left" else (a, b)
        return later, f"{_label(second)} appeared after {_label(first)}"
    agency_a, agency_b = _gathers(own_a), _gathers(own_b)
    if agency_a != agency_b:
        return ("right" if agency_a else "left"), (
            f"{name_outlet(own_a if agency_a else own_b)} is a news agency"
        )
    return "", "nothing tells who had it first"


@lru_cache(maxsize=4096)
def read_credited(article: Article) -> frozenset[str]:
    """Return the ids of the outlets that an article says it has it from.

    Named after a phrase of retelling ("dilansir"), or in a credit line, byline or dateline.
    """
    found: set[str] = set()
    aliases = load_outlet_aliases(article.language)
    lines = [article.text[b.start : b.end].lower() for b in article.blocks if b.kind in _CREDITING]
    openings = [m.group(1) for m in _retelling(article.language).finditer(article.text.lower())]
    for stretch in (*lines, *openings):
        padded = " ".join(("", *_NAME_PART.findall(stretch), ""))
        found |= {
            outlet for outlet, names in aliases.items() if any(f" {n} " in padded for n in names)
        }
    return frozenset(found)


@lru_cache(maxsize=16)
def _retelling(language: str) -> re.Pattern[str]:
    """A phrase of retelling and the few words after it; matches nothing without phrases."""
    phrases = sorted(load_reporting(language, "via"), key=len, reverse=True)
    reach = load_common().settings["copy"]["credit_reach"]
    if not phrases:
        return re.compile(r"(?!)()")
    head = "|".join(map(re.escape, phrases))
    return re.compile(rf"\b(?:{head})\b((?:\W+\w+){{1,{reach}}})")


def _label(article: Article) -> str:
    return name_outlet(article.publisher) or article.id


def _gathers(outlet: str) -> bool:
    common = load_common()
    row = common.outlets.get(outlet)
    return row is not None and row.kind in common.settings["origins"]["gathering"]
