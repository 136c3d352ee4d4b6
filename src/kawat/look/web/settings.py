"""What whoever starts the page may set, and who may do what."""

import getpass
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kawat.model import Article

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
Fetch = Callable[[str], Article]
"""Fetches the article of an address; raises InputError where it may not or cannot."""


@dataclass(frozen=True, slots=True)
class User:
    """Someone who may sign in. `password` is an argon2 hash."""

    name: str
    password: str
    may_review: bool


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kawat"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the page. Without users and token, whoever reaches it is `reviewer`."""

    hosts: tuple[str, ...] = LOOPBACK
    """Names under which the page may be asked for: others are refused."""
    reviewer: str = field(default_factory=getpass.getuser)
    users: Mapping[str, User] = field(default_factory=dict)
    token: str = ""
    """Gives the right to read."""
    secure: bool = False
    """The page is behind https: cookies are sent only there."""
    paste_bytes: int = 500_000
    paste_seconds: float = 20.0
    kept_pastes: int = 50
    paste_lifetime: float = 3600.0
    """Seconds after which a text that was not kept is forgotten."""
    idle_seconds: float = 2 * 3600.0
    session_seconds: float = 12 * 3600.0
    requests_a_minute: int = 600
    pastes_a_minute: int = 20
    sign_ins_a_minute: int = 6
    cache: Path = field(default_factory=_cache_folder)
    """Folder of the chart script, which is made once."""
    fetch: Fetch | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has to sign in."""
        return not self.users and not self.token
