"""Go on after an interruption: what is written stays in FILE.part, FILE.part.done says of what.

The first line of FILE.part.done names the command, each further line one finished article: its
key, how long FILE.part was after it, and its counts. A line is written only after the article's
own lines are, so that however the run ended, cutting FILE.part to the length in the last whole
line leaves whole articles.
"""

import hashlib
import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from kawat.model import Article
from kawat.run import Coded

COUNTS = ("articles", "events", "statements")


def key_of(article: Article) -> str:
    """Return what tells an article from others: where it came from, its id and its text."""
    parts = "\0".join((article.source, article.id, article.text))
    return hashlib.sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:16]


class Journal:
    """The record of finished articles beside a file that is being written."""

    def __init__(self, part: Path, command: list[Any]) -> None:
        self.part = part
        self.path = part.with_name(part.name + ".done")
        self.size = 0
        self.counts: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._command = json.dumps(command)
        self._read()

    def _read(self) -> None:
        """Take over what an earlier run of the same command has finished."""
        try:
            lines = self.path.read_text("utf-8").splitlines()
            there = self.part.stat().st_size
        except (OSError, UnicodeDecodeError):
            return
        if not lines or lines[0] != self._command:
            return
        for line in lines[1:]:
            try:
                row = json.loads(line)
                size, key, counts = int(row["size"]), str(row["key"]), row["counts"]
            except (ValueError, KeyError, TypeError):
                return  # the line that was being written when the run ended
            if size > there:
                return
            self.size = size
            self._done[key] += 1
            self.counts.update(dict(zip(COUNTS, counts, strict=False)))

    def is_done(self, article: Article) -> bool:
        """Whether an earlier run has finished the article. Each finished one counts once."""
        key = key_of(article)
        if not self._done[key]:
            return False
        self._done[key] -= 1
        return True

    def open(self) -> tuple[BinaryIO, TextIO]:
        """Open the part behind what is finished, and the journal behind its last whole line."""
        part = self.part.open("r+b" if self.size else "wb")
        part.truncate(self.size)
        part.seek(self.size)
        whole = self._whole_lines() if self.size else self._command + "\n"
        self.path.write_text(whole, "utf-8")
        return part, self.path.open("a", encoding="utf-8")

    def _whole_lines(self) -> str:
        lines = self.path.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[: 1 + self.counts["articles"]]) + "\n"

    def remove(self) -> None:
        """Forget the journal: the work is finished."""
        self.path.unlink(missing_ok=True)


class Output:
    """A file that takes the place of `path` only when all is written.

    With a `command` it can be gone on with by the same command after an interruption.
    """

    def __init__(self, path: Path, command: list[Any] | None) -> None:
        self.path = path
        part = path.with_name(path.name + ".part")
        self.journal = Journal(part, command) if command else None
        self.part = part
        self._log: TextIO | None = None
        if self.journal:
            self._raw, self._log = self.journal.open()
        else:
            self._raw = part.open("wb")
        self.text = io.TextIOWrapper(self._raw, encoding="utf-8", newline="")

    def finished(self, coded: Coded) -> None:
        """Note that all lines of `coded` are written."""
        if self._log is None:
            return
        self.text.flush()
        counts = (1, len(coded.reports), len(coded.statements))
        row = {"key": key_of(coded.article), "size": self._raw.tell(), "counts": counts}
        self._log.write(json.dumps(row) + "\n")
        self._log.flush()

    def close(self, *, complete: bool) -> None:
        """Close the files; a complete one takes its place, another waits to be gone on with."""
        self.text.close()
        if self._log is not None:
            self._log.close()
        if complete:
            os.replace(self.part, self.path)
            if self.journal:
                self.journal.remove()
        elif self.journal is None:
            self.part.unlink(missing_ok=True)
