"""Copies, the same event, independent origins. docs/origins.md is its manual."""

from kawat.merge.clusters import cluster_members, touched_members
from kawat.merge.copies import judge_copy
from kawat.merge.events import (
    EventKeys,
    compare_reports,
    event_keys,
    judge_against,
    judge_event,
    judge_sketches,
    keep_strongest,
)
from kawat.merge.index import MergeIndex
from kawat.merge.judgements import Stamp, make_judgement, settle_judgements, undo_judgement
from kawat.merge.origins import trace_origins
from kawat.merge.shards import (
    article_order,
    map_copies,
    map_events,
    pair_copies,
    reduce_copies,
    reduce_events,
    reduce_strongest,
)
from kawat.merge.shingles import copy_keys
from kawat.merge.sketches import Sketch, order_of, sketch_telling
from kawat.merge.tellings import make_telling
from kawat.merge.wording import explain_origins

__all__ = [
    "EventKeys",
    "MergeIndex",
    "Sketch",
    "Stamp",
    "article_order",
    "cluster_members",
    "compare_reports",
    "copy_keys",
    "event_keys",
    "explain_origins",
    "judge_against",
    "judge_copy",
    "judge_event",
    "judge_sketches",
    "keep_strongest",
    "make_judgement",
    "make_telling",
    "map_copies",
    "map_events",
    "order_of",
    "pair_copies",
    "reduce_copies",
    "reduce_events",
    "reduce_strongest",
    "settle_judgements",
    "sketch_telling",
    "touched_members",
    "trace_origins",
    "undo_judgement",
]
