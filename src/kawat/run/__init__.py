"""The run room: the one list of steps, from articles to reports."""

from kawat.run.open import open_store
from kawat.run.replay import replay
from kawat.run.steps import Coded, code_batches, code_one, code_paths

__all__ = ["Coded", "code_batches", "code_one", "code_paths", "open_store", "replay"]
