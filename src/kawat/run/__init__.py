"""The run room: the one list of steps, from articles to reports."""

from kawat.run.add import add_items, add_paths, make_entry
from kawat.run.merge_store import judge, judge_events, machine_stamp, merge_store, undo
from kawat.run.open import open_store
from kawat.run.pages import fetch_article
from kawat.run.recode import recode_store
from kawat.run.replay import replay
from kawat.run.steps import PACKAGED, Coded, Pipelines, code_batches, code_one, code_paths
from kawat.run.watch import read_settings, watch

__all__ = [
    "PACKAGED",
    "Coded",
    "Pipelines",
    "add_items",
    "add_paths",
    "code_batches",
    "code_one",
    "code_paths",
    "fetch_article",
    "judge",
    "judge_events",
    "machine_stamp",
    "make_entry",
    "merge_store",
    "open_store",
    "read_settings",
    "recode_store",
    "replay",
    "undo",
    "watch",
]
