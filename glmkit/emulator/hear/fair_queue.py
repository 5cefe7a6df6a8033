"""Work that is waited for by many, in one worker thread: whose turn it is.

Work goes step by step. The next step belongs to the account that was served longest ago, there to
the session that was served longest ago, there to what came first: so who sends much, or something
long, delays others by a step and not by all of it.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]
"""Work that stops between its steps, and returns its result."""

_USUAL = 0.5  # seconds of work, before any was done
_LONGEST = 3.0  # what one piece of work may add to that: the first may load a model
_LATEST = 0.2  # the part the latest has in what is usual


class Owner(NamedTuple):
    """Who waits: a session, and the account whose key opened it."""

    account: str
    session: str


NOBODY = Owner("", "")


@dataclass(eq=False, slots=True)
class _Job:
    steps: Steps[Any]
    owner: Owner
    number: int
    result: Future[Any] = field(default_factory=Future)
    spent: float = 0.0


class FairQueue:
    """A queue in front of ``threads``, of which there is one; may be used from any thread."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads, self._lock = threads, threading.Lock()
        self._jobs: list[_Job] = []
        self._served: dict[str, int] = {}  # account or session → the step that was its last
        self._count = 0
        self._usual = _USUAL

    def put(self, steps: Steps[T], owner: Owner = NOBODY) -> Future[T]:
        """Wait with ``steps`` for their turns; cancel the result to give them up."""
        with self._lock:
            self._count += 1
            job = _Job(steps, owner, self._count)
            self._jobs.append(job)
        self._threads.submit(self._step)
        return job.result

    def expected_wait(self, owner: Owner = NOBODY) -> float:
        """How many seconds what comes from ``owner`` now would wait for its turn."""
        with self._lock:
            waiting = Counter(job.owner.account for job in self._jobs if not job.result.cancelled())
            mine = waiting.pop(owner.account, 0)
            return self._usual * (mine + sum(min(each, mine + 1) for each in waiting.values()))

    def close(self) -> None:
        """Give up all that waits."""
        with self._lock:
            for job in self._jobs:
                job.result.cancel()

    def _step(self) -> None:
        """A step of whoever is next: there is one call of this for every step to come."""
        with self._lock:
            job = min(self._jobs, key=self._place, default=None)
            if job is None:
                return
            self._count += 1
            self._served |= dict.fromkeys(job.owner, self._count)
        begun = time.monotonic()
        over = _advanced(job)
        job.spent += time.monotonic() - begun
        if over:
            self._leave(job)
        else:
            with contextlib.suppress(RuntimeError):  # closed meanwhile
                self._threads.submit(self._step)

    def _place(self, job: _Job) -> tuple[int, int, int]:
        account, session = (self._served.get(each, 0) for each in job.owner)
        return account, session, job.number

    def _leave(self, job: _Job) -> None:
        with self._lock:
            self._jobs.remove(job)
            if not job.result.cancelled():
                self._usual += _LATEST * (min(job.spent, _LONGEST) - self._usual)
            if not self._jobs:
                self._served.clear()


def finished(steps: Steps[T]) -> T:
    """The result of ``steps``, all of them at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def _advanced(job: _Job) -> bool:
    """Does a step; whether it was the last, or nobody waits for it any more."""
    if job.result.cancelled():
        job.steps.close()
        return True
    try:
        next(job.steps)
    except StopIteration as end:
        _settle(job.result, end.value, None)
    except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
        _settle(job.result, None, error)
    else:
        return False
    return True


def _settle(result: Future[Any], value: object, error: BaseException | None) -> None:
    if not result.set_running_or_notify_cancel():
        return
    if error is None:
        result.set_result(value)
    else:
        result.set_exception(error)
