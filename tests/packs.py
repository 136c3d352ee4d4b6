"""Languages and packs for tests that need only the `.toml` files of a language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kawat.lang.pack import HERE, Pack

CASES = Path(__file__).parent / "cases"
LANGUAGES = tuple(sorted(path.parent.name for path in HERE.glob("*/tokens.toml")))


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file, nothing where there is none."""
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@cache
def toml_pack(language: str) -> Pack:
    """Return a pack with the words, layout and times of a language, and no table."""
    own = HERE / language
    return Pack(
        language, own, (), {}, (), {}, (), (), (), (), (), (),
        tokens=read_toml(own / "tokens.toml"), boilerplate=read_toml(own / "boilerplate.toml"),
        times={**read_toml(own / "times.toml"), "calendar": read_toml(HERE / "any/calendar.toml")},
        speech={}, grammar={},
    )  # fmt: skip


@cache
def read_cases(name: str) -> dict[str, dict[str, Any]]:
    """Return the rows of `cases/LANGUAGE/NAME.toml` by language, where there is that file."""
    paths = {language: CASES / language / f"{name}.toml" for language in LANGUAGES}
    return {language: read_toml(path) for language, path in paths.items() if path.exists()}
