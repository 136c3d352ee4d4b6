"""Several tasks at a time on this machine."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from kawat.errors import KawatError

Task = TypeVar("Task")
Result = TypeVar("Result")


class PoolExecutor:
    """Runs tasks in threads, each of which has others do the work.

    What takes time is done in processes (`kawat.run.coder`), which their thread watches and starts
    anew: a pool of processes would be broken by the first one that dies.
    """

    def __init__(self, workers: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="kawat")

    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result | KawatError]:
        """Yield the results as they come."""
        futures = [self._pool.submit(function, task) for task in tasks]
        try:
            for future in as_completed(futures):
                try:
                    yield future.result()
                except KawatError as error:
                    yield error
        finally:
            for future in futures:
                future.cancel()

    def close(self) -> None:
        """Let the tasks that run come to their end, and begin no other."""
        self._pool.shutdown(cancel_futures=True)
