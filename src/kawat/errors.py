"""Every error that kawat raises on purpose.

KawatError
├── InputError        an input cannot be read: names the file, the reason and what to do
├── LanguageError     no language pack, or the text is in no language that has one
├── PipelineError     a pipeline of the user's own cannot be used: names it and the reason
├── TableError        a knowledge table is wrong: names the file, line and column
└── StoreError        the store cannot be opened, read or written: names it and the reason
"""


class KawatError(Exception):
    """Base of all. `str(error)` is one line that can be shown to a user."""


class InputError(KawatError):
    """An input cannot be read."""

    def __init__(self, source: str, reason: str, advice: str = "") -> None:
        self.source = source
        self.reason = reason
        self.advice = advice
        super().__init__(f"{source}: {reason}" + (f" ({advice})" if advice else ""))


class LanguageError(InputError):
    """The text is in a language without a pack."""


class PipelineError(KawatError):
    """A pipeline of the user's own cannot be loaded, or gives no trees."""

    def __init__(self, name: str, reason: str, advice: str = "") -> None:
        self.name, self.reason, self.advice = name, reason, advice
        super().__init__(f"pipeline {name}: {reason}" + (f" ({advice})" if advice else ""))


class TableError(KawatError):
    """A table of a language pack or of `any/` breaks its schema."""

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        self.file, self.line, self.column, self.reason = file, line, column, reason
        super().__init__(f"{file}:{line}: column {column!r}: {reason}")


class StoreError(KawatError):
    """The store cannot be opened, read or written; what was written before stays whole."""

    def __init__(self, store: str, reason: str, advice: str = "") -> None:
        self.store, self.reason, self.advice = store, reason, advice
        super().__init__(f"{store}: {reason}" + (f" ({advice})" if advice else ""))
