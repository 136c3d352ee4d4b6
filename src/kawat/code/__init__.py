"""The code room: events with their parties, status and sources, and attributed statements."""

from kawat.code.attribution import attribute, prepare_sources
from kawat.code.events import Candidates, Found, code_events, find_candidates
from kawat.code.speech_draft import hash_statement
from kawat.code.statements import find_statements

__all__ = [
    "Candidates",
    "Found",
    "attribute",
    "code_events",
    "find_candidates",
    "find_statements",
    "hash_statement",
    "prepare_sources",
]
