"""The run room: the one list of steps, from articles to reports."""

from kawat.run.steps import Coded, code_batches, code_one

__all__ = ["Coded", "code_batches", "code_one"]
