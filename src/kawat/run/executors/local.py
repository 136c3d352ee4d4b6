"""One task after another."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kawat.errors import KawatError

Task = TypeVar("Task")
Result = TypeVar("Result")


class LocalExecutor:
    """Runs tasks in this process."""

    def run(
        self, function: Callable[[Task], Result], tasks: Sequence[Task]
    ) -> Iterator[Result | KawatError]:
        """Yield the results in the order of the tasks."""
        for task in tasks:
            try:
                yield function(task)
            except KawatError as error:
                yield error

    def close(self) -> None:
        """Nothing was started."""
