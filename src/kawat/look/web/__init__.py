"""The page that an analyst opens every morning. docs/web.md is its manual."""

from kawat.look.web.app import create_app
from kawat.look.web.sessions import hash_password
from kawat.look.web.settings import LOOPBACK, Settings, User

__all__ = ["LOOPBACK", "Settings", "User", "create_app", "hash_password"]
