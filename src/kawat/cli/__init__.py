"""The command line: flags in, one call out."""

from kawat.cli.app import main

__all__ = ["main"]
