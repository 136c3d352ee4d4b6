"""The read room: files, pages and streams as articles with their layout."""

from kawat.read.paths import Skipped, read_path, read_paths, with_options
from kawat.read.plan import Piece, open_piece, plan_pieces
from kawat.read.records import read_record
from kawat.read.text import read_date, read_text
from kawat.read.units import Unit, Window

__all__ = [
    "Piece",
    "Skipped",
    "Unit",
    "Window",
    "open_piece",
    "plan_pieces",
    "read_date",
    "read_path",
    "read_paths",
    "read_record",
    "read_text",
    "with_options",
]
