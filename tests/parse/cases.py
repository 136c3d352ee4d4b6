"""A text as an article."""

from kawat.model import Article, Block


def one_block(text: str, language: str = "id") -> Article:
    """Return an article whose whole text is one body block."""
    return Article("case", text, language=language, blocks=(Block("body", 0, len(text), 0),))
