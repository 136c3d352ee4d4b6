"""`kawat serve`, `kawat user`: the page in a browser."""

import getpass
import os
import socket
import threading
import time
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import httpx
import typer

from kawat.cli.console import DEFAULT_STORE, StorePlace, error_console, say
from kawat.errors import KawatError
from kawat.run import fetch_article, open_store

if TYPE_CHECKING:
    import uvicorn

    from kawat.look.web import User

commands = typer.Typer()
DEFAULT_PORT = 8321
LOCAL = ("127.0.0.1", "::1", "localhost")
START_SECONDS = 30.0


@commands.command("serve")
def serve_command(
    *,
    place: StorePlace = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = LOCAL[0],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = DEFAULT_PORT,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Host names that the page is asked for by.")
    ] = None,
    users: Annotated[
        Path | None, typer.Option(help="Who may sign in: lines that `kawat user` writes.")
    ] = None,
    token: Annotated[str, typer.Option(envvar="KAWAT_TOKEN", help="Gives the right to read.")] = "",
    reviewer: Annotated[
        str, typer.Option(help="Who judges where nobody signs in; the login if not given.")
    ] = "",
    https: Annotated[
        bool, typer.Option("--https", help="The page is behind a server that speaks https.")
    ] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody judges or keeps.")] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Start, check that the page answers, and stop.")
    ] = False,
) -> None:
    """Open a store in the browser. Beyond this machine it needs a token or a user list."""
    web = _load_web()
    if host not in LOCAL and not (users or token):
        raise KawatError(f"{host}: beyond this machine the page needs --users or --token")
    known = _read_users(users) if users else {}
    settings = web.Settings(
        hosts=(*web.LOOPBACK, host.lower(), *(n.lower() for n in name or ())), users=known,
        token=token, reviewer=reviewer or getpass.getuser(), secure=https, fetch=fetch_article,
    )  # fmt: skip
    errors = error_console()
    with open_store(place, read_only=read_only) as store, _bind(host, port) as listener:
        import uvicorn  # noqa: PLC0415  (with the page, the extra `web`)

        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        app = web.create_app(store, settings)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=20)
        )  # fmt: skip
        say(errors, f"{address} shows {store.name}" + ("" if once else "; Ctrl-C stops it"))
        if once:
            _check_once(server, listener, address)
            say(errors, "the page answers; stopped")
            return
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        say(errors, "stopped")


def _bind(host: str, port: int) -> socket.socket:
    """Listen on a port; on a free one where the usual one is taken.

    Raises:
        KawatError: it cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tries = (port, 0) if port == DEFAULT_PORT else (port,)
    reason = ""
    for number in tries:
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
        except OSError as error:
            listener.close()
            reason = error.strerror or "cannot be listened on"
        else:
            return listener
    raise KawatError(f"{host}:{port}: {reason}")


def _check_once(server: "uvicorn.Server", listener: socket.socket, address: str) -> None:
    """Run the server until its first page has answered.

    Raises:
        KawatError: it did not, or with an error.
    """
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        end = time.monotonic() + START_SECONDS
        while not server.started and thread.is_alive() and time.monotonic() < end:
            time.sleep(0.05)
        status = httpx.get(
            address, timeout=START_SECONDS, trust_env=False, follow_redirects=True
        ).status_code
        if status != httpx.codes.OK:
            raise KawatError(f"{address}: status {status}")
    except httpx.HTTPError as error:
        raise KawatError(f"{address}: {error}") from None
    finally:
        server.should_exit = True
        thread.join()


@commands.command("user")
def user_command(
    name: Annotated[str, typer.Argument(help="Name that the judgements carry.")],
    review: Annotated[bool, typer.Option("--review", help="May judge, not only read.")] = False,
) -> None:
    """Ask for a password and write the lines of a user list for `kawat serve --users`."""
    web = _load_web()
    given = os.environ.get("KAWAT_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True, err=True
    )
    if len(given) < 8 or any(c in name for c in '"\\\n\r'):
        raise KawatError("a password has 8 characters or more, a name no quotes or line ends")
    lines = (
        "[[user]]", f'name = "{name}"', f'password = "{web.hash_password(given)}"',
        f"review = {str(review).lower()}",
    )  # fmt: skip
    typer.echo("\n".join(lines))


def _read_users(path: Path) -> Mapping[str, "User"]:
    """Return the users of a list.

    Raises:
        KawatError: it cannot be read, or is none.
    """
    web = _load_web()
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["user"]
        users = [
            web.User(str(row["name"]), str(row["password"]), row.get("review") is True)
            for row in rows
        ]
    except OSError as error:
        raise KawatError(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KawatError(f"{path}: no list of users; `kawat user NAME` writes one") from None
    if not all(user.password.startswith("$argon2") for user in users):
        raise KawatError(f"{path}: a password that is no argon2 hash; see `kawat user`")
    return {user.name: user for user in users}


def _load_web() -> ModuleType:
    """Return the page.

    Raises:
        KawatError: the extra `web` is not installed.
    """
    try:
        from kawat.look import web  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        raise KawatError(f"{error.name} is missing: pip install 'kawat[web]'") from None
    return web
