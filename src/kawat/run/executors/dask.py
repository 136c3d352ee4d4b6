"""Tasks on many machines, by dask.distributed. docs/cluster.md is its manual."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from types import ModuleType
from typing import Any, TypeVar

from kawat.errors import KawatError

Task = TypeVar("Task")
Result = TypeVar("Result")
RECONNECTS = 5
"""So often the tasks that are left are given to a scheduler that came back."""
CONNECT_SECONDS = 30
SILENT_SECONDS = "60s"
"""A worker of the local cluster that is not heard of for so long is given up."""


class DaskExecutor:
    """Runs tasks on the workers of a scheduler, or on a cluster of processes here."""

    def __init__(self, workers: int, scheduler: str) -> None:
        self._distributed = _load()
        self._address = scheduler
        self._cluster = None if scheduler else self._start(workers)

    def _start(self, workers: int) -> Any:
        import dask  # noqa: PLC0415  (an extra)

        with dask.config.set({"distributed.scheduler.worker-ttl": SILENT_SECONDS}):
            return self._distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                dashboard_address=None, silence_logs=logging.CRITICAL,
            )  # fmt: skip

    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result | KawatError]:
        """Yield the results as they come.

        A task whose worker dies is given to another. If the scheduler goes away, it may come back
        at the same address: tasks that are left are given to it again.

        Raises:
            KawatError: there is no scheduler any more.
        """
        left = dict(enumerate(tasks))
        for _ in range(RECONNECTS):
            with self._connect() as client:
                futures = {
                    client.submit(function, task, pure=False): n for n, task in left.items()
                }  # fmt: skip
                for future in self._distributed.as_completed(futures, loop=client.loop):
                    try:
                        result = self._result(future)
                    except (OSError, CancelledError):
                        continue  # scheduler or worker are gone: it is asked for again
                    del left[futures[future]]
                    future.release()
                    yield result
            if not left:
                return
        raise KawatError(f"the scheduler {self._address} went away {RECONNECTS} times")

    def _connect(self) -> Any:
        where = self._cluster or self._address
        try:
            return self._distributed.Client(where, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise KawatError(f"no scheduler at {self._address}: {error}") from None

    def _result(self, future: Any) -> Any:
        try:
            return future.result()
        except KawatError as error:
            return error
        except self._distributed.KilledWorker as error:
            return KawatError(f"every worker that tried it died ({error.last_worker})")

    def close(self) -> None:
        """End the cluster if it was started here."""
        if self._cluster is not None:
            self._cluster.close()


def _load() -> ModuleType:
    try:
        import distributed  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError:
        raise KawatError("--executor dask needs: pip install 'kawat[cluster]'") from None
    return distributed
