"""The parse room: language, sentences, words and trees."""

from kawat.parse.language import detect_language
from kawat.parse.sentences import split
from kawat.parse.trees import grow_many, grow_trees, load_pipeline, open_pipeline

__all__ = ["detect_language", "grow_many", "grow_trees", "load_pipeline", "open_pipeline", "split"]
