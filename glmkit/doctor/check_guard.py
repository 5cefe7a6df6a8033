"""Runs one check: in this thread or beside it, and whatever happens in it becomes a line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar

from glmkit.auth.masking import mask
from glmkit.doctor.report import Check, Level
from glmkit.environment.utf8 import file_names_cure, file_names_misread
from glmkit.errors import Missing
from glmkit.texts import text

T = TypeVar("T")
_LONGEST = 600  # letters of an error


class Late(Exception):
    """A check did not end within its deadline."""


@dataclass(frozen=True, slots=True)
class Begun(Generic[T]):
    """Work under way, and since when."""

    future: Future[T]
    at: float


def looked(name: str, check: Callable[[], Check], *, needed: bool = False) -> Check:
    """What ``check`` says, or a line that says why it could say nothing."""
    level: Level = "missing" if needed else "note"
    try:
        return check()
    except Missing as lacking:  # what the kit goes without; the words say what brings it
        return Check(name, "note", str(lacking))
    except ModuleNotFoundError as error:
        found = text("doctor.needs_package", package=error.name or error)
        return Check(name, level, found, text("doctor.see_packages"))
    except Late:
        return Check(name, level, text("doctor.late"), text("doctor.late_todo"))
    except Exception as error:  # noqa: BLE001 - something broken is what is being looked for
        todo = file_names_cure() if file_names_misread() else text("doctor.failed_todo")
        return Check(name, level, failure(error), todo)


def failure(error: Exception) -> str:
    """What went wrong, with nothing secret in it."""
    words = mask(str(error)).strip() or type(error).__name__
    return text("doctor.failed", error=f"{type(error).__name__}: {words[:_LONGEST]}")


def begin(work: Callable[[], T]) -> Begun[T]:
    """Start ``work`` in a thread that keeps nobody waiting: not us, not Python's end.

    A pool's threads are joined at exit, and a name that does not resolve can hang for minutes.
    """
    begun: Begun[T] = Begun(Future(), monotonic())
    threading.Thread(target=_run, args=(work, begun.future), name="doctor", daemon=True).start()
    return begun


def _run(work: Callable[[], Any], future: Future[Any]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
        future.set_exception(error)


def within(begun: Begun[T], seconds: float) -> T:
    """Its result within so many seconds of its begin, or Late."""
    try:
        return begun.future.result(max(begun.at + seconds - monotonic(), 0))
    except FutureTimeout:
        if begun.future.done():  # its own time-out, not ours
            raise
        raise Late from None
