"""A corpus on every executor, undisturbed and with workers that die, freeze or get lost."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("distributed")

import pyarrow as pa
from pyarrow import parquet

import kawat
from kawat.errors import InputError, KawatError
from kawat.run.coder import DEFAULT_LIMITS, Limits
from kawat.run.corpus import Progress, Settings, code_corpus
from kawat.run.executors import open_executor
from kawat.run.executors.dask import DaskExecutor

ROOT = Path(__file__).parents[2]
HOOKS = Path(__file__).parent / "racun"
SETTINGS = Settings(shard=4)
SENTENCE = "Rusia menyerang Ukraina pada Senin (15/8), kata juru bicara militer Ukraina."


def lines(number: int = 16) -> list[str]:
    return [
        json.dumps({"id": f"a{i}", "text": f"{SENTENCE} Serangan nomor {i}.", "language": "id",
                    "published": "2022-08-16", "publisher": "Kabar"})
        for i in range(number)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in") / "corpus.jsonl"
    path.write_text("\n".join(lines()) + "\n")
    return path


@pytest.fixture(scope="module")
def calm(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run gives."""
    out = tmp_path_factory.mktemp("out") / "calm"
    code(corpus, out)
    return out


@pytest.fixture(name="hooks")
def use_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{HOOKS}{os.pathsep}{ROOT / 'src'}")


def code(
    corpus: Path, out: Path, executor: str = "local", workers: int = 2, scheduler: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Progress:  # fmt: skip
    with open_executor(executor, workers, scheduler) as runner:
        return code_corpus([str(corpus)], out, runner, SETTINGS, limits=limits)


def files(out: Path) -> dict[str, bytes]:
    paths = (p for p in sorted(out.rglob("*")) if p.is_file())
    return {str(p.relative_to(out)): p.read_bytes() for p in paths}


def rows(out: Path, table: str) -> list[dict[str, object]]:
    found = [parquet.read_table(p) for p in sorted((out / table).glob("*.parquet"))]
    return list(pa.concat_tables(found).to_pylist())


def coders(above: psutil.Process | None = None) -> list[psutil.Process]:
    """The processes that code, of this process or another one."""
    children = (above or psutil.Process()).children(recursive=True)
    return [p for p in children if any("kawat.run.coder" in part for part in p.cmdline())]


@contextmanager
def running(corpus: Path, out: Path, executor: str, limits: Limits) -> Iterator[None]:
    """A run in a thread of its own; an error of it is raised at the end."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            assert not code(corpus, out, executor, limits=limits).failed
        except BaseException as error:  # noqa: BLE001  (raised below)
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    yield
    thread.join(60)
    assert not thread.is_alive()
    if errors:
        raise errors[0]


def wait_for(found: object, seconds: float = 30) -> object:
    """Return what a function finds once it finds something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():  # type: ignore[operator]
            return value
        time.sleep(0.05)
    raise AssertionError("nothing came")


def test_every_executor_gives_the_same_bytes(corpus: Path, calm: Path, tmp_path: Path) -> None:
    assert [r["article"] for r in rows(calm, "reports")][:2] == ["a0", "a1"]
    assert len(rows(calm, "articles")) == 16
    for executor in ("pool", "dask"):
        code(corpus, tmp_path / executor, executor)
        assert files(tmp_path / executor) == files(calm)


@pytest.mark.usefixtures("hooks")
def test_a_poisonous_article_is_set_aside_and_never_comes_back(tmp_path: Path) -> None:
    good = lines(8)
    bad = [json.dumps({"id": k, "text": f"racun-{k} {SENTENCE}", "language": "id"})
           for k in ("mati", "lama", "besar", "salah")]  # fmt: skip
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join([*good[:3], bad[0], bad[1], *good[3:6], *bad[2:], *good[6:]]))
    limits = Limits(seconds=2, megabytes=1500)
    progress = code(source, tmp_path / "out", limits=limits)
    assert (progress.counts["articles"], progress.counts["set aside"]) == (8, 4)
    assert [r["id"] for r in rows(tmp_path / "out", "articles")] == [f"a{i}" for i in range(8)]
    reasons = {str(r["source"])[-2:]: str(r["reason"]) for r in rows(tmp_path / "out", "problems")}
    assert [reasons[n].split(":")[0] for n in (":4", ":5", ":9")] == [
        "ends the process", "takes over 2 s", "takes over 1500 MB of memory",
    ]  # fmt: skip
    assert "ValueError" in reasons["10"]
    marker = tmp_path / "out" / "done" / "part-000000.json"
    marker.unlink()
    start = time.monotonic()
    assert code(source, tmp_path / "out", limits=limits).counts == progress.counts
    assert time.monotonic() - start < 20
    assert len(rows(tmp_path / "out", "problems")) == 4


def test_a_run_that_was_killed_goes_on(corpus: Path, calm: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code_it = (
        "import sys; from kawat.cli import main; "
        f"sys.argv = ['kawat', 'code', {str(corpus)!r}, '--executor', 'pool', '--workers', '2', "
        f"'--shard', '4', '--out', {str(out)!r}]; main()"
    )
    env = {**os.environ, "PYTHONPATH": f"{HOOKS}{os.pathsep}{ROOT / 'src'}", "RACUN_LAMBAT": "0.2"}
    process = subprocess.Popen([sys.executable, "-c", code_it], env=env)
    wait_for(lambda: len(list((out / "done").glob("*.json"))) >= 1)
    inside = coders(psutil.Process(process.pid))
    process.kill()
    process.wait()
    _, left = psutil.wait_procs(inside, 10)
    assert not left, "who codes ends with who watches"
    finished = {p: p.stat().st_mtime_ns for p in (out / "done").glob("*.json")}
    assert len(finished) < 4
    code(corpus, out, "pool")
    assert files(out) == files(calm)
    assert {p: p.stat().st_mtime_ns for p in finished} == finished, "nothing is done twice"


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_codes_dies_or_freezes(
    blow: int, corpus: Path, calm: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("RACUN_LAMBAT", "0.3")
    out = tmp_path / "out"
    with running(corpus, out, "pool", Limits(seconds=4)):
        wait_for(lambda: list((out / "done").glob("*.json")))
        for process in coders()[:1]:
            process.send_signal(blow)
    assert files(out) == files(calm)


@pytest.mark.usefixtures("hooks")
def test_a_dask_worker_dies(
    corpus: Path, calm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RACUN_LAMBAT", "0.3")
    out = tmp_path / "out"
    with running(corpus, out, "dask", DEFAULT_LIMITS):
        wait_for(lambda: list((out / "done").glob("*.json")))
        coder = coders()[0]
        worker = coder.parent()
        assert worker is not None
        assert worker.pid != os.getpid()
        worker.kill()
        assert not psutil.wait_procs([coder], 10)[1]
    assert files(out) == files(calm)


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start_scheduler(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
               "--port", str(port), "--no-dashboard"]  # fmt: skip
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def start_worker(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}",
               "--nthreads", "1", "--no-nanny", "--no-dashboard"]  # fmt: skip
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


@pytest.mark.usefixtures("hooks")
def test_a_scheduler_goes_away_and_comes_back(
    corpus: Path, calm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RACUN_LAMBAT", "0.3")
    out, port = tmp_path / "out", free_port()
    started = [start_scheduler(port), start_worker(port)]
    try:
        errors: list[Progress] = []
        thread = threading.Thread(
            target=lambda: errors.append(
                code(corpus, out, "dask", scheduler=f"tcp://127.0.0.1:{port}")
            )
        )
        thread.start()
        wait_for(lambda: list((out / "done").glob("*.json")), 40)
        for process in started:
            process.kill()
            process.wait()
        started += [start_scheduler(port), start_worker(port)]
        thread.join(60)
        assert not thread.is_alive()
        assert not errors[0].failed
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert files(out) == files(calm)


def test_no_scheduler_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kawat.run.executors.dask.CONNECT_SECONDS", 1)
    executor = DaskExecutor(1, f"tcp://127.0.0.1:{free_port()}")
    with pytest.raises(KawatError, match="no scheduler at"):
        list(executor.run(str, [1]))


def test_another_command_is_refused(corpus: Path, calm: Path) -> None:
    with open_executor("local", 1) as runner:
        with pytest.raises(InputError, match="another command"):
            code_corpus([str(corpus)], calm, runner, Settings(shard=5))
        with pytest.raises(InputError, match="not empty"):
            code_corpus([str(corpus)], calm / "reports", runner, SETTINGS)


def test_inputs_of_every_kind_give_the_same_reports(calm: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    records = [json.loads(line) for line in lines()]
    text = "\n".join(lines()[:8]).encode()
    (source / "1.jsonl.gz").write_bytes(gzip.compress(text))
    (source / "2.jsonl.zst").write_bytes(
        pa.compress("\n".join(lines()[8:12]).encode(), "zstd", asbytes=True)
    )
    parquet.write_table(pa.Table.from_pylist(records[12:]), source / "3.parquet", row_group_size=2)
    (source / "4.txt.gz").write_bytes(b"no gzip")
    (source / "5.pdf").write_bytes(b"x")
    progress = code(source, tmp_path / "out")
    assert [r["id"] for r in rows(tmp_path / "out", "reports")] == [
        r["id"] for r in rows(calm, "reports")
    ]
    assert (progress.counts["not read"], progress.counts["skipped"]) == (1, 1)


def test_code_table_gives_what_code_text_gives() -> None:
    table = pa.Table.from_pylist([json.loads(line) for line in lines(3)] + [{"text": "?"}])
    reports = kawat.code_table(table)
    assert reports.column("article").to_pylist() == ["a0", "a1", "a2"]
    assert reports.schema.metadata[b"not read"] == b"1"
