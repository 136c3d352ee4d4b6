"""Every test of the contract runs on SQLite and on PostgreSQL."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kawat.run import open_store
from kawat.store import Store

NewPlace = Callable[[], str]


def _find_server() -> Path | None:
    """The folder of Debian's PostgreSQL programs, or of those on the path."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return folders[-1].parent if folders else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of its own on a free port, under an ordinary user: its URL without a database."""
    programs = _find_server()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    user = "postgres" if os.getuid() == 0 else getpass.getuser()
    ask = ["runuser", "-u", user, "--"] if os.getuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="kawat-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, user, user)
    port, data = _free_port(), folder / "data"
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    make = f"initdb -D {data} -U kawat -A trust -E UTF8 --no-sync".split()
    control = f"pg_ctl -D {data} -l {folder}/log -w".split()

    def call(name: str, *rest: str) -> None:
        command = [*ask, str(programs / name), *rest]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)

    call(*make)
    call(*control, "-o", settings, "start")
    try:
        yield f"postgresql://kawat@127.0.0.1:{port}"
    finally:
        call(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _query(server: str, database: str, command: str) -> list[str]:
    url = sa.make_url(f"{server}/{database}").set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        answer = connection.exec_driver_sql(command)
        return [str(row[0]) for row in answer] if answer.returns_rows else []


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    """Return places of stores that are not there yet."""
    made = [0]
    if request.param == "sqlite":

        def make_file() -> str:
            made[0] += 1
            return str(tmp_path / f"store{made[0]}.db")

        return make_file
    server = request.getfixturevalue("postgres")

    def make_database() -> str:
        made[0] += 1
        name = f"kawat{made[0]}"
        if name not in _query(server, "postgres", "SELECT datname FROM pg_database"):
            _query(server, "postgres", f"CREATE DATABASE {name}")
        _query(server, name, "DROP SCHEMA public CASCADE")
        _query(server, name, "CREATE SCHEMA public")
        return f"{server}/{name}"

    return make_database


@pytest.fixture
def place(new_place: NewPlace) -> str:
    return new_place()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with open_store(place) as opened:
        yield opened
