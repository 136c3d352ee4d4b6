"""The read room: files, pages and streams as articles with their layout."""

from kawat.read.paths import Skipped, read_path, read_paths
from kawat.read.text import read_date, read_text

__all__ = ["Skipped", "read_date", "read_path", "read_paths", "read_text"]
