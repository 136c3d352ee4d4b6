"""Copies, the same event, independent origins. docs/origins.md is its manual."""

from kawat.merge.clusters import cluster_members, touched_members
from kawat.merge.copies import judge_copy
from kawat.merge.events import (
    EventKeys,
    compare_reports,
    event_keys,
    judge_against,
    judge_event,
    keep_strongest,
    order_of,
)
from kawat.merge.judgements import Stamp, make_judgement, settle_judgements, undo_judgement
from kawat.merge.origins import trace_origins
from kawat.merge.shingles import copy_keys
from kawat.merge.tellings import make_telling
from kawat.merge.wording import explain_origins

__all__ = [
    "EventKeys",
    "Stamp",
    "cluster_members",
    "compare_reports",
    "copy_keys",
    "event_keys",
    "explain_origins",
    "judge_against",
    "judge_copy",
    "judge_event",
    "keep_strongest",
    "make_judgement",
    "make_telling",
    "order_of",
    "settle_judgements",
    "touched_members",
    "trace_origins",
    "undo_judgement",
]
