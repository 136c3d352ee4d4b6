"""Who runs the tasks of a corpus: this process and one beside it, several, or a cluster.

A task is a function of one argument, both of which can be pickled. A result comes as soon as it
is there, in no order; a task that failed comes with its error, and never stops the others.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

from kawat.errors import KawatError
from kawat.run.coder import close_coders
from kawat.run.executors.dask import DaskExecutor
from kawat.run.executors.local import LocalExecutor
from kawat.run.executors.pool import PoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")
EXECUTORS = ("local", "pool", "dask")

__all__ = ["EXECUTORS", "Executor", "open_executor"]


class Executor(Protocol):
    """Runs tasks."""

    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result | KawatError]:
        """Yield the results as they come. Every task is done, or has failed, when it ends.

        Raises:
            KawatError: nothing can run tasks any more (the cluster is gone).
        """
        ...

    def close(self) -> None:
        """End what it started."""
        ...


@contextmanager
def open_executor(name: str, workers: int, scheduler: str = "") -> Iterator[Executor]:
    """Give an executor, and end all that it started.

    `workers` of dask are those that it starts when there is no `scheduler`.

    Raises:
        KawatError: there is no such executor, or what it needs is not installed.
    """
    executor = _make(name, workers, scheduler)
    try:
        yield executor
    finally:
        executor.close()
        close_coders()


def _make(name: str, workers: int, scheduler: str) -> Executor:
    if name == "local":
        return LocalExecutor()
    if name == "pool":
        return PoolExecutor(workers)
    if name == "dask":
        return DaskExecutor(workers, scheduler)
    raise KawatError(f"no executor {name!r}; there are: {', '.join(EXECUTORS)}")
