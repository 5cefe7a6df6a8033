"""One try of a run, wherever that is done, and how long to pause before the next.

Rules
- Only what the service says of too much at once is tried again: 1302, 1305, ``rate_limit_error``,
  or HTTP 429 without a code (documented; others of 429 are of the account and would come again).
- Pauses double each time, by chance, which is the seed's, somewhat shorter. A run is tried so many
  times at most, and not after ``WITHIN`` seconds.
"""

from __future__ import annotations

import gc
import inspect
import random
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from glmkit.errors import ServiceError
from glmkit.lab.rows import Row, Run, Task, row_of_run
from glmkit.process_values import ProcessValue
from glmkit.session.blocking.progress_bar import one_bar

MOST: Final = 6
WITHIN: Final = 300.0  # seconds from a run's first try to its last
_FIRST, _LONGEST = 0.5, 30.0  # seconds of a pause
_MUCH: Final = 120.0  # seconds of sound
_left_behind: ProcessValue[float] = ProcessValue(lambda: 0.0)
_TOO_MUCH: Final = frozenset({"1302", "1305", "rate_limit_error"})


def tried(task: Task, run: Run) -> tuple[Row, bool]:
    """A run's row, and whether it failed because there was too much at once. Raises WrongResult
    and BadKey."""
    watched = _WatchedTask(task)
    with one_bar():  # the sweep's own
        row = row_of_run(watched, run)
    _let_go(row)
    return row, watched.too_much


def _let_go(row: Row) -> None:
    """Collect what sessions left behind once it may hold much sound.

    A closed session is a circle of objects. Python looks for such by how many objects there are,
    and knows nothing of the megabytes in them.
    """
    with _left_behind.lock:
        _left_behind.value += sum(row.get(f"{name}_seconds") or 0.0 for name in ("input", "audio"))
        much = _left_behind.value > _MUCH
        _left_behind.value = 0.0 if much else _left_behind.value
    if much:
        gc.collect()


def pause_before(number: int, run: Run, seed: int) -> float:
    """Seconds before try ``number`` of a run, 2 or more."""
    chance = random.Random(f"{seed} {number} {run.name}")
    longest: float = min(_FIRST * 2 ** (number - 2), _LONGEST)
    return longest * chance.uniform(0.5, 1)


class _WatchedTask:
    """A task, and whether the error it raised was of too much at once."""

    def __init__(self, task: Task) -> None:
        self.task, self.too_much = task, False

    def __call__(self, **settings: Any) -> Any:
        with self._watched():
            found = self.task(**settings)
        return self._awaited(found) if inspect.isawaitable(found) else found

    async def _awaited(self, found: Awaitable[Any]) -> Any:
        with self._watched():
            return await found

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except ServiceError as error:
            self.too_much = _is_too_much(error)
            raise


def _is_too_much(error: ServiceError) -> bool:
    return error.status == 429 if error.code is None else error.code in _TOO_MUCH
