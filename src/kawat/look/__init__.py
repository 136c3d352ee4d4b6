"""The look room: tables, JSON Lines, CSV and the explanation in the terminal."""

from kawat.look.explain import explain
from kawat.look.write import FORMATS, describe_chain, make_writer, printable
from kawat.run.record import report_record, statement_record

__all__ = [
    "FORMATS",
    "describe_chain",
    "explain",
    "make_writer",
    "printable",
    "report_record",
    "statement_record",
]
