"""Runs one after the other, several at once, or on an executor of the person's own.

Rules
- Rows come as they are done. Never more runs are under way than asked for, so that an interrupt, or
  a worker that dies, costs no others, and a thousand runs take no more memory than a few.
- Who waits, for a place of the account or to be tried again, waits here and not in a worker: an
  interrupt ends it. ``waited`` has those seconds, and the service's own times have none of them.
- An executor that is broken, or was shut down, gets no more runs; what it still gives is taken.
- After the time that ``until`` says no run begins, nor another try of one. Those under way are
  waited for a little longer, and then left: a run that never ends keeps nobody. In the caller's own
  thread a run ends by its own deadlines.
"""

from __future__ import annotations

import contextvars
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from concurrent.futures import BrokenExecutor as BrokenExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from glmkit.errors import Busy
from glmkit.lab import account_places, tries
from glmkit.lab.opened_task import is_async
from glmkit.lab.rows import Row, Run, Task, failure, named
from glmkit.session.host import host
from glmkit.texts import text

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOOK: Final = 0.5  # seconds after which Ctrl+C is looked for, on Windows
_AGAIN: Final = 0.1  # and after which a place is looked for again
_PATIENCE: Final = 3600.0  # seconds that a run waits for a place
GRACE: Final = 60.0  # seconds for runs under way when the time is over
WAITS: Final = ("waited", "tries")  # columns
Done = tuple[Run, Row | BaseException]
Submit = Callable[..., Future[Any]]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms runs are done.

    ``account``: whose places a run takes, "" for none; ``limit``: how many that account has, None
    for any number; ``tries``: of a run at most; ``seed``: of the pauses between them. ``until``:
    by ``time.perf_counter``, when no more begin; ``grace``: seconds that others may take then.
    """

    at_once: int = 1
    executor: Executor | None = None
    tries: int = tries.MOST
    seed: int = 0
    limit: int | None = account_places.LIMIT
    account: Callable[[Run], str] = lambda _: ""
    until: float | None = None
    grace: float = GRACE

    def over(self, more: float = 0.0) -> bool:
        """Whether the time, and so many seconds more, are over."""
        return self.until is not None and time.perf_counter() >= self.until + more


def done(task: Task, runs: Iterable[Run], terms: Terms) -> Iterator[Done]:
    """(run, row) of each as it ends; in a row's place what keeps it from being one.

    Raises BrokenExecutor where the executor takes no more.
    """
    if terms.executor is not None:
        yield from _UnderWay(terms.executor.submit, task, runs, terms).ended()
    elif terms.at_once == 1 and not is_async(task):
        yield from _UnderWay(_here, task, runs, terms).ended()
    else:
        pool = ThreadPoolExecutor(terms.at_once, thread_name_prefix="glmkit-lab")
        try:
            yield from _UnderWay(_in_this_context(pool), task, runs, terms).ended()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def lost(run: Run, error: BaseException) -> Row:
    """The row of a run whose worker died, or that never got a place."""
    return {**named(run), **failure(error)}


# -- where runs are done -------------------------------------------------------------------


def _here(work: Callable[..., Any], *given: Any) -> Future[Any]:
    """``submit`` that does it at once, in the thread that asks."""
    future: Future[Any] = Future()
    try:
        future.set_result(work(*given))
    except Exception as error:  # noqa: BLE001 - whoever reads it decides
        future.set_exception(error)
    return future


def _in_this_context(pool: ThreadPoolExecutor) -> Submit:
    """``submit``, with the caller's context variables."""

    def submit(work: Callable[..., Any], *given: Any) -> Future[Any]:
        return pool.submit(contextvars.copy_context().run, work, *given)

    return submit


# -- which are under way -------------------------------------------------------------------


@dataclass(slots=True)
class _Attempt:
    """A run that was next in line at ``since``; its place, and its tries, the last at ``begun``."""

    run: Run
    account: str
    since: float
    place: BaseFileLock | None = None
    tries: int = 0
    first: float = 0.0
    begun: float = 0.0
    due: float = 0.0

    def free(self) -> None:
        """Leave the place to somebody else."""
        if self.place is not None:
            self.place.release()
            self.place = None

    def waits(self) -> Row:
        """Seconds from being next in line to the try that counts, and how many there were."""
        return dict(zip(WAITS, (round(self.begun - self.since, 3), self.tries), strict=True))


class _UnderWay:
    """Runs with a worker, runs that pause before another try, and the one that is next in line."""

    def __init__(self, submit: Submit, task: Task, runs: Iterable[Run], terms: Terms) -> None:
        self._submit_to, self._task, self._terms = submit, task, terms
        self._left = iter(runs)
        self._next: _Attempt | None = None
        self._working: dict[Future[Any], _Attempt] = {}
        self._pausing: list[_Attempt] = []
        self._unborn: list[Done] = []  # what never came to a worker
        self._broken: BaseException | None = None
        self._told = False

    def ended(self) -> Iterator[Done]:
        """Those that have ended, and begin others in their place, until there are none."""
        try:
            while self._begin() and not self._terms.over(self._terms.grace):
                yield from self._unborn
                self._unborn.clear()
                for future in sorted(self._look(), key=_is_interrupted):  # what is done comes first
                    if (found := self._outcome(self._working.pop(future), future)) is not None:
                        yield found
            if self._broken is not None:
                raise BrokenExecutor(str(self._broken)) from self._broken
        finally:
            self._abandon()

    def _begin(self) -> bool:
        """Begin what may begin now; whether anything is still to come."""
        if self._terms.over():
            self._end_the_line()
        now = time.perf_counter()
        for attempt in [each for each in self._pausing if each.due <= now]:
            self._pausing.remove(attempt)
            self._submit(attempt)
        while self._has_room and (following := self._following()) is not None:
            self._submit(following)
        if self._broken is None and (self._pausing or self._next is not None):
            return True
        return bool(self._working or self._unborn)

    def _end_the_line(self) -> None:
        """Let nothing more begin, and nothing be tried again."""
        self._left, self._next = iter(()), None
        for attempt in self._pausing:
            attempt.free()
        self._pausing.clear()

    @property
    def _has_room(self) -> bool:
        busy = len(self._working) + len(self._pausing)
        return self._broken is None and busy < self._terms.at_once

    def _following(self) -> _Attempt | None:
        """The next run, once it has a place; None where there is none, or no place for it."""
        if self._next is None and (run := next(self._left, None)) is not None:
            self._next = _Attempt(run, self._terms.account(run), time.perf_counter())
        if self._next is None or not self._placed(self._next):
            return None
        following, self._next = self._next, None
        return following

    def _placed(self, attempt: _Attempt) -> bool:
        if not attempt.account or (limit := self._terms.limit) is None:
            return True
        attempt.place = account_places.free_place(attempt.account, limit)
        if attempt.place is None:
            self._wait_for_place(attempt, limit)
        return attempt.place is not None

    def _wait_for_place(self, attempt: _Attempt, limit: int) -> None:
        if not self._told:
            self._told = True
            host.get().notice(text("lab.places_taken", limit=limit))
        if time.perf_counter() - attempt.since > _PATIENCE:
            words = text("lab.no_place", limit=limit, minutes=_PATIENCE / 60)
            self._unborn.append((attempt.run, Busy(words)))
            self._next = None

    def _submit(self, attempt: _Attempt) -> None:
        attempt.tries += 1
        attempt.begun = time.perf_counter()
        attempt.first = attempt.first or attempt.begun
        try:
            self._working[self._submit_to(tries.tried, self._task, attempt.run)] = attempt
        except RuntimeError as error:  # broken, or shut down
            self._broken = error
            attempt.free()
        except Exception as error:  # noqa: BLE001 - what cannot be sent; whoever reads it decides
            self._unborn.append((attempt.run, error))
            attempt.free()
        except BaseException:  # an interrupt, in the thread that does it at once
            attempt.free()
            raise

    def _look(self) -> Iterable[Future[Any]]:
        """The futures that have ended, a moment later at most."""
        dues = [each.due - time.perf_counter() for each in self._pausing]
        moment = max(0.0, min([_LOOK, *dues, *([_AGAIN] if self._next is not None else [])]))
        if not self._working:
            time.sleep(0.0 if self._unborn else moment)
            return ()
        return wait(self._working, timeout=moment, return_when=FIRST_COMPLETED).done

    def _outcome(self, attempt: _Attempt, future: Future[Any]) -> Done | None:
        """What came of a try; None where another is to come, here or in a later call."""
        if future.cancelled():  # by whoever shut the executor down
            self._broken = self._broken or BrokenExecutor(text("lab.cancelled"))
        elif (error := future.exception()) is not None:
            self._broken = error if isinstance(error, BrokenExecutor) else self._broken
            attempt.free()
            return attempt.run, error
        else:
            row, too_much = future.result()
            if too_much and self._pauses(attempt):
                return None
            attempt.free()
            return attempt.run, {**row, **attempt.waits()}
        attempt.free()
        return None

    def _pauses(self, attempt: _Attempt) -> bool:
        """Whether it is tried again; then it keeps its place and pauses."""
        now = time.perf_counter()
        pause = tries.pause_before(attempt.tries + 1, attempt.run, self._terms.seed)
        if attempt.tries >= self._terms.tries or now + pause > attempt.first + tries.WITHIN:
            return False
        attempt.due = now + pause
        self._pausing.append(attempt)
        return True

    def _abandon(self) -> None:
        """Leave what has not ended: its place is free when it has."""
        for attempt in self._pausing:
            attempt.free()
        for future, attempt in self._working.items():
            future.cancel()
            future.add_done_callback(functools.partial(_free, attempt))


def _is_interrupted(future: Future[Any]) -> bool:
    return not future.cancelled() and isinstance(future.exception(), KeyboardInterrupt)


def _free(attempt: _Attempt, _: Future[Any]) -> None:
    attempt.free()
